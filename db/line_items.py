"""Line items of orders and invoices, and the totals that follow from them."""

from collections.abc import Sequence

from sqlalchemy import func, update
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import Invoice, LineItem, Order
from domain import line_item as rules
from domain.line_item import Totals

Parent = Order | Invoice


async def of(session: AsyncSession, parent: Parent) -> Sequence[LineItem]:
    """The live line items, in order."""
    statement = (
        select(LineItem)
        .where(
            col(LineItem.organization_id) == parent.organization_id,
            _owner(parent) == parent.id,
            col(LineItem.deleted_at).is_(None),
        )
        .order_by(col(LineItem.position), col(LineItem.id))
    )
    return (await session.exec(statement)).all()


async def next_position(session: AsyncSession, parent: Parent) -> int:
    statement = select(func.coalesce(func.max(col(LineItem.position)), 0)).where(
        col(LineItem.organization_id) == parent.organization_id, _owner(parent) == parent.id
    )
    return (await session.exec(statement)).one() + 1


async def delete_all(session: AsyncSession, invoice: Invoice) -> None:
    """Mark the lines of a deleted invoice deleted with it."""
    statement = (
        update(LineItem)
        .where(
            col(LineItem.organization_id) == invoice.organization_id,
            col(LineItem.invoice_id) == invoice.id,
            col(LineItem.deleted_at).is_(None),
        )
        .values(deleted_at=invoice.deleted_at)
    )
    await session.exec(statement)


async def recompute_order(session: AsyncSession, order: Order) -> None:
    """Bring the order's derived columns in line with its rows. Refuses a total out of range."""
    lines = await of(session, order)
    totals = totals_of(lines)
    rules.check_totals(totals)
    order.sub_total_cents = totals.sub_total_cents
    order.tax_total_cents = totals.tax_total_cents
    order.total_cents = totals.total_cents
    order.line_items_digest = rules.digest(lines)


def totals_of(lines: Sequence[LineItem]) -> Totals:
    return Totals(
        sub_total_cents=sum(line.amount_cents for line in lines),
        tax_total_cents=sum(line.tax_amount_cents for line in lines),
    )


def _owner(parent: Parent) -> Mapped[str | None]:
    return col(LineItem.order_id if isinstance(parent, Order) else LineItem.invoice_id)
