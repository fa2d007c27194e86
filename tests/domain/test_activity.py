"""The history's words, as clerks read them."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from domain import activity as told
from domain.line_item import LineItemType
from domain.payment import PaymentMethod
from domain.terms import PaymentTerms


@dataclass(frozen=True)
class Customer:
    full_id: str = "CUST-7"
    name: str = "Maple Freight"


@dataclass(frozen=True)
class Order:
    full_id: str
    currency: str = "CAD"
    total_cents: int = 40_000


@dataclass(frozen=True)
class Invoice:
    full_id: str = "INVOICE-3"
    currency: str = "CAD"
    total_cents: int = 100_000
    invoice_date: date = date(2026, 3, 10)
    terms: PaymentTerms = PaymentTerms.NET_30
    due_date: date = date(2026, 4, 9)
    sent_at: date | None = date(2026, 3, 11)
    outstanding_balance_cents: int = 60_000


@dataclass(frozen=True)
class LineItem:
    type: LineItemType = LineItemType.FUEL
    description: str = "Fuel, 20 %"
    total_cents: int = 2_050


@dataclass(frozen=True)
class Payment:
    method: PaymentMethod | None = PaymentMethod.CHEQUE
    reference_number: str | None = "1042"
    amount_cents: int = 40_000


def test_customers() -> None:
    assert told.customer_created(Customer()) == "Created CUST-7, Maple Freight"
    changed = told.customer_changed(Customer(), ["name", "bill_to_address_id"])
    assert changed == "Changed name, bill to address of CUST-7"


def test_orders() -> None:
    message = told.order_created(Order("ORDER-2"), Customer())
    assert message == "Created ORDER-2 for Maple Freight, 400.00 CAD"


def test_invoices_name_the_orders_they_bill() -> None:
    orders = [Order("ORDER-1"), Order("ORDER-2")]
    assert (
        told.invoice_created(Invoice(), Customer(), orders)
        == "Created INVOICE-3 for Maple Freight from ORDER-1, ORDER-2, 1000.00 CAD"
    )
    assert (
        told.invoice_created(Invoice(), Customer(), [])
        == "Created INVOICE-3 for Maple Freight, 1000.00 CAD"
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (["invoice_date", "terms"], "Changed invoice date to 2026-03-10, terms to net30"),
        (["due_date", "is_due_date_manual"], "Changed due date to 2026-04-09"),
        (["notes", "remit_to_address_id"], "Changed notes, remit-to address"),
        (["is_due_date_manual"], "Changed how the due date is set"),
    ],
)
def test_changes_of_invoices(fields: list[str], message: str) -> None:
    assert told.invoice_changed(Invoice(), fields) == message


def test_what_becomes_of_invoices() -> None:
    assert told.invoice_sent(Invoice()) == "Sent INVOICE-3 on 2026-03-11"
    assert told.invoice_deleted(Invoice(), None) == "Deleted INVOICE-3"
    assert told.invoice_deleted(Invoice(), "Billed twice") == "Deleted INVOICE-3 (Billed twice)"


def test_line_items() -> None:
    words = "fuel “Fuel, 20 %”, 20.50 CAD"
    assert told.line_item_added(LineItem(), Invoice()) == f"Added {words}"
    assert told.line_item_changed(LineItem(), Invoice()) == f"Changed a line to {words}"
    assert told.line_item_removed(LineItem(), Order("ORDER-2")) == f"Removed {words}"


def test_payments_tell_what_is_left() -> None:
    words = "cheque 1042, 400.00 CAD; 600.00 outstanding"
    assert told.payment_recorded(Payment(), Invoice()) == f"Recorded {words}"
    assert told.payment_changed(Payment(), Invoice()) == f"Changed a payment to {words}"
    deleted = told.payment_deleted(Payment(), Invoice(), "Cheque was returned")
    assert deleted == f"Deleted {words} (Cheque was returned)"


def test_payments_without_method_or_reference() -> None:
    payment = replace(Payment(), method=None, reference_number=None)
    told_of = told.payment_recorded(payment, Invoice())
    assert told_of == "Recorded payment, 400.00 CAD; 600.00 outstanding"
