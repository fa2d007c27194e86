"""Customers."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from db import ids, receivables, tables
from domain.money import decimal_text
from engine.declare import resolved_by, stands
from resolvers import customers, invoices, orders
from resolvers.enums import PaymentTerms
from resolvers.invoices import InvoiceFilter, InvoiceOrder
from resolvers.orders import OrderFilter
from resolvers.scalars import CurrencyCode
from schema import node
from schema.address import Address
from schema.fields import column, connection, one, sql
from schema.node import Node, PageInfo
from schema.receivables import CustomerStatement, statement

if TYPE_CHECKING:
    from schema.invoice import InvoiceConnection
    from schema.order import OrderConnection


@strawberry.type(description="Who is billed.")
class Customer(Node):
    stands_on: ClassVar = stands(tables.Customer, ids.CUSTOMER)

    full_id: str = resolved_by(customers.full_id)
    name: str = column("The company's name.")
    email: str | None = column("Where invoices are sent.")
    phone: str | None = column("How to reach it.")
    currency: CurrencyCode = column("In which it is billed; all its invoices are in it.")
    terms: PaymentTerms = column("How long it has to pay, unless an invoice says otherwise.")
    bill_to_address: Address | None = one(
        "Where it is billed now; invoices keep the address they were made with.",
        key="bill_to_address_id",
    )
    outstanding_balance: Decimal = sql(
        receivables.outstanding_balance_cents,
        "What it owes over all its receivables: invoices that were sent or partly paid.",
        decimal_text,
    )
    invoices: Annotated["InvoiceConnection", strawberry.lazy("schema.invoice")] = connection(
        "Its invoices.",
        invoices.LIST,
        key="customer_id",
        filter=InvoiceFilter | None,
        order_by=list[InvoiceOrder] | None,
    )
    orders: Annotated["OrderConnection", strawberry.lazy("schema.order")] = connection(
        "Its orders, newest first.", orders.LIST, key="customer_id", filter=OrderFilter | None
    )
    statement: CustomerStatement = statement()
    version: int = column("Raised by every change; for `expectedVersion`.")


@strawberry.type(description="A customer in a list.")
class CustomerEdge:
    cursor: str = strawberry.field(description=node.CURSOR)
    node: Customer = strawberry.field(description=node.NODE)


@strawberry.type(description="A page of customers.")
class CustomerConnection:
    edges: list[CustomerEdge] = strawberry.field(description=node.EDGES)
    nodes: list[Customer] = strawberry.field(description=node.NODES)
    page_info: PageInfo = strawberry.field(description=node.PAGE_INFO)
    total_count: int = strawberry.field(description=node.TOTAL_COUNT)
