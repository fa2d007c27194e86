"""Payments in QuickBooks: their versions seen, their rows here, and what could not be brought over.

A company's jobs are done one at a time, so nobody else writes these rows meanwhile.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import QuickBooksAllocation, QuickBooksInvoice, QuickBooksPayment, QuickBooksProblem


@dataclass(frozen=True, slots=True)
class Key:
    """A payment in a company, as an organization sees it."""

    organization_id: int
    realm_id: str
    quickbooks_id: str


async def invoice_ids(
    session: AsyncSession, organization_id: int, realm_id: str, quickbooks_ids: Collection[str]
) -> dict[str, str]:
    """The invoices here by their ids there, of those that are known."""
    statement = select(
        col(QuickBooksInvoice.quickbooks_id), col(QuickBooksInvoice.invoice_id)
    ).where(
        col(QuickBooksInvoice.organization_id) == organization_id,
        col(QuickBooksInvoice.realm_id) == realm_id,
        col(QuickBooksInvoice.quickbooks_id).in_(list(quickbooks_ids)),
    )
    rows = (await session.exec(statement)).all()
    return {quickbooks_id: invoice_id for quickbooks_id, invoice_id in rows if quickbooks_id}


async def allocations(session: AsyncSession, key: Key) -> Sequence[QuickBooksAllocation]:
    """What the payment has here, by invoice."""
    statement = (
        select(QuickBooksAllocation)
        .where(
            col(QuickBooksAllocation.organization_id) == key.organization_id,
            col(QuickBooksAllocation.realm_id) == key.realm_id,
            col(QuickBooksAllocation.quickbooks_id) == key.quickbooks_id,
        )
        .order_by(col(QuickBooksAllocation.invoice_id))
    )
    return (await session.exec(statement)).all()


async def newest(session: AsyncSession, key: Key) -> QuickBooksPayment | None:
    """The newest version seen, locked."""
    return await session.get(
        QuickBooksPayment,
        (key.organization_id, key.realm_id, key.quickbooks_id),
        with_for_update=True,
    )


async def replace_problems(
    session: AsyncSession, key: Key, messages: Mapping[str, str], now: datetime
) -> None:
    """The payment's problems by subject; one that was there keeps the time since when it is one."""
    statement = select(QuickBooksProblem).where(
        col(QuickBooksProblem.organization_id) == key.organization_id,
        col(QuickBooksProblem.realm_id) == key.realm_id,
        col(QuickBooksProblem.payment_quickbooks_id) == key.quickbooks_id,
    )
    known = {problem.subject: problem for problem in (await session.exec(statement)).all()}
    for subject, problem in known.items():
        if subject in messages:
            problem.message = messages[subject]
        else:
            await session.delete(problem)
    session.add_all(
        QuickBooksProblem(
            organization_id=key.organization_id,
            realm_id=key.realm_id,
            subject=subject,
            payment_quickbooks_id=key.quickbooks_id,
            message=message,
            since=now,
        )
        for subject, message in messages.items()
        if subject not in known
    )
