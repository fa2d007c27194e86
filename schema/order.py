"""Orders."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from db import ids, receivables, tables
from engine.declare import OrderKey, resolved_by, stands
from resolvers import orders
from resolvers.scalars import CurrencyCode
from schema import node
from schema.customer import Customer
from schema.fields import column, many, money, one, sql
from schema.line_item import FinancialLineItem
from schema.links import INVOICE_OF_ORDER
from schema.node import Node, PageInfo

if TYPE_CHECKING:
    from schema.invoice import Invoice


@strawberry.type(description="A piece of work for a customer, billed by copying it to an invoice.")
class Order(Node):
    stands_on: ClassVar = stands(tables.Order, ids.ORDER)

    full_id: str = resolved_by(orders.full_id)
    customer: Customer = one("Whose order it is.", key="customer_id")
    po_number: str | None = column("The customer's purchase order number.")
    ref_number: str | None = column("Any other reference, such as a load number.")
    line_items: list[FinancialLineItem] = many(
        "What it costs, in order; at most 500.",
        OrderKey("position"),
        OrderKey("id"),
        key="order_id",
    )
    currency: CurrencyCode = column("The customer's.")
    sub_total: Decimal = money("The line items' amounts before tax.")
    tax_total: Decimal = money("The line items' taxes.")
    total: Decimal = money("Subtotal plus taxes.")
    invoice: Annotated["Invoice", strawberry.lazy("schema.invoice")] | None = one(
        "The live invoice its line items were copied to.", via=INVOICE_OF_ORDER
    )
    has_uninvoiced_changes: bool = sql(
        receivables.has_uninvoiced_changes,
        "Whether its line items differ from those copied to its live invoice. To bill the change, "
        "delete that invoice and make a new one.",
        bool,
    )
    version: int = column("Raised by every change; for `expectedVersion`.")
    created_at: datetime = column("When it was made.")


@strawberry.type(description="An order in a list.")
class OrderEdge:
    cursor: str = strawberry.field(description=node.CURSOR)
    node: Order = strawberry.field(description=node.NODE)


@strawberry.type(description="A page of orders.")
class OrderConnection:
    edges: list[OrderEdge] = strawberry.field(description=node.EDGES)
    nodes: list[Order] = strawberry.field(description=node.NODES)
    page_info: PageInfo = strawberry.field(description=node.PAGE_INFO)
    total_count: int = strawberry.field(description=node.TOTAL_COUNT)
