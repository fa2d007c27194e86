"""The demo's orders."""

from dataclasses import dataclass, field

from db import counters, ids, search
from domain import activity as told
from domain.activity import ActivityKind
from domain.line_item import digest
from services.demo import line_items
from services.demo.books import Books
from services.demo.chance import Chance
from services.demo.charges import Lane, detention, lane, load
from services.demo.customers import Payer
from services.demo.drafts import LineItem, Order
from services.demo.workdays import MINUTE, Workdays, instant


@dataclass(slots=True)
class Work:
    """An order with its live line items, and the lane it goes over."""

    order: Order
    payer: Payer
    lane: Lane
    lines: list[LineItem] = field(default_factory=list[LineItem])


def make(books: Books, payer: Payer, at: int) -> Work:
    chance = books.chance
    customer = payer.customer
    order = Order(
        id=chance.id(ids.ORDER, at),
        number=books.number(counters.ORDERS),
        customer_id=customer.id,
        po_number=f"PO-{chance.between(10_000, 99_999)}" if chance.percent(80) else None,
        ref_number=_reference(chance) if chance.percent(65) else None,
        currency=customer.currency,
        created_at=instant(at),
    )
    work = Work(order, payer, lane(chance, payer.home, customer.currency))
    for position, charge in enumerate(load(chance, work.lane), start=1):
        work.lines.append(line_items.add(books, at, order, position, charge))
    _recompute(work)
    books.add(order)
    books.index(order.id, search.order_texts(order.full_id, order.po_number, order.ref_number))
    books.note(at, order, ActivityKind.CREATED, told.order_created(order, customer))
    return work


def change(books: Books, workdays: Workdays, billed_at: int, work: Work) -> None:
    """Change what was billed already, which leaves the invoice outdated."""
    at = workdays.later(billed_at, books.chance.between(10, 1_500) * MINUTE)
    if at is None:
        return
    message = _change(books, at, work)
    _recompute(work)
    work.order.version += 1
    books.note(at, work.order, ActivityKind.LINE_ITEMS_CHANGED, message)


def _change(books: Books, at: int, work: Work) -> str:
    kind = books.chance.below(3)
    if kind == 0 and len(work.lines) > 1:
        line = work.lines.pop()
        line.deleted_at = instant(at)
        return told.line_item_removed(line, work.order)
    if kind == 1:
        line = work.lines[0]
        line_items.reweigh(line, line.quantity_e4 * books.chance.between(101, 125) // 100)
        return told.line_item_changed(line, work.order)
    charge = detention(books.chance, work.lane)
    line = line_items.add(books, at, work.order, len(work.lines) + 1, charge)
    work.lines.append(line)
    return told.line_item_added(line, work.order)


def _recompute(work: Work) -> None:
    line_items.recompute(work.order, work.lines)
    work.order.line_items_digest = digest(work.lines)


def _reference(chance: Chance) -> str:
    return f"{chance.pick(('BOL', 'PRO', 'LD'))}{chance.between(1_000_000, 9_999_999)}"
