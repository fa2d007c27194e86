"""The rules said once more, as simply as can be: what every sequence of mutations must agree with.

Nothing here is shared with the product: decimals instead of cents, lists instead of tables.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
NET_DAYS = {"pia": 0, "net0": 0, "net7": 7, "net30": 30, "net90": 90}


@dataclass
class Line:
    """A line item: what it says, and so what it comes to."""

    type: str
    description: str
    quantity: Decimal
    rate: Decimal
    tax_rate: Decimal

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.rate).quantize(CENT, ROUND_HALF_UP)

    @property
    def tax(self) -> Decimal:
        return (self.amount * self.tax_rate / 100).quantize(CENT, ROUND_HALF_UP)

    @property
    def said(self) -> tuple[Any, ...]:
        return (self.type, self.description, self.quantity, self.rate, self.tax_rate)


def total(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount + line.tax for line in lines), Decimal("0.00"))


@dataclass
class Order:
    """An order: its lines by id, and the live invoice it is on with its lines as they were."""

    customer: str
    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    invoice: str | None = None
    copied: Counter[tuple[Any, ...]] = field(default_factory=Counter[tuple[Any, ...]])
    version: int = 1

    @property
    def said(self) -> Counter[tuple[Any, ...]]:
        return Counter(line.said for line in self.lines.values())

    @property
    def has_changed(self) -> bool:
        return self.invoice is not None and self.said != self.copied


@dataclass
class Invoice:
    """An invoice: its lines and payments by id."""

    number: int
    customer: str
    invoice_date: date
    terms: str
    due_by_hand: date | None = None
    notes: str | None = None
    sent_at: date | None = None
    orders: list[str] = field(default_factory=list[str])
    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    payments: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    version: int = 1
    is_deleted: bool = False

    @property
    def total(self) -> Decimal:
        return total(self.lines.values())

    @property
    def paid(self) -> Decimal:
        return sum(self.payments.values(), Decimal("0.00"))

    @property
    def balance(self) -> Decimal:
        return self.total - self.paid

    @property
    def status(self) -> str:
        if self.balance == 0 and (self.paid > 0 or self.sent_at):
            return "paid"
        if self.paid > 0:
            return "partiallyPaid"
        return "sent" if self.sent_at else "created"

    @property
    def due_date(self) -> date:
        if self.due_by_hand:
            return self.due_by_hand
        if self.terms == "eom":
            next_month = self.invoice_date.replace(day=28) + timedelta(days=4)
            return next_month - timedelta(days=next_month.day)
        return self.invoice_date + timedelta(days=NET_DAYS[self.terms])


@dataclass
class Model:
    """All of it. Each method answers the code of the refusal, or None and has changed."""

    today: date
    orders: dict[str, Order] = field(default_factory=dict[str, Order])
    invoices: dict[str, Invoice] = field(default_factory=dict[str, Invoice])
    numbers: int = 0

    def change_lines(self, parent: str, lines: Mapping[str, Line]) -> str | None:
        """The parent's lines become these, under the ids given."""
        owner = self.orders.get(parent) or self.invoices[parent]
        if isinstance(owner, Invoice):
            if owner.is_deleted:
                return "NOT_FOUND"
            if owner.status != "created":
                return "INVOICE_LOCKED"
        if total(lines.values()) < 0:
            return "INVALID_INPUT"
        owner.lines = dict(lines)
        owner.version += 1
        return None

    def refuses_invoice(self, orders: Sequence[str], own: Sequence[Line]) -> str | None:
        found = [self.orders[order] for order in orders]
        if len({order.customer for order in found}) > 1:
            return "CUSTOMER_MISMATCH"
        if any(order.invoice for order in found):
            return "ORDER_ALREADY_INVOICED"
        lines = [line for order in found for line in order.lines.values()]
        return "INVALID_INPUT" if total([*lines, *own]) < 0 else None

    def bill(self, invoice_id: str, invoice: Invoice) -> None:
        """An invoice that was not refused; its number is the next one."""
        self.numbers += 1
        self.invoices[invoice_id] = invoice
        for order_id in invoice.orders:
            order = self.orders[order_id]
            order.invoice, order.copied = invoice_id, order.said

    def send(self, invoice_id: str, sent_at: date) -> str | None:
        invoice = self.invoices[invoice_id]
        if invoice.is_deleted:
            return "NOT_FOUND"
        if not invoice.lines:
            return "INVOICE_EMPTY"
        if sent_at > self.today:
            return "INVALID_INPUT"
        invoice.sent_at = sent_at
        invoice.version += 1
        return None

    def delete(self, invoice_id: str) -> str | None:
        invoice = self.invoices[invoice_id]
        if invoice.is_deleted:
            return "NOT_FOUND"
        if invoice.payments:
            return "INVOICE_HAS_PAYMENTS"
        invoice.is_deleted = True
        for order_id in invoice.orders:
            self.orders[order_id].invoice = None
        return None

    def update(self, invoice_id: str, changes: Mapping[str, Any]) -> str | None:
        invoice = self.invoices[invoice_id]
        if invoice.is_deleted:
            return "NOT_FOUND"
        old = vars(invoice).copy()
        vars(invoice).update(changes)
        if vars(invoice) == old:
            return None
        is_dated_anew = invoice.invoice_date != old["invoice_date"]
        if invoice.status == "paid" or (is_dated_anew and invoice.status != "created"):
            vars(invoice).update(old)
            return "INVOICE_LOCKED"
        invoice.version += 1
        return None

    def refuses_payment(self, amounts: Mapping[str, Decimal], day: date) -> str | None:
        """One payment, or one cheque over many invoices."""
        if day > self.today:
            return "PAYMENT_DATE_IN_FUTURE"
        invoices = [self.invoices[invoice_id] for invoice_id in amounts]
        payer = None
        for invoice in invoices:
            if invoice.is_deleted:
                return "NOT_FOUND"
            payer = payer or invoice.customer
            if invoice.customer != payer:
                return "CUSTOMER_MISMATCH"
        for invoice, amount in zip(invoices, amounts.values(), strict=True):
            if (code := _refuses_amount(invoice.balance, amount)) is not None:
                return code
        return None

    def pay(self, invoice_id: str, payment_id: str, amount: Decimal) -> None:
        self.invoices[invoice_id].payments[payment_id] = amount
        self.invoices[invoice_id].version += 1

    def correct(self, payment_id: str, amount: Decimal) -> str | None:
        invoice = self.payer_of(payment_id)
        if invoice is None:
            return "NOT_FOUND"
        if invoice.payments[payment_id] == amount:
            return None
        code = _refuses_amount(invoice.balance + invoice.payments[payment_id], amount)
        if code is None:
            invoice.payments[payment_id] = amount
            invoice.version += 1
        return code

    def take_back(self, payment_id: str) -> str | None:
        invoice = self.payer_of(payment_id)
        if invoice is None:
            return "NOT_FOUND"
        del invoice.payments[payment_id]
        invoice.version += 1
        return None

    def payer_of(self, payment_id: str) -> Invoice | None:
        found = (one for one in self.invoices.values() if payment_id in one.payments)
        return next(found, None)


def _refuses_amount(balance: Decimal, amount: Decimal) -> str | None:
    if amount <= 0:
        return "INVALID_INPUT"
    return "PAYMENT_EXCEEDS_BALANCE" if amount > balance else None
