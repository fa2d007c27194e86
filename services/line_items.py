"""Line items on orders, and on invoices that are still being reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids, invoices, line_items, rows
from db.changes import announce
from db.tables import Invoice, LineItem, Order
from domain import activity as told
from domain import line_item as rules
from domain.activity import ActivityKind
from domain.errors import InvalidInput, at
from domain.invoice import check_line_items_editable
from domain.line_item import LineItemType
from domain.money import e4_from
from domain.text import NAME_MAX, check_required
from services import activity
from services.author import Author

Parent = Order | Invoice


@dataclass(frozen=True, slots=True)
class NewLineItem:
    """A line item as it was typed."""

    type: LineItemType
    description: str
    quantity: Decimal
    rate: Decimal
    tax_rate: Decimal


@dataclass(frozen=True, slots=True)
class LineItemChange:
    """The line item, if it still is there, and the order or invoice it belongs to."""

    line_item: LineItem | None
    parent: Parent


async def add_line_item(
    session: AsyncSession,
    author: Author,
    *,
    parent_id: str,
    line_item: NewLineItem,
    expected_version: int | None,
) -> LineItemChange:
    parent = await _parent_locked(session, author, parent_id, "parent_id")
    _check_change(parent, expected_version)
    rules.check_count(len(await line_items.of(session, parent)) + 1, "line_item")
    position = await line_items.next_position(session, parent)
    with at("line_item"):
        line = make(parent, position, line_item)
    session.add(line)
    await _changed(session, author, parent, told.line_item_added(line, parent))
    return LineItemChange(line, parent)


async def update_line_item(
    session: AsyncSession,
    author: Author,
    *,
    line_item_id: str,
    changes: Mapping[str, Any],
    expected_version: int | None,
) -> LineItemChange:
    line, parent = await _line_locked(session, author, line_item_id)
    _check_change(parent, expected_version)
    before = _charge(line)
    for field, value in changes.items():
        if value is None:
            raise InvalidInput("This cannot be cleared", field)
        _set(line, field, value)
    if _charge(line) == before:
        return LineItemChange(line, parent)
    _set_amounts(line)
    await _changed(session, author, parent, told.line_item_changed(line, parent))
    return LineItemChange(line, parent)


async def remove_line_item(
    session: AsyncSession, author: Author, *, line_item_id: str, expected_version: int | None
) -> LineItemChange:
    line, parent = await _line_locked(session, author, line_item_id)
    _check_change(parent, expected_version)
    line.deleted_at = author.now
    await _changed(session, author, parent, told.line_item_removed(line, parent))
    return LineItemChange(None, parent)


def make(parent: Parent, position: int, typed: NewLineItem) -> LineItem:
    """A line of the order or invoice, with its amounts."""
    is_order = isinstance(parent, Order)
    line = LineItem(
        organization_id=parent.organization_id,
        id=ids.new(ids.LINE_ITEM),
        order_id=parent.id if is_order else None,
        invoice_id=None if is_order else parent.id,
        position=position,
        type=typed.type,
        description=check_required(typed.description, "description", NAME_MAX),
        quantity_e4=e4_from(typed.quantity, "quantity"),
        rate_e4=e4_from(typed.rate, "rate"),
        tax_rate_e4=e4_from(typed.tax_rate, "tax_rate"),
        amount_cents=0,
        tax_amount_cents=0,
        total_cents=0,
    )
    _set_amounts(line)
    return line


def make_all(parent: Parent, typed: Sequence[NewLineItem], *, after: int = 0) -> list[LineItem]:
    """Lines in the order given; a refusal names the line by its index."""
    lines: list[LineItem] = []
    for index, line in enumerate(typed):
        with at("line_items", str(index)):
            lines.append(make(parent, after + index + 1, line))
    return lines


def copy(invoice: Invoice, position: int, line: LineItem) -> LineItem:
    """The line as it is now, on an invoice."""
    return LineItem(
        organization_id=invoice.organization_id,
        id=ids.new(ids.LINE_ITEM),
        invoice_id=invoice.id,
        position=position,
        type=line.type,
        description=line.description,
        quantity_e4=line.quantity_e4,
        rate_e4=line.rate_e4,
        tax_rate_e4=line.tax_rate_e4,
        amount_cents=line.amount_cents,
        tax_amount_cents=line.tax_amount_cents,
        total_cents=line.total_cents,
        copied_from_id=line.id,
    )


async def _parent_locked(
    session: AsyncSession, author: Author, parent_id: str, field: str
) -> Parent:
    if ids.prefix_of(parent_id) == ids.ORDER:
        return await rows.get_locked(session, Order, author.organization_id, parent_id, field)
    return await rows.get_locked(session, Invoice, author.organization_id, parent_id, field)


async def _line_locked(
    session: AsyncSession, author: Author, line_item_id: str
) -> tuple[LineItem, Parent]:
    """The line with its parent, the parent locked first: whoever changes lines holds that."""
    found = await rows.find(session, LineItem, author.organization_id, line_item_id)
    if found is None:
        raise rows.not_found(LineItem, "id")
    parent = await _parent_locked(session, author, found.order_id or found.invoice_id or "", "id")
    line = await rows.get_locked(session, LineItem, author.organization_id, line_item_id, "id")
    return line, parent


def _check_change(parent: Parent, expected_version: int | None) -> None:
    activity.check_version(parent, expected_version)
    if isinstance(parent, Invoice):
        check_line_items_editable(parent)


async def _changed(session: AsyncSession, author: Author, parent: Parent, message: str) -> None:
    await session.flush()
    if isinstance(parent, Order):
        await line_items.recompute_order(session, parent)
        await _announce_outdated(session, author, parent)
    else:
        await invoices.recompute(session, parent)
    activity.raise_version(author, parent)
    activity.note(session, author, parent, ActivityKind.LINE_ITEMS_CHANGED, message)


async def _announce_outdated(session: AsyncSession, author: Author, order: Order) -> None:
    """The invoice that the order stands on may be up to date no more, or again."""
    found = await invoices.live_by_order(session, author.organization_id, [order.id])
    for invoice in found.values():
        announce(session, invoice, ActivityKind.LINE_ITEMS_CHANGED, author.now)


def _set(line: LineItem, field: str, value: Any) -> None:
    match field:
        case "type":
            line.type = value
        case "description":
            line.description = check_required(value, field, NAME_MAX)
        case "quantity":
            line.quantity_e4 = e4_from(value, field)
        case "rate":
            line.rate_e4 = e4_from(value, field)
        case _:
            line.tax_rate_e4 = e4_from(value, field)


def _set_amounts(line: LineItem) -> None:
    amounts = rules.line_amounts(
        quantity_e4=line.quantity_e4, rate_e4=line.rate_e4, tax_rate_e4=line.tax_rate_e4
    )
    line.amount_cents = amounts.amount_cents
    line.tax_amount_cents = amounts.tax_amount_cents
    line.total_cents = amounts.total_cents


def _charge(line: LineItem) -> tuple[Any, ...]:
    return (line.type, line.description, line.quantity_e4, line.rate_e4, line.tax_rate_e4)
