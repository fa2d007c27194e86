"""What is told of an invoice's, order's or customer's history, in words a clerk understands."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from domain import payment as payments
from domain.document import DocumentType
from domain.line_item import LineItemType
from domain.money import money_text
from domain.payment import PaymentMethod
from domain.terms import PaymentTerms


class ActivityKind(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    LINE_ITEMS_CHANGED = "lineItemsChanged"
    SENT = "sent"
    PAYMENT_RECORDED = "paymentRecorded"
    PAYMENT_UPDATED = "paymentUpdated"
    PAYMENT_DELETED = "paymentDeleted"
    DOCUMENT_ATTACHED = "documentAttached"
    DOCUMENT_REMOVED = "documentRemoved"
    EXPORTED = "exported"
    EXPORT_FAILED = "exportFailed"
    DELETED = "deleted"


class Numbered(Protocol):
    @property
    def full_id(self) -> str: ...


class Customer(Numbered, Protocol):
    @property
    def name(self) -> str: ...


class Billed(Numbered, Protocol):
    """An order or an invoice."""

    @property
    def currency(self) -> str: ...
    @property
    def total_cents(self) -> int: ...


class Invoice(Billed, Protocol):
    @property
    def invoice_date(self) -> date: ...
    @property
    def terms(self) -> PaymentTerms: ...
    @property
    def due_date(self) -> date: ...
    @property
    def sent_at(self) -> date | None: ...
    @property
    def outstanding_balance_cents(self) -> int: ...


class LineItem(Protocol):
    @property
    def type(self) -> LineItemType: ...
    @property
    def description(self) -> str: ...
    @property
    def total_cents(self) -> int: ...


class Document(Protocol):
    @property
    def document_type(self) -> DocumentType: ...
    @property
    def file_name(self) -> str: ...


class Payment(Protocol):
    @property
    def method(self) -> PaymentMethod | None: ...
    @property
    def reference_number(self) -> str | None: ...
    @property
    def amount_cents(self) -> int: ...


def customer_created(customer: Customer) -> str:
    return f"Created {customer.full_id}, {customer.name}"


def customer_changed(customer: Customer, fields: Sequence[str]) -> str:
    words = ", ".join(field.removesuffix("_id").replace("_", " ") for field in fields)
    return f"Changed {words} of {customer.full_id}"


def order_created(order: Billed, customer: Customer) -> str:
    return f"Created {order.full_id} for {customer.name}, {_total(order)}"


def invoice_created(invoice: Billed, customer: Customer, orders: Sequence[Numbered]) -> str:
    source = f" from {', '.join(order.full_id for order in orders)}" if orders else ""
    return f"Created {invoice.full_id} for {customer.name}{source}, {_total(invoice)}"


def invoice_changed(invoice: Invoice, fields: Sequence[str]) -> str:
    told = {
        "invoice_date": f"invoice date to {invoice.invoice_date}",
        "terms": f"terms to {invoice.terms}",
        "due_date": f"due date to {invoice.due_date}",
        "notes": "notes",
        "remit_to_address_id": "remit-to address",
    }
    words = [told[field] for field in fields if field in told] or ["how the due date is set"]
    return f"Changed {', '.join(words)}"


def invoice_sent(invoice: Invoice) -> str:
    return f"Sent {invoice.full_id} on {invoice.sent_at}"


def invoice_deleted(invoice: Numbered, reason: str | None) -> str:
    return f"Deleted {invoice.full_id}{_because(reason)}"


def invoice_exported(quickbooks_id: str, remarks: Sequence[str], *, is_new: bool) -> str:
    """`remarks` are what a person ought to look at there."""
    done = "Exported to QuickBooks as" if is_new else "Brought up to date in QuickBooks:"
    return "; ".join([f"{done} invoice {quickbooks_id}", *remarks])


def invoice_not_exported(reason: str) -> str:
    return f"Could not be exported to QuickBooks: {reason}"


def invoice_gone(quickbooks_id: str, how: str) -> str:
    return f"Invoice {quickbooks_id} was {how} in QuickBooks"


def line_item_added(line: LineItem, parent: Billed) -> str:
    return f"Added {_charge(line, parent)}"


def line_item_changed(line: LineItem, parent: Billed) -> str:
    return f"Changed a line to {_charge(line, parent)}"


def line_item_removed(line: LineItem, parent: Billed) -> str:
    return f"Removed {_charge(line, parent)}"


def payment_recorded(payment: Payment, invoice: Invoice) -> str:
    """The invoice's balance is the one after the payment, here and below."""
    return f"Recorded {_receipt(payment, invoice)}"


def payment_recorded_around(
    method: PaymentMethod, reference_number: str | None, amount_cents: int
) -> tuple[str, str, str]:
    """The same words, before and after what only the invoice knows: its currency and balance."""
    before, between, after = payments.words_around(method, reference_number, amount_cents)
    return f"Recorded {before}", between, after


def payment_changed(payment: Payment, invoice: Invoice) -> str:
    return f"Changed a payment to {_receipt(payment, invoice)}"


def payment_deleted(payment: Payment, invoice: Invoice, reason: str | None) -> str:
    return f"Deleted {_receipt(payment, invoice)}{_because(reason)}"


def document_attached(document: Document) -> str:
    return f"Attached {_file(document)}"


def document_removed(document: Document, *, has_arrived: bool = True) -> str:
    return f"Removed {_file(document)}{'' if has_arrived else ', which never arrived'}"


def _file(document: Document) -> str:
    return f"{document.document_type.words} “{document.file_name}”"


def _total(billed: Billed) -> str:
    return money_text(billed.total_cents, billed.currency)


def _charge(line: LineItem, parent: Billed) -> str:
    return f"{line.type} “{line.description}”, {money_text(line.total_cents, parent.currency)}"


def _receipt(payment: Payment, invoice: Invoice) -> str:
    return payments.words(
        payment.method,
        payment.reference_number,
        amount_cents=payment.amount_cents,
        outstanding_balance_cents=invoice.outstanding_balance_cents,
        currency=invoice.currency,
    )


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""
