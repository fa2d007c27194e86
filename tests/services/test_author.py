"""Who changes something outside of a request."""

from datetime import UTC, date, datetime

from db.tables import Organization
from domain.payment import PaymentSource
from services.author import Author, author_of


def test_it_is_the_organizations_day_and_a_moment_that_both_databases_keep() -> None:
    now = datetime(2026, 3, 1, 4, 59, 59, 999_999, tzinfo=UTC)
    organization = Organization(
        id=7, name="Demo Freight", time_zone="America/Toronto", currency="CAD", created_at=now
    )
    assert author_of(organization, "Remit", now, PaymentSource.QUICKBOOKS) == Author(
        7,
        "Remit",
        datetime(2026, 3, 1, 4, 59, 59, 999_000, tzinfo=UTC),
        date(2026, 2, 28),
        PaymentSource.QUICKBOOKS,
    )
