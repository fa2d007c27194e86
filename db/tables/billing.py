"""Invoices, the orders on them, payments, and the history of all of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from db.columns import Day, Id, Instant, Long, LongText, named, ranked, table_name, text
from domain.activity import ActivityKind
from domain.invoice import InvoiceStatus
from domain.money import AMOUNT_CENTS_MAX
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms
from domain.text import NAME_MAX, REASON_MAX, REFERENCE_MAX

_LIVE = sql("deleted_at IS NULL")
_NOT_RELEASED = sql("released_at IS NULL")

# `domain.invoice.derive_status` said again for the database; the numbers are the enum's ranks.
STATUS_RANK = """CASE
    WHEN amount_paid_cents = total_cents AND (amount_paid_cents > 0 OR sent_at IS NOT NULL) THEN 3
    WHEN amount_paid_cents > 0 THEN 2
    WHEN sent_at IS NOT NULL THEN 1
    ELSE 0 END"""


def _board(*columns: str) -> Index:
    """An index for a list of live invoices; it ends in id because pages do."""
    return Index(
        None,
        "organization_id",
        *columns,
        "id",
        postgresql_where=_LIVE,
        sqlite_where=_LIVE,
    )


class Invoice(SQLModel, table=True):
    """A request for payment. Its totals and status are recomputed from its rows at every change."""

    __tablename__ = table_name("invoices")
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        # What a payment's foreign key points at, so that payer and invoice cannot disagree.
        UniqueConstraint("organization_id", "id", "customer_id"),
        ForeignKeyConstraint(
            ["organization_id", "customer_id"], ["customers.organization_id", "customers.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "bill_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
        ),
        ForeignKeyConstraint(
            ["organization_id", "remit_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
        ),
        CheckConstraint("total_cents = sub_total_cents + tax_total_cents", name="total"),
        CheckConstraint(f"total_cents BETWEEN 0 AND {AMOUNT_CENTS_MAX}", name="total_range"),
        CheckConstraint("amount_paid_cents BETWEEN 0 AND total_cents", name="not_overpaid"),
        CheckConstraint(
            "outstanding_balance_cents = total_cents - amount_paid_cents", name="balance"
        ),
        CheckConstraint(f"status = {STATUS_RANK}", name="status"),
        CheckConstraint("deleted_at IS NULL OR amount_paid_cents = 0", name="deleted_unpaid"),
        CheckConstraint("version >= 1", name="version"),
        _board("created_at"),
        _board("status", "invoice_date"),
        _board("customer_id", "status", "invoice_date"),
        _board("customer_id", "created_at"),
        _board("invoice_date"),
        _board("due_date"),
        _board("outstanding_balance_cents"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    number: int = Field(sa_type=Long)
    customer_id: str = Field(sa_type=Id)
    currency: str = Field(sa_type=text(3))
    status: InvoiceStatus = Field(sa_type=ranked(InvoiceStatus), default=InvoiceStatus.CREATED)
    notes: str | None = Field(sa_type=LongText, default=None)
    invoice_date: date = Field(sa_type=Day)
    terms: PaymentTerms = Field(sa_type=named(PaymentTerms))
    due_date: date = Field(sa_type=Day)
    # A due date set by hand is not recomputed when terms or invoice date change.
    is_due_date_manual: bool = Field(default=False)
    sent_at: date | None = Field(sa_type=Day, default=None)
    bill_to_address_id: str | None = Field(sa_type=Id, default=None)
    remit_to_address_id: str | None = Field(sa_type=Id, default=None)
    sub_total_cents: int = Field(sa_type=Long, default=0)
    tax_total_cents: int = Field(sa_type=Long, default=0)
    total_cents: int = Field(sa_type=Long, default=0)
    amount_paid_cents: int = Field(sa_type=Long, default=0)
    outstanding_balance_cents: int = Field(sa_type=Long, default=0)
    version: int = Field(sa_type=Long, default=1)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(sa_type=Instant, default=None)
    deleted_by: str | None = Field(sa_type=text(NAME_MAX), default=None)
    deletion_reason: str | None = Field(sa_type=text(REASON_MAX), default=None)

    @property
    def full_id(self) -> str:
        return f"INVOICE-{self.number}"


class InvoiceOrder(SQLModel, table=True):
    """An order whose line items were copied to an invoice; released when the invoice is deleted."""

    __tablename__ = table_name("invoice_orders")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "invoice_id"], ["invoices.organization_id", "invoices.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "order_id"], ["orders.organization_id", "orders.id"]
        ),
        # An order stands on at most one live invoice.
        Index(
            "uq_invoice_orders_live",
            "organization_id",
            "order_id",
            unique=True,
            postgresql_where=_NOT_RELEASED,
            sqlite_where=_NOT_RELEASED,
        ),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    invoice_id: str = Field(sa_type=Id, primary_key=True)
    order_id: str = Field(sa_type=Id, primary_key=True)
    position: int = Field(sa_type=Long)
    # Of the order's line items as they were copied.
    line_items_digest: str = Field(sa_type=text(64))
    released_at: datetime | None = Field(sa_type=Instant, default=None)


class Payment(SQLModel, table=True):
    """Money received against one invoice."""

    __tablename__ = table_name("payments")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "invoice_id", "customer_id"],
            ["invoices.organization_id", "invoices.id", "invoices.customer_id"],
        ),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("method IS NOT NULL OR source = 'quickBooks'", name="method"),
        Index(None, "organization_id", "invoice_id", "payment_date", "id"),
        Index(
            None,
            "organization_id",
            "payment_date",
            "id",
            postgresql_where=_LIVE,
            sqlite_where=_LIVE,
        ),
        Index(None, "organization_id", "customer_id", "payment_date", "id"),
        Index(None, "organization_id", "batch_id"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    invoice_id: str = Field(sa_type=Id)
    customer_id: str = Field(sa_type=Id)
    payment_date: date = Field(sa_type=Day)
    method: PaymentMethod | None = Field(sa_type=named(PaymentMethod), default=None)
    reference_number: str | None = Field(sa_type=text(REFERENCE_MAX), default=None)
    notes: str | None = Field(sa_type=LongText, default=None)
    amount_cents: int = Field(sa_type=Long)
    source: PaymentSource = Field(sa_type=named(PaymentSource), default=PaymentSource.MANUAL)
    batch_id: str | None = Field(sa_type=Id, default=None)
    recorded_by: str = Field(sa_type=text(NAME_MAX))
    recorded_at: datetime = Field(sa_type=Instant)
    deleted_at: datetime | None = Field(sa_type=Instant, default=None)
    deleted_by: str | None = Field(sa_type=text(NAME_MAX), default=None)
    deletion_reason: str | None = Field(sa_type=text(REASON_MAX), default=None)


class Activity(SQLModel, table=True):
    """One change, in words a clerk understands. Written with the change, never altered."""

    __tablename__ = table_name("activities")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "invoice_id"], ["invoices.organization_id", "invoices.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "order_id"], ["orders.organization_id", "orders.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "customer_id"], ["customers.organization_id", "customers.id"]
        ),
        CheckConstraint(
            "(CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN customer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
        Index(None, "organization_id", "invoice_id", "occurred_at", "id"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    kind: ActivityKind = Field(sa_type=named(ActivityKind))
    message: str = Field(sa_type=LongText)
    actor: str = Field(sa_type=text(NAME_MAX))
    source: PaymentSource = Field(sa_type=named(PaymentSource), default=PaymentSource.MANUAL)
    occurred_at: datetime = Field(sa_type=Instant)
    invoice_id: str | None = Field(sa_type=Id, default=None)
    order_id: str | None = Field(sa_type=Id, default=None)
    customer_id: str | None = Field(sa_type=Id, default=None)
