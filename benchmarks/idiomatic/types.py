"""The part of Remit's API that is measured, resolved field by field from ORM objects."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

import strawberry

from benchmarks.idiomatic.loaders import Loaders
from db import tables
from resolvers.enums import (
    ActivityKind,
    InvoiceStatus,
    LineItemType,
    PaymentMethod,
    PaymentTerms,
)

T = TypeVar("T")
Info = strawberry.Info[Loaders, None]


def cents(column: str) -> Any:
    """An exact amount from a column of whole cents."""

    def resolve(root: Any) -> Decimal:
        return Decimal(getattr(root, column)).scaleb(-2)

    return strawberry.field(resolver=resolve)


def number(column: str) -> Any:
    def resolve(root: Any) -> Decimal:
        return Decimal(getattr(root, column)).scaleb(-4)

    return strawberry.field(resolver=resolve)


@strawberry.type
class Nodes(Generic[T]):
    nodes: list[T]


@strawberry.type
class Address:
    id: strawberry.ID
    company_name: str | None
    address1: str
    address2: str | None
    city: str
    state_code: str | None
    postal_code: str | None
    country_code: str


@strawberry.type
class LineItem:
    id: strawberry.ID
    type: LineItemType
    description: str
    quantity: Decimal = number("quantity_e4")
    rate: Decimal = number("rate_e4")
    tax_rate: Decimal = number("tax_rate_e4")
    amount: Decimal = cents("amount_cents")
    tax_amount: Decimal = cents("tax_amount_cents")
    total: Decimal = cents("total_cents")


@strawberry.type
class Payment:
    id: strawberry.ID
    payment_date: date
    method: PaymentMethod | None
    reference_number: str | None
    amount: Decimal = cents("amount_cents")
    recorded_by: str


@strawberry.type
class Activity:
    id: strawberry.ID
    kind: ActivityKind
    message: str
    actor: str
    occurred_at: datetime


@strawberry.type
class Customer:
    id: strawberry.ID
    full_id: str
    name: str
    email: str | None

    @strawberry.field
    @staticmethod
    async def invoices(
        root: strawberry.Parent[tables.Customer], info: Info, first: int
    ) -> "Nodes[Invoice]":
        return Nodes(nodes=await info.context.invoices(first).load(root.id))


@strawberry.type
class Invoice:
    id: strawberry.ID
    full_id: str
    status: InvoiceStatus
    notes: str | None
    invoice_date: date
    terms: PaymentTerms
    due_date: date
    sent_at: date | None
    currency: str
    sub_total: Decimal = cents("sub_total_cents")
    tax_total: Decimal = cents("tax_total_cents")
    total: Decimal = cents("total_cents")
    amount_paid: Decimal = cents("amount_paid_cents")
    outstanding_balance: Decimal = cents("outstanding_balance_cents")
    version: int
    created_at: datetime

    @strawberry.field
    @staticmethod
    async def customer(root: strawberry.Parent[tables.Invoice], info: Info) -> Customer:
        return await info.context.customer.load(root.customer_id)

    @strawberry.field
    @staticmethod
    async def remit_to_address(
        root: strawberry.Parent[tables.Invoice], info: Info
    ) -> Address | None:
        key = root.remit_to_address_id
        return None if key is None else await info.context.address.load(key)

    @strawberry.field
    @staticmethod
    async def bill_to_address(
        root: strawberry.Parent[tables.Invoice], info: Info
    ) -> Address | None:
        key = root.bill_to_address_id
        return None if key is None else await info.context.address.load(key)

    @strawberry.field
    @staticmethod
    async def line_items(root: strawberry.Parent[tables.Invoice], info: Info) -> list[LineItem]:
        return await info.context.line_items.load(root.id)

    @strawberry.field
    @staticmethod
    async def payments(root: strawberry.Parent[tables.Invoice], info: Info) -> list[Payment]:
        return await info.context.payments.load(root.id)

    @strawberry.field
    @staticmethod
    async def activity(
        root: strawberry.Parent[tables.Invoice], info: Info, first: int
    ) -> Nodes[Activity]:
        return Nodes(nodes=await info.context.activity(first).load(root.id))
