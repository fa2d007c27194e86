"""The demo's line items, and what they come to."""

from collections.abc import Iterable

from db import ids
from domain.line_item import line_amounts
from services.demo.books import Books
from services.demo.charges import Charge
from services.demo.drafts import Invoice, LineItem, Order


def add(books: Books, at: int, parent: Order | Invoice, position: int, charge: Charge) -> LineItem:
    is_order = isinstance(parent, Order)
    line = LineItem(
        id=books.chance.id(ids.LINE_ITEM, at),
        order_id=parent.id if is_order else None,
        invoice_id=None if is_order else parent.id,
        position=position,
        type=charge.type,
        description=charge.description,
        quantity_e4=charge.quantity_e4,
        rate_e4=charge.rate_e4,
        tax_rate_e4=charge.tax_rate_e4,
        amount_cents=charge.amount_cents,
        tax_amount_cents=charge.tax_amount_cents,
        total_cents=charge.total_cents,
    )
    books.add(line)
    return line


def copy(books: Books, at: int, invoice: Invoice, position: int, line: LineItem) -> LineItem:
    """The order's line as it is now, on an invoice."""
    copied = LineItem(
        id=books.chance.id(ids.LINE_ITEM, at),
        order_id=None,
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
    books.add(copied)
    return copied


def reweigh(line: LineItem, quantity_e4: int) -> None:
    """Bill another quantity."""
    line.quantity_e4 = quantity_e4
    amounts = line_amounts(
        quantity_e4=quantity_e4, rate_e4=line.rate_e4, tax_rate_e4=line.tax_rate_e4
    )
    line.amount_cents = amounts.amount_cents
    line.tax_amount_cents = amounts.tax_amount_cents
    line.total_cents = amounts.total_cents


def recompute(parent: Order | Invoice, lines: Iterable[LineItem]) -> None:
    parent.sub_total_cents = sum(line.amount_cents for line in lines)
    parent.tax_total_cents = sum(line.tax_amount_cents for line in lines)
    parent.total_cents = parent.sub_total_cents + parent.tax_total_cents
