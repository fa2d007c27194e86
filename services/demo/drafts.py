"""Rows in the making, with the columns of their tables.

Plain objects, because those of the tables take ten times as long to make. A test compares them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from domain.activity import ActivityKind
from domain.invoice import InvoiceStatus
from domain.line_item import LineItemType
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms

ORGANIZATION_ID = 1


class Draft:
    """All demo data belongs to one organization."""

    __slots__ = ()
    organization_id: ClassVar[int] = ORGANIZATION_ID


@dataclass(slots=True)
class Address(Draft):
    id: str
    company_name: str
    address1: str
    address2: str | None
    city: str
    state_code: str
    postal_code: str
    country_code: str


@dataclass(slots=True)
class Customer(Draft):
    id: str
    number: int
    name: str
    name_folded: str
    email: str
    phone: str
    currency: str
    terms: PaymentTerms
    bill_to_address_id: str
    created_at: datetime
    version: int = 1

    @property
    def full_id(self) -> str:
        return f"CUST-{self.number}"


@dataclass(slots=True)
class Order(Draft):
    id: str
    number: int
    customer_id: str
    po_number: str | None
    ref_number: str | None
    currency: str
    created_at: datetime
    sub_total_cents: int = 0
    tax_total_cents: int = 0
    total_cents: int = 0
    line_items_digest: str = ""
    version: int = 1

    @property
    def full_id(self) -> str:
        return f"ORDER-{self.number}"


@dataclass(slots=True)
class LineItem(Draft):
    id: str
    order_id: str | None
    invoice_id: str | None
    position: int
    type: LineItemType
    description: str
    quantity_e4: int
    rate_e4: int
    tax_rate_e4: int
    amount_cents: int
    tax_amount_cents: int
    total_cents: int
    copied_from_id: str | None = None
    deleted_at: datetime | None = None


@dataclass(slots=True)
class Invoice(Draft):
    id: str
    number: int
    customer_id: str
    currency: str
    notes: str | None
    invoice_date: date
    terms: PaymentTerms
    due_date: date
    is_due_date_manual: bool
    bill_to_address_id: str
    remit_to_address_id: str | None
    created_at: datetime
    updated_at: datetime
    status: InvoiceStatus = InvoiceStatus.CREATED
    sent_at: date | None = None
    sub_total_cents: int = 0
    tax_total_cents: int = 0
    total_cents: int = 0
    amount_paid_cents: int = 0
    outstanding_balance_cents: int = 0
    version: int = 1
    deleted_at: datetime | None = None
    deleted_by: str | None = None
    deletion_reason: str | None = None

    @property
    def full_id(self) -> str:
        return f"INVOICE-{self.number}"


@dataclass(slots=True)
class InvoiceOrder(Draft):
    invoice_id: str
    order_id: str
    position: int
    line_items_digest: str
    released_at: datetime | None = None


@dataclass(slots=True)
class Payment(Draft):
    id: str
    invoice_id: str
    customer_id: str
    payment_date: date
    method: PaymentMethod | None
    reference_number: str | None
    notes: str | None
    amount_cents: int
    source: PaymentSource
    batch_id: str | None
    recorded_by: str
    recorded_at: datetime
    deleted_at: datetime | None = None
    deleted_by: str | None = None
    deletion_reason: str | None = None


class Activity(NamedTuple):
    """One is told for every change and none is changed: a row as it is written."""

    organization_id: int
    id: str
    kind: ActivityKind
    message: str
    actor: str
    source: PaymentSource
    occurred_at: datetime
    invoice_id: str | None
    order_id: str | None
    customer_id: str | None


class SearchWord(NamedTuple):
    """A row as it is written."""

    organization_id: int
    object_id: str
    word: str
