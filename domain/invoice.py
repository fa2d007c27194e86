"""What an invoice's amounts and dates mean, and what may be done to it now."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from domain.errors import (
    InvalidInput,
    InvoiceEmpty,
    InvoiceHasPayments,
    InvoiceLocked,
    LimitExceeded,
)

ORDERS_MAX = 500


class InvoiceStatus(StrEnum):
    """In the order in which lists sort them."""

    CREATED = "created"
    SENT = "sent"
    PARTIALLY_PAID = "partiallyPaid"
    PAID = "paid"


class Invoice(Protocol):
    """The facts the rules look at."""

    @property
    def id(self) -> str: ...
    @property
    def full_id(self) -> str: ...
    @property
    def status(self) -> InvoiceStatus: ...
    @property
    def amount_paid_cents(self) -> int: ...


def derive_status(
    *, total_cents: int, amount_paid_cents: int, sent_at: date | None
) -> InvoiceStatus:
    """Status follows from what was sent and paid; deleting payments walks it back."""
    is_settled = amount_paid_cents == total_cents
    if is_settled and (amount_paid_cents > 0 or sent_at is not None):
        return InvoiceStatus.PAID
    if amount_paid_cents > 0:
        return InvoiceStatus.PARTIALLY_PAID
    return InvoiceStatus.CREATED if sent_at is None else InvoiceStatus.SENT


def days_past_due(
    *, status: InvoiceStatus, outstanding_balance_cents: int, due_date: date, as_of: date
) -> int:
    """Days since the due date, 0 unless overdue. Due today is not overdue."""
    is_receivable = status is not InvoiceStatus.CREATED
    if not is_receivable or outstanding_balance_cents <= 0:
        return 0
    return max(0, (as_of - due_date).days)


def can_edit_line_items(status: InvoiceStatus) -> bool:
    return status is InvoiceStatus.CREATED


def can_record_payment(outstanding_balance_cents: int) -> bool:
    return outstanding_balance_cents > 0


def can_delete(amount_paid_cents: int) -> bool:
    """Payments are more than zero each: nothing paid means there are none."""
    return amount_paid_cents == 0


def check_order_count(count: int) -> None:
    if count > ORDERS_MAX:
        raise LimitExceeded(f"At most {ORDERS_MAX} orders can be billed at once", "order_ids")


def check_line_items_editable(invoice: Invoice) -> None:
    if not can_edit_line_items(invoice.status):
        raise InvoiceLocked(
            f"{invoice.full_id} is {_words(invoice.status)}: "
            "its line items can be changed only while it is created",
            invoice_id=invoice.id,
        )


def check_invoice_date_editable(invoice: Invoice) -> None:
    if invoice.status is not InvoiceStatus.CREATED:
        raise InvoiceLocked(
            f"{invoice.full_id} is {_words(invoice.status)}: "
            "its invoice date can be changed only while it is created",
            "invoice_date",
            invoice_id=invoice.id,
        )


def check_editable(invoice: Invoice) -> None:
    """Terms, due date, notes and remit-to address may change until the invoice is paid."""
    if invoice.status is InvoiceStatus.PAID:
        raise InvoiceLocked(
            f"{invoice.full_id} is paid and can no longer be changed", invoice_id=invoice.id
        )


def check_sendable(invoice: Invoice, *, line_item_count: int, sent_at: date, today: date) -> None:
    if line_item_count == 0:
        raise InvoiceEmpty(
            f"{invoice.full_id} has no line items: add one before sending it",
            invoice_id=invoice.id,
        )
    if sent_at > today:
        raise InvalidInput(f"An invoice cannot be sent in the future ({sent_at})", "sent_at")


def check_deletable(invoice: Invoice) -> None:
    if not can_delete(invoice.amount_paid_cents):
        raise InvoiceHasPayments(
            f"{invoice.full_id} has payments: delete them before the invoice",
            invoice_id=invoice.id,
        )


def _words(status: InvoiceStatus) -> str:
    return "partially paid" if status is InvoiceStatus.PARTIALLY_PAID else str(status)
