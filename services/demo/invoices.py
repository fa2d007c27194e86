"""The demo's invoices: made from orders, reviewed, sent, and sometimes deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from db import counters, ids, search
from domain import activity as told
from domain.activity import ActivityKind
from domain.invoice import derive_status
from domain.terms import PaymentTerms, due_date
from services.demo import line_items, names
from services.demo.books import Books
from services.demo.chance import Chance
from services.demo.charges import Lane, lane, other
from services.demo.customers import Payer
from services.demo.drafts import Invoice, InvoiceOrder, LineItem
from services.demo.orders import Work
from services.demo.workdays import MINUTE, Workdays, day_of, instant

_NOTES = (
    "Please quote the invoice number with your payment",
    "Proof of delivery attached",
    "Rate confirmed by e-mail",
    "Dock closed at 16:00, delivered the next morning",
    "Detention approved by the receiver",
    "Remit in the currency shown",
)
_ALL_TERMS = tuple(PaymentTerms)
_REASONS = ("Billed to the wrong customer", "Rate was wrong", "Billed twice", None)


@dataclass(slots=True)
class Bill:
    """An invoice in the making, with what it stands on."""

    invoice: Invoice
    payer: Payer
    works: Sequence[Work]
    # In milliseconds, as is the time of everything to come.
    changed_at: int
    paid_cents: int = 0
    lines: list[LineItem] = field(default_factory=list[LineItem])
    links: list[InvoiceOrder] = field(default_factory=list[InvoiceOrder])

    def changed(self, at: int) -> None:
        self.changed_at = at
        self.invoice.version += 1
        self.invoice.updated_at = instant(at)

    def recompute(self) -> None:
        """Bring balance and status in line with lines and payments."""
        invoice = self.invoice
        invoice.amount_paid_cents = self.paid_cents
        invoice.outstanding_balance_cents = invoice.total_cents - self.paid_cents
        invoice.status = derive_status(
            total_cents=invoice.total_cents,
            amount_paid_cents=self.paid_cents,
            sent_at=invoice.sent_at,
        )


def make(
    books: Books, payer: Payer, works: Sequence[Work], at: int, remit_to_address_id: str | None
) -> Bill:
    invoice = _invoice(books, payer, at, remit_to_address_id)
    bill = Bill(invoice, payer, works, changed_at=at)
    _copy_lines(books, bill, at)
    charges = books.chance.between(1, 3) if not works else books.chance.percent(20)
    for _ in range(charges):
        _add_line(books, bill, at)
    line_items.recompute(invoice, bill.lines)
    bill.recompute()
    books.add(invoice)
    orders = [work.order for work in works]
    message = told.invoice_created(invoice, payer.customer, orders)
    books.note(at, invoice, ActivityKind.CREATED, message)
    return bill


def review(books: Books, workdays: Workdays, bill: Bill) -> None:
    """What a clerk puts right before sending, if anything."""
    kind = books.chance.below(40)
    at = workdays.later(bill.changed_at, books.chance.between(3, 90) * MINUTE)
    if kind > 3 or at is None:
        return
    invoice = bill.invoice
    if kind <= 1:
        line = _add_line(books, bill, at)
        line_items.recompute(invoice, bill.lines)
        bill.recompute()
        message = told.line_item_added(line, invoice)
        books.note(at, invoice, ActivityKind.LINE_ITEMS_CHANGED, message)
    else:
        changed = _change_due_date(books.chance, invoice, by_hand=kind == 2)
        message = told.invoice_changed(invoice, changed)
        books.note(at, invoice, ActivityKind.UPDATED, message)
    bill.changed(at)


def send(books: Books, workdays: Workdays, bill: Bill) -> None:
    at = workdays.later(bill.changed_at, books.chance.between(5, 700) * MINUTE)
    # Some are forgotten.
    if at is None or books.chance.percent(2):
        return
    bill.invoice.sent_at = day_of(at)
    bill.recompute()
    bill.changed(at)
    books.note(at, bill.invoice, ActivityKind.SENT, told.invoice_sent(bill.invoice))


def delete(books: Books, bill: Bill, at: int) -> None:
    """Its lines go with it, and its orders can be billed anew."""
    invoice = bill.invoice
    invoice.deleted_at = instant(at)
    invoice.deleted_by = books.chance.pick(names.CLERKS)
    invoice.deletion_reason = books.chance.pick(_REASONS)
    for line in bill.lines:
        line.deleted_at = invoice.deleted_at
    for link in bill.links:
        link.released_at = invoice.deleted_at
    bill.changed(at)
    message = told.invoice_deleted(invoice, invoice.deletion_reason)
    books.note(at, invoice, ActivityKind.DELETED, message, actor=invoice.deleted_by)


def index(books: Books, bill: Bill) -> None:
    if bill.invoice.deleted_at is None:
        texts = search.invoice_texts(bill.invoice.full_id, bill.invoice.notes)
        books.index(bill.invoice.id, texts)


def _invoice(books: Books, payer: Payer, at: int, remit_to_address_id: str | None) -> Invoice:
    chance = books.chance
    customer = payer.customer
    terms = chance.pick(_ALL_TERMS) if chance.percent(5) else customer.terms
    day = day_of(at)
    return Invoice(
        id=chance.id(ids.INVOICE, at),
        number=books.number(counters.INVOICES),
        customer_id=customer.id,
        currency=customer.currency,
        notes=chance.pick(_NOTES) if chance.percent(20) else None,
        invoice_date=day,
        terms=terms,
        due_date=due_date(day, terms),
        is_due_date_manual=False,
        bill_to_address_id=customer.bill_to_address_id,
        remit_to_address_id=remit_to_address_id,
        created_at=instant(at),
        updated_at=instant(at),
    )


def _copy_lines(books: Books, bill: Bill, at: int) -> None:
    for place, work in enumerate(bill.works, start=1):
        order = work.order
        link = InvoiceOrder(bill.invoice.id, order.id, place, order.line_items_digest)
        books.add(link)
        bill.links.append(link)
        for line in work.lines:
            position = len(bill.lines) + 1
            bill.lines.append(line_items.copy(books, at, bill.invoice, position, line))


def _add_line(books: Books, bill: Bill, at: int) -> LineItem:
    chance = books.chance
    over = bill.works[0].lane if bill.works else _own_lane(chance, bill.payer)
    line = line_items.add(books, at, bill.invoice, len(bill.lines) + 1, other(chance, over))
    bill.lines.append(line)
    return line


def _own_lane(chance: Chance, payer: Payer) -> Lane:
    return lane(chance, payer.home, payer.customer.currency)


def _change_due_date(chance: Chance, invoice: Invoice, *, by_hand: bool) -> list[str]:
    """The fields that changed."""
    before = invoice.due_date
    if by_hand:
        invoice.is_due_date_manual = True
        invoice.due_date = invoice.invoice_date + timedelta(days=chance.between(3, 75))
        return ["due_date"] if invoice.due_date != before else []
    others = [terms for terms in PaymentTerms if terms is not invoice.terms]
    invoice.terms = chance.pick(others)
    invoice.due_date = due_date(invoice.invoice_date, invoice.terms)
    return ["terms", "due_date"] if invoice.due_date != before else ["terms"]
