"""Invoices: their derived columns, and the orders on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import line_items
from db.tables import Invoice, InvoiceOrder, Payment
from domain import line_item as line_item_rules
from domain.invoice import derive_status


async def recompute(session: AsyncSession, invoice: Invoice) -> None:
    """Bring the invoice's totals, balance and status in line with its rows, in its transaction.

    Always from all the rows, never by a difference: a stored sum cannot drift. Refuses a total
    out of range; the database's constraints say the same once more.
    """
    totals = line_items.totals_of(await line_items.of(session, invoice))
    line_item_rules.check_totals(totals)
    paid_cents = await _paid_cents(session, invoice)
    invoice.sub_total_cents = totals.sub_total_cents
    invoice.tax_total_cents = totals.tax_total_cents
    invoice.total_cents = totals.total_cents
    invoice.amount_paid_cents = paid_cents
    invoice.outstanding_balance_cents = totals.total_cents - paid_cents
    invoice.status = derive_status(
        total_cents=totals.total_cents, amount_paid_cents=paid_cents, sent_at=invoice.sent_at
    )


async def live_by_order(
    session: AsyncSession, organization_id: int, order_ids: Iterable[str]
) -> dict[str, Invoice]:
    """The live invoice that each of these orders stands on, where there is one."""
    statement = (
        select(InvoiceOrder.order_id, Invoice)
        .join(
            Invoice,
            (col(Invoice.organization_id) == col(InvoiceOrder.organization_id))
            & (col(Invoice.id) == col(InvoiceOrder.invoice_id)),
        )
        .where(
            col(InvoiceOrder.organization_id) == organization_id,
            col(InvoiceOrder.order_id).in_(list(order_ids)),
            col(InvoiceOrder.released_at).is_(None),
        )
    )
    return dict((await session.exec(statement)).all())


async def order_ids(session: AsyncSession, invoice: Invoice) -> Sequence[str]:
    """The orders on an invoice, in the order in which they were given."""
    statement = (
        select(InvoiceOrder.order_id).where(*_on(invoice)).order_by(col(InvoiceOrder.position))
    )
    return (await session.exec(statement)).all()


async def release_orders(session: AsyncSession, invoice: Invoice, released_at: datetime) -> None:
    """Let the orders of a deleted invoice be invoiced anew."""
    await session.exec(update(InvoiceOrder).where(*_on(invoice)).values(released_at=released_at))


async def _paid_cents(session: AsyncSession, invoice: Invoice) -> int:
    statement = select(func.coalesce(func.sum(col(Payment.amount_cents)), 0)).where(
        col(Payment.organization_id) == invoice.organization_id,
        col(Payment.invoice_id) == invoice.id,
        col(Payment.deleted_at).is_(None),
    )
    # PostgreSQL sums 64-bit integers as numeric.
    return int((await session.exec(statement)).one())


def _on(invoice: Invoice) -> tuple[ColumnElement[bool], ...]:
    return (
        col(InvoiceOrder.organization_id) == invoice.organization_id,
        col(InvoiceOrder.invoice_id) == invoice.id,
        col(InvoiceOrder.released_at).is_(None),
    )
