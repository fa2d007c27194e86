"""Orders."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from db import counters, ids, line_items, rows, search
from db.tables import Customer, Order
from domain import activity as told
from domain import line_item as rules
from domain.activity import ActivityKind
from domain.text import REFERENCE_MAX, check_optional
from services import activity
from services.author import Author
from services.line_items import NewLineItem, make_all


async def create_order(
    session: AsyncSession,
    author: Author,
    *,
    customer_id: str,
    po_number: str | None,
    ref_number: str | None,
    new_lines: Sequence[NewLineItem],
) -> Order:
    """An order of a customer, in the customer's currency."""
    customer = await rows.get_locked(
        session, Customer, author.organization_id, customer_id, "customer_id"
    )
    rules.check_count(len(new_lines), "line_items")
    order = Order(
        organization_id=author.organization_id,
        id=ids.new(ids.ORDER),
        number=0,
        customer_id=customer.id,
        po_number=check_optional(po_number, "po_number", REFERENCE_MAX),
        ref_number=check_optional(ref_number, "ref_number", REFERENCE_MAX),
        currency=customer.currency,
        line_items_digest="",
        created_at=author.now,
    )
    lines = make_all(order, new_lines)
    order.number = await counters.next_number(session, author.organization_id, counters.ORDERS)
    session.add(order)
    await session.flush()
    session.add_all(lines)
    await session.flush()
    await line_items.recompute_order(session, order)
    texts = search.order_texts(order.full_id, order.po_number, order.ref_number)
    await search.write(session, order.organization_id, order.id, texts)
    activity.note(session, author, order, ActivityKind.CREATED, told.order_created(order, customer))
    return order
