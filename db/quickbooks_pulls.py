"""What reading a company's changes begins with, and how far it has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import (
    QuickBooksAllocation,
    QuickBooksConnection,
    QuickBooksInvoice,
    QuickBooksProblem,
)


@dataclass(frozen=True, slots=True)
class Unread:
    """Ids there: payments that wait to be looked at anew, invoices whose payments were not read."""

    payment_ids: frozenset[str]
    invoice_ids: frozenset[str]


async def connected(session: AsyncSession, realm_ids: Collection[str]) -> Sequence[tuple[int, str]]:
    """Organizations that are connected to one of these companies, each with the company."""
    statement = (
        select(col(QuickBooksConnection.organization_id), col(QuickBooksConnection.realm_id))
        .where(
            col(QuickBooksConnection.realm_id).in_(list(realm_ids)),
            col(QuickBooksConnection.disconnected_at).is_(None),
        )
        .order_by(col(QuickBooksConnection.organization_id))
    )
    return (await session.exec(statement)).all()


async def connection_locked(
    session: AsyncSession, organization_id: int, realm_id: str
) -> QuickBooksConnection | None:
    """The connection, as long as it is to this company."""
    statement = (
        select(QuickBooksConnection)
        .where(
            col(QuickBooksConnection.organization_id) == organization_id,
            col(QuickBooksConnection.realm_id) == realm_id,
            col(QuickBooksConnection.disconnected_at).is_(None),
        )
        .with_for_update()
    )
    return (await session.exec(statement)).first()


async def unread(session: AsyncSession, organization_id: int, realm_id: str) -> Unread:
    problems = select(col(QuickBooksProblem.payment_quickbooks_id)).where(
        col(QuickBooksProblem.organization_id) == organization_id,
        col(QuickBooksProblem.realm_id) == realm_id,
        col(QuickBooksProblem.payment_quickbooks_id).is_not(None),
    )
    copies = select(col(QuickBooksInvoice.quickbooks_id)).where(
        *_there(organization_id, realm_id), col(QuickBooksInvoice.has_unread_payments).is_(True)
    )
    return Unread(
        frozenset(filter(None, (await session.exec(problems)).all())),
        frozenset(filter(None, (await session.exec(copies)).all())),
    )


async def first_exported_at(
    session: AsyncSession, organization_id: int, realm_id: str
) -> datetime | None:
    """When the copy was made, or changed, that was left alone the longest."""
    statement = select(func.min(col(QuickBooksInvoice.exported_at))).where(
        *_there(organization_id, realm_id)
    )
    return (await session.exec(statement)).one()


async def known_payments(
    session: AsyncSession, organization_id: int, realm_id: str
) -> frozenset[str]:
    """The ids there of payments that have something here."""
    statement = (
        select(col(QuickBooksAllocation.quickbooks_id))
        .where(
            col(QuickBooksAllocation.organization_id) == organization_id,
            col(QuickBooksAllocation.realm_id) == realm_id,
        )
        .distinct()
    )
    return frozenset((await session.exec(statement)).all())


async def known_invoices(
    session: AsyncSession, organization_id: int, realm_id: str
) -> frozenset[str]:
    """The ids there of copies that are there as far as is known."""
    statement = select(col(QuickBooksInvoice.quickbooks_id)).where(
        *_there(organization_id, realm_id)
    )
    return frozenset(filter(None, (await session.exec(statement)).all()))


async def mark_read(
    session: AsyncSession, organization_id: int, realm_id: str, invoice_ids: Collection[str]
) -> None:
    """All payments of these invoices, by their ids there, have been looked at."""
    await session.exec(
        update(QuickBooksInvoice)
        .where(
            *_there(organization_id, realm_id),
            col(QuickBooksInvoice.quickbooks_id).in_(list(invoice_ids)),
        )
        .values(has_unread_payments=False)
    )


async def untell_old(
    session: AsyncSession, organization_id: int, realm_id: str, subject: str, before: datetime
) -> None:
    """A notice that was given long enough goes."""
    key = (organization_id, realm_id, subject)
    found = await session.get(QuickBooksProblem, key)
    if found is not None and found.since < before:
        await session.delete(found)


def _there(organization_id: int, realm_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(QuickBooksInvoice.organization_id) == organization_id,
        col(QuickBooksInvoice.realm_id) == realm_id,
        col(QuickBooksInvoice.quickbooks_id).is_not(None),
        col(QuickBooksInvoice.gone_at).is_(None),
    )
