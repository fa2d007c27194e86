"""Making invoices from orders."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from db import counters, ids, invoices, line_items, organizations, rows
from db.tables import Customer, Invoice, InvoiceOrder, LineItem, Order
from domain import activity as told
from domain import invoice as rules
from domain import line_item as line_item_rules
from domain import text
from domain.activity import ActivityKind
from domain.errors import CustomerMismatch, InvalidInput, OrderAlreadyInvoiced
from domain.terms import PaymentTerms, due_date
from services import activity, addresses, idempotency
from services.addresses import NewAddress
from services.author import Author
from services.invoices import index
from services.line_items import NewLineItem, copy, make_all


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """An invoice as it was asked for."""

    order_ids: Sequence[str]
    customer_id: str | None
    line_items: Sequence[NewLineItem]
    invoice_date: date | None
    terms: PaymentTerms | None
    due_date: date | None
    notes: str | None
    remit_to_address: NewAddress | None


async def create_invoice(
    session: AsyncSession,
    author: Author,
    *,
    new: NewInvoice,
    idempotency_key: str | None,
) -> tuple[str, bool]:
    """Bill orders by copying their lines as they are now, then the invoice's own lines.

    Answers the invoice's id, and whether it had been made before under this key.
    """

    async def work() -> idempotency.Result:
        return {"invoice": (await _create(session, author, new)).id}

    asked = {"operation": "createInvoice", **asdict(new), "line_items": _exact(new.line_items)}
    result, is_repeated = await idempotency.once(session, author, idempotency_key, asked, work)
    return result["invoice"], is_repeated


async def _create(session: AsyncSession, author: Author, new: NewInvoice) -> Invoice:
    orders = await _orders_locked(session, author, new)
    customer = await _customer(session, author, new, orders)
    await _check_not_invoiced(session, author, new, orders)
    invoice = await _invoice(session, author, new, customer)
    lines = await _lines(session, invoice, orders, new)
    # Last, because others wait for the number until this transaction ends.
    invoice.number = await counters.next_number(session, author.organization_id, counters.INVOICES)
    session.add(invoice)
    await session.flush()
    session.add_all(lines)
    session.add_all(
        InvoiceOrder(
            organization_id=author.organization_id,
            invoice_id=invoice.id,
            order_id=order.id,
            position=position,
            line_items_digest=order.line_items_digest,
        )
        for position, order in enumerate(orders, start=1)
    )
    await session.flush()
    await invoices.recompute(session, invoice)
    await index(session, invoice)
    activity.note(
        session,
        author,
        invoice,
        ActivityKind.CREATED,
        told.invoice_created(invoice, customer, orders),
    )
    return invoice


async def _orders_locked(session: AsyncSession, author: Author, new: NewInvoice) -> Sequence[Order]:
    """The orders in the order given; one named twice counts once."""
    rules.check_order_count(len(new.order_ids))
    found = await rows.all_locked(session, Order, author.organization_id, new.order_ids)
    for position, order_id in enumerate(new.order_ids):
        if order_id not in found:
            raise rows.not_found(Order, "order_ids", str(position))
    return [found[order_id] for order_id in dict.fromkeys(new.order_ids)]


async def _customer(
    session: AsyncSession, author: Author, new: NewInvoice, orders: Sequence[Order]
) -> Customer:
    customer_id = new.customer_id
    if customer_id is None and orders:
        customer_id = orders[0].customer_id
    if customer_id is None:
        raise InvalidInput("Without orders an invoice needs a customer", "customer_id")
    customer = await rows.get_locked(
        session, Customer, author.organization_id, customer_id, "customer_id"
    )
    for order in orders:
        if order.customer_id != customer.id:
            raise CustomerMismatch(
                f"{order.full_id} is not an order of {customer.name}",
                "order_ids",
                str(list(new.order_ids).index(order.id)),
            )
    return customer


async def _check_not_invoiced(
    session: AsyncSession, author: Author, new: NewInvoice, orders: Sequence[Order]
) -> None:
    taken = await invoices.live_by_order(
        session, author.organization_id, [order.id for order in orders]
    )
    for order in orders:
        if order.id in taken:
            raise OrderAlreadyInvoiced(
                f"{order.full_id} is on {taken[order.id].full_id}: "
                "delete that invoice before billing the order again",
                "order_ids",
                str(list(new.order_ids).index(order.id)),
                invoice_id=taken[order.id].id,
            )


async def _invoice(
    session: AsyncSession, author: Author, new: NewInvoice, customer: Customer
) -> Invoice:
    organization = await organizations.get(session, author.organization_id)
    invoice_date = new.invoice_date or author.today
    terms = new.terms or customer.terms
    remit_to = await addresses.add(session, author, new.remit_to_address, "remit_to_address")
    return Invoice(
        organization_id=author.organization_id,
        id=ids.new(ids.INVOICE),
        number=0,
        customer_id=customer.id,
        currency=customer.currency,
        notes=text.check_optional(new.notes, "notes", text.NOTES_MAX),
        invoice_date=invoice_date,
        terms=terms,
        due_date=new.due_date or due_date(invoice_date, terms),
        is_due_date_manual=new.due_date is not None,
        # As they are today: a customer that moves does not change what it was sent.
        bill_to_address_id=customer.bill_to_address_id,
        remit_to_address_id=remit_to or organization.remit_to_address_id,
        created_at=author.now,
        updated_at=author.now,
    )


async def _lines(
    session: AsyncSession, invoice: Invoice, orders: Sequence[Order], new: NewInvoice
) -> list[LineItem]:
    originals = [line for order in orders for line in await line_items.of(session, order)]
    line_item_rules.check_count(len(originals) + len(new.line_items), "line_items")
    copies = [copy(invoice, position, line) for position, line in enumerate(originals, start=1)]
    return [*copies, *make_all(invoice, new.line_items, after=len(copies))]


def _exact(lines: Sequence[NewLineItem]) -> list[tuple[str, ...]]:
    """Lines in which 10 and 10.00 are the same number."""
    return [
        (line.type, line.description, *(_plain(number) for number in numbers))
        for line in lines
        for numbers in [(line.quantity, line.rate, line.tax_rate)]
    ]


def _plain(number: Decimal) -> str:
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
