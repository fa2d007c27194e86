"""The audit of orders: their totals, and the digest of their line items."""

from sqlmodel import col

from db.audit import line_items
from db.audit.line_items import Owner
from db.audit.reading import Reading
from db.tables import LineItem, Order
from domain.line_item import digest


async def check(reading: Reading) -> None:
    pages = reading.pages(
        Order,
        col(Order.number),
        col(Order.sub_total_cents),
        col(Order.tax_total_cents),
        col(Order.total_cents),
        col(Order.line_items_digest),
    )
    async for page in pages:
        reading.counted("orders", len(page.rows))
        owners = {row.id: Owner(f"ORDER-{row.number}") for row in page.rows}
        await line_items.check(reading, page, col(LineItem.order_id), owners)
        for order in page.rows:
            owner = owners[order.id]
            owner.check_totals(reading, order)
            truth = digest(owner.charges)
            if order.line_items_digest != truth:
                reading.differs(
                    owner.full_id,
                    f"digest is stored as {order.line_items_digest}, its line items give {truth}",
                )
