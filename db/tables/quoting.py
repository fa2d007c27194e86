"""What is billed: customers, their addresses, orders, and financial line items."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import Id, Instant, Long, named, table_name, text
from domain.line_item import LineItemType
from domain.money import AMOUNT_CENTS_MAX
from domain.terms import PaymentTerms
from domain.text import NAME_MAX, REFERENCE_MAX


class Address(SQLModel, table=True):
    """Never changed: an invoice keeps pointing at the address as it was."""

    __tablename__ = table_name("addresses")

    # No foreign key to organizations: they point here, and a circle cannot be created at once.
    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    company_name: str | None = Field(sa_type=text(NAME_MAX), default=None)
    address1: str = Field(sa_type=text(NAME_MAX))
    address2: str | None = Field(sa_type=text(NAME_MAX), default=None)
    city: str = Field(sa_type=text(NAME_MAX))
    state_code: str | None = Field(sa_type=text(REFERENCE_MAX), default=None)
    postal_code: str | None = Field(sa_type=text(REFERENCE_MAX), default=None)
    country_code: str = Field(sa_type=text(2))


class Customer(SQLModel, table=True):
    """Who is billed."""

    __tablename__ = table_name("customers")
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        ForeignKeyConstraint(
            ["organization_id", "bill_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
        ),
        CheckConstraint("version >= 1", name="version"),
        Index(None, "organization_id", "name_folded", "id"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    id: str = Field(sa_type=Id, primary_key=True)
    number: int = Field(sa_type=Long)
    name: str = Field(sa_type=text(NAME_MAX))
    # Names sort ignoring case, by as much of them as a name may have characters.
    name_folded: str = Field(sa_type=text(NAME_MAX))
    email: str | None = Field(sa_type=text(NAME_MAX), default=None)
    phone: str | None = Field(sa_type=text(REFERENCE_MAX), default=None)
    currency: str = Field(sa_type=text(3))
    terms: PaymentTerms = Field(sa_type=named(PaymentTerms))
    bill_to_address_id: str | None = Field(sa_type=Id, default=None)
    version: int = Field(sa_type=Long, default=1)
    created_at: datetime = Field(sa_type=Instant)

    @property
    def full_id(self) -> str:
        return f"CUST-{self.number}"


class Order(SQLModel, table=True):
    """A piece of work whose line items are billed by an invoice."""

    __tablename__ = table_name("orders")
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        ForeignKeyConstraint(
            ["organization_id", "customer_id"], ["customers.organization_id", "customers.id"]
        ),
        CheckConstraint("total_cents = sub_total_cents + tax_total_cents", name="total"),
        CheckConstraint(f"total_cents BETWEEN 0 AND {AMOUNT_CENTS_MAX}", name="total_range"),
        CheckConstraint("version >= 1", name="version"),
        Index(None, "organization_id", "created_at", "id"),
        Index(None, "organization_id", "customer_id", "created_at", "id"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    number: int = Field(sa_type=Long)
    customer_id: str = Field(sa_type=Id)
    po_number: str | None = Field(sa_type=text(REFERENCE_MAX), default=None)
    ref_number: str | None = Field(sa_type=text(REFERENCE_MAX), default=None)
    currency: str = Field(sa_type=text(3))
    sub_total_cents: int = Field(sa_type=Long, default=0)
    tax_total_cents: int = Field(sa_type=Long, default=0)
    total_cents: int = Field(sa_type=Long, default=0)
    # Tells whether the line items are still those that were copied to the invoice.
    line_items_digest: str = Field(sa_type=text(64))
    version: int = Field(sa_type=Long, default=1)
    created_at: datetime = Field(sa_type=Instant)

    @property
    def full_id(self) -> str:
        return f"ORDER-{self.number}"


class LineItem(SQLModel, table=True):
    """A charge on an order, or its copy (or a line of its own) on an invoice."""

    __tablename__ = table_name("line_items")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "order_id"], ["orders.organization_id", "orders.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "invoice_id"], ["invoices.organization_id", "invoices.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "copied_from_id"],
            ["line_items.organization_id", "line_items.id"],
        ),
        CheckConstraint("(order_id IS NULL) <> (invoice_id IS NULL)", name="one_parent"),
        CheckConstraint("total_cents = amount_cents + tax_amount_cents", name="total"),
        CheckConstraint("tax_rate_e4 BETWEEN 0 AND 1000000", name="tax_rate"),
        Index(None, "organization_id", "order_id", "position"),
        Index(None, "organization_id", "invoice_id", "position"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    order_id: str | None = Field(sa_type=Id, default=None)
    invoice_id: str | None = Field(sa_type=Id, default=None)
    position: int = Field(sa_type=Long)
    type: LineItemType = Field(sa_type=named(LineItemType))
    description: str = Field(sa_type=text(NAME_MAX))
    quantity_e4: int = Field(sa_type=Long)
    rate_e4: int = Field(sa_type=Long)
    tax_rate_e4: int = Field(sa_type=Long)
    amount_cents: int = Field(sa_type=Long)
    tax_amount_cents: int = Field(sa_type=Long)
    total_cents: int = Field(sa_type=Long)
    copied_from_id: str | None = Field(sa_type=Id, default=None)
    # Removed lines stay, so that their copies keep their lineage.
    deleted_at: datetime | None = Field(sa_type=Instant, default=None)
