"""Orders and line items: how they are found, and the mutations that change them."""

from decimal import Decimal

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from db import receivables, search
from db.tables import Invoice
from engine.declare import Answer, Listing, OrderKey, computed
from engine.filters import among, flag
from resolvers import lists
from resolvers.changes import change, changes, given
from resolvers.context import Context
from resolvers.enums import LineItemType
from resolvers.inputs import LineItemInput, line_item_from, line_items_from
from services import line_items, orders
from services.author import Author


@strawberry.input(one_of=True, description="Which order: by exactly one of these.")
class OrderBy:
    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Its global id."
    )
    full_id: str | None = strawberry.field(
        default=strawberry.UNSET, description="Its number for people, such as `ORDER-7`."
    )


@strawberry.input(description="Which orders. All given conditions hold; none given, all match.")
class OrderFilter:
    customer_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Of one of these customers."
    )
    is_invoiced: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether a live invoice bills it."
    )
    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words of fullId, poNumber, refNumber or the customer's name. Every word must "
        "be the beginning of a word there; case does not matter.",
    )


LIST = Listing(
    order=lists.always("newest", OrderKey("created_at", descending=True)),
    filters={
        "customerId": among("customer_id"),
        "isInvoiced": flag(receivables.is_invoiced),
        "search": lists.words(search.order),
    },
)


by = lists.by_name("ORDER")


@computed("number")
def full_id(number: int) -> str:
    """The order's number for people: `ORDER-7`. Given once, never reused."""
    return f"ORDER-{number}"


@strawberry.input(description="A new order of a customer, in the customer's currency.")
class CreateOrderInput:
    customer_id: strawberry.ID = strawberry.field(description="Whose order it is.")
    po_number: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The customer's purchase order number, at most 100 characters.",
    )
    ref_number: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Any other reference, such as a load number, at most 100 characters.",
    )
    line_items: list[LineItemInput] = strawberry.field(
        description="What it costs, in order; at most 500."
    )


async def create_order(context: Context, input: CreateOrderInput) -> Answer:
    """Create an order with its line items."""

    async def work(session: AsyncSession, author: Author) -> dict[str, object]:
        order = await orders.create_order(
            session,
            author,
            customer_id=input.customer_id,
            po_number=given(input.po_number),
            ref_number=given(input.ref_number),
            new_lines=line_items_from(input.line_items),
        )
        return {"order": order.id}

    return await change(context, "CreateOrderPayload", work)


@strawberry.input(description="A line item to add to an order, or to an invoice in review.")
class AddLineItemInput:
    parent_id: strawberry.ID = strawberry.field(description="An order's or an invoice's id.")
    line_item: LineItemInput = strawberry.field(description="The charge.")
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Refuse with `STALE_VERSION` unless the order or invoice is at this version.",
    )


async def add_line_item(context: Context, input: AddLineItemInput) -> Answer:
    """Add a line item at the end of an order, or of an invoice that is still `created`.

    A change to an order does not change the invoice its lines were copied to.
    """

    async def work(session: AsyncSession, author: Author) -> dict[str, object]:
        return _answer(
            await line_items.add_line_item(
                session,
                author,
                parent_id=input.parent_id,
                line_item=line_item_from(input.line_item),
                expected_version=given(input.expected_version),
            )
        )

    return await change(context, "LineItemPayload", work)


@strawberry.input(description="What to change of a line item. What is left out stays.")
class UpdateLineItemInput:
    id: strawberry.ID = strawberry.field(description="Which line item.")
    type: strawberry.Maybe[LineItemType | None] = strawberry.field(
        description="What kind of charge it is."
    )
    description: strawberry.Maybe[str | None] = strawberry.field(
        description="What is charged for, 1 to 200 characters."
    )
    quantity: strawberry.Maybe[Decimal | None] = strawberry.field(
        description="How many units, at most 4 decimal places."
    )
    rate: strawberry.Maybe[Decimal | None] = strawberry.field(
        description="Price of one unit, at most 4 decimal places."
    )
    tax_rate: strawberry.Maybe[Decimal | None] = strawberry.field(
        description="Tax in per cent, 0 to 100."
    )
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Refuse with `STALE_VERSION` unless its order or invoice is at this version.",
    )


async def update_line_item(context: Context, input: UpdateLineItemInput) -> Answer:
    """Change a line item of an order, or of an invoice that is still `created`."""

    async def work(session: AsyncSession, author: Author) -> dict[str, object]:
        wanted = changes(input, "type", "description", "quantity", "rate", "tax_rate")
        return _answer(
            await line_items.update_line_item(
                session,
                author,
                line_item_id=input.id,
                changes=wanted,
                expected_version=given(input.expected_version),
            )
        )

    return await change(context, "LineItemPayload", work)


@strawberry.input(description="A line item to take off its order, or its invoice in review.")
class RemoveLineItemInput:
    id: strawberry.ID = strawberry.field(description="Which line item.")
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="Refuse with `STALE_VERSION` unless its order or invoice is at this version.",
    )


async def remove_line_item(context: Context, input: RemoveLineItemInput) -> Answer:
    """Remove a line item of an order, or of an invoice that is still `created`."""

    async def work(session: AsyncSession, author: Author) -> dict[str, object]:
        return _answer(
            await line_items.remove_line_item(
                session,
                author,
                line_item_id=input.id,
                expected_version=given(input.expected_version),
            )
        )

    return await change(context, "LineItemPayload", work)


def _answer(changed: line_items.LineItemChange) -> dict[str, object]:
    parent = "invoice" if isinstance(changed.parent, Invoice) else "order"
    line_item_id = changed.line_item.id if changed.line_item is not None else None
    return {"lineItem": line_item_id, parent: changed.parent.id}
