"""Who changes something, in which organization, and when."""

from dataclasses import dataclass
from datetime import date, datetime

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
