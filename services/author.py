"""Who changes something, in which organization, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from db.tables import Organization
from domain.payment import PaymentSource


@dataclass(frozen=True, slots=True)
class Author:
    """`today` is the organization's day at `now`."""

    organization_id: int
    name: str
    now: datetime
    today: date
    # Where the change comes from, for the history.
    source: PaymentSource = PaymentSource.MANUAL


def author_of(
    organization: Organization,
    name: str,
    now: datetime,
    source: PaymentSource = PaymentSource.MANUAL,
) -> Author:
    """Whoever changes something there outside of a request."""
    # Milliseconds are what the API shows and what both databases keep.
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    today = now.astimezone(ZoneInfo(organization.time_zone)).date()
    return Author(organization.id, name, now, today, source)
