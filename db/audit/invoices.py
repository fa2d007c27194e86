"""The audit of invoices: totals, payments, balance, status, due date, and the orders on them."""

from collections import defaultdict
from typing import Any

from sqlalchemy import SmallInteger, select, type_coerce
from sqlmodel import col

from db.audit import line_items
from db.audit.line_items import Owner
from db.audit.reading import Page, Reading
from db.tables import Invoice, InvoiceOrder, LineItem, Order, Payment
from domain.invoice import InvoiceStatus, derive_status
from domain.money import decimal_text
from domain.terms import due_date

_STATUSES = tuple(InvoiceStatus)


async def check(reading: Reading) -> None:
    pages = reading.pages(
        Invoice,
        col(Invoice.number),
        col(Invoice.customer_id),
        # As a number, since what is not a status could not be read.
        type_coerce(col(Invoice.status), SmallInteger).label("status"),
        col(Invoice.invoice_date),
        col(Invoice.terms),
        col(Invoice.due_date),
        col(Invoice.is_due_date_manual),
        col(Invoice.sent_at),
        col(Invoice.sub_total_cents),
        col(Invoice.tax_total_cents),
        col(Invoice.total_cents),
        col(Invoice.amount_paid_cents),
        col(Invoice.outstanding_balance_cents),
        col(Invoice.deleted_at),
    )
    async for page in pages:
        reading.counted("invoices", len(page.rows))
        owners = {row.id: Owner(f"INVOICE-{row.number}", row.deleted_at) for row in page.rows}
        await line_items.check(reading, page, col(LineItem.invoice_id), owners)
        paid = await _paid(reading, page)
        orders = await _orders(reading, page)
        for invoice in page.rows:
            owner = owners[invoice.id]
            if invoice.deleted_at is None:
                owner.check_totals(reading, invoice)
                _check_balance(reading, invoice, owner, sum(paid[invoice.id]))
            _check_due_date(reading, invoice, owner.full_id)
            _check_orders(reading, invoice, owner.full_id, orders[invoice.id])
            if invoice.deleted_at is not None and paid[invoice.id]:
                reading.differs(owner.full_id, "it is deleted, but its payments are not")


def _check_balance(reading: Reading, invoice: Any, owner: Owner, paid_cents: int) -> None:
    for name, stored_cents, why, cents in (
        ("amount paid", invoice.amount_paid_cents, "its payments come to", paid_cents),
        (
            "outstanding balance",
            invoice.outstanding_balance_cents,
            "total less payments comes to",
            owner.total_cents - paid_cents,
        ),
    ):
        if stored_cents != cents:
            how = f"{name} is stored as {decimal_text(stored_cents)}, {why} {decimal_text(cents)}"
            reading.differs(owner.full_id, how)
    if paid_cents > owner.total_cents:
        how = f"its payments, {decimal_text(paid_cents)}, are more than its total, "
        reading.differs(owner.full_id, how + decimal_text(owner.total_cents))
    status = derive_status(
        total_cents=owner.total_cents, amount_paid_cents=paid_cents, sent_at=invoice.sent_at
    )
    if invoice.status != _STATUSES.index(status):
        stored = dict(enumerate(_STATUSES)).get(invoice.status, invoice.status)
        how = f"status is stored as {stored}, its amounts and dates make it {status}"
        reading.differs(owner.full_id, how)


def _check_due_date(reading: Reading, invoice: Any, full_id: str) -> None:
    if invoice.is_due_date_manual:
        return
    truth = due_date(invoice.invoice_date, invoice.terms)
    if invoice.due_date != truth:
        why = f"{invoice.terms} from {invoice.invoice_date} makes it {truth}"
        reading.differs(full_id, f"due date is stored as {invoice.due_date}, {why}")


def _check_orders(reading: Reading, invoice: Any, full_id: str, orders: list[Any]) -> None:
    for order in orders:
        if invoice.deleted_at is not None:
            reading.differs(full_id, f"it is deleted, but ORDER-{order.number} is still on it")
        if order.customer_id != invoice.customer_id:
            reading.differs(full_id, f"ORDER-{order.number} on it is another customer's")


async def _paid(reading: Reading, page: Page) -> defaultdict[str, list[int]]:
    """What was paid, payment by payment."""
    payments = await reading.rows(
        select(
            col(Payment.invoice_id), col(Payment.amount_cents), col(Payment.deleted_at).is_(None)
        ).where(
            col(Payment.organization_id) == reading.organization_id,
            page.holds(col(Payment.invoice_id)),
        )
    )
    reading.counted("payments", len(payments))
    paid = defaultdict[str, list[int]](list)
    for invoice_id, amount_cents, is_live in payments:
        if is_live:
            paid[invoice_id].append(amount_cents)
    return paid


async def _orders(reading: Reading, page: Page) -> defaultdict[str, list[Any]]:
    """The orders that stand on the invoices."""
    rows = await reading.rows(
        select(col(InvoiceOrder.invoice_id), col(Order.number), col(Order.customer_id))
        .join(
            Order,
            (col(Order.organization_id) == col(InvoiceOrder.organization_id))
            & (col(Order.id) == col(InvoiceOrder.order_id)),
        )
        .where(
            col(InvoiceOrder.organization_id) == reading.organization_id,
            col(InvoiceOrder.released_at).is_(None),
            page.holds(col(InvoiceOrder.invoice_id)),
        )
        .order_by(col(InvoiceOrder.invoice_id), col(InvoiceOrder.position))
    )
    orders = defaultdict[str, list[Any]](list)
    for row in rows:
        orders[row.invoice_id].append(row)
    return orders
