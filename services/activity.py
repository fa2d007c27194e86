"""The history of an invoice, order or customer: one entry for every change."""

from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids
from db.changes import announce
from db.tables import Activity, Customer, Invoice, Order
from domain.activity import ActivityKind
from domain.errors import StaleVersion
from services.author import Author


def note(
    session: AsyncSession,
    author: Author,
    subject: Customer | Order | Invoice,
    kind: ActivityKind,
    message: str,
) -> None:
    """Tell of a change, in the transaction that makes it."""
    if isinstance(subject, Invoice):
        announce(session, subject, kind, author.now)
    session.add(
        Activity(
            organization_id=author.organization_id,
            id=ids.new(ids.ACTIVITY),
            kind=kind,
            message=message,
            actor=author.name,
            source=author.source,
            occurred_at=author.now,
            customer_id=subject.id if isinstance(subject, Customer) else None,
            order_id=subject.id if isinstance(subject, Order) else None,
            invoice_id=subject.id if isinstance(subject, Invoice) else None,
        )
    )


def raise_version(author: Author, subject: Customer | Order | Invoice) -> None:
    """Every change makes a new version of what it changes."""
    subject.version += 1
    if isinstance(subject, Invoice):
        subject.updated_at = author.now


def check_version(subject: Customer | Order | Invoice, expected_version: int | None) -> None:
    if expected_version is not None and expected_version != subject.version:
        raise StaleVersion(
            f"{subject.full_id} has been changed since: "
            f"it is at version {subject.version}, not {expected_version}",
            "expected_version",
        )
