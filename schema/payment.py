"""Payments."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from db import ids, tables
from engine.declare import resolved_by, stands
from resolvers import payments
from resolvers.enums import PaymentMethod, PaymentSource
from schema import node
from schema.fields import column, money, one
from schema.node import Node, PageInfo

if TYPE_CHECKING:
    from schema.invoice import Invoice


@strawberry.type(description="Money received against one invoice.")
class Payment(Node):
    stands_on: ClassVar = stands(
        tables.Payment, ids.PAYMENT, live=lambda row: row.c.deleted_at.is_(None)
    )

    invoice: Annotated["Invoice", strawberry.lazy("schema.invoice")] = one(
        "Which invoice it pays.", key="invoice_id"
    )
    payment_date: date = column("On which day the money was received.")
    method: PaymentMethod | None = column("How it came; null where QuickBooks does not say.")
    reference_number: str | None = column("Cheque or transfer number.")
    notes: str | None = column("Anything else worth knowing.")
    amount: Decimal = money("In the invoice's currency; more than zero.")
    source: PaymentSource = column("Whether it was recorded here or in QuickBooks.")
    batch_id: strawberry.ID | None = column("Shared by the payments recorded from one cheque.")
    can_delete: bool = resolved_by(payments.can_delete)
    recorded_by: str = column("Who recorded it.")
    recorded_at: datetime = column("When it was recorded.")


@strawberry.type(description="A payment in a list.")
class PaymentEdge:
    cursor: str = strawberry.field(description=node.CURSOR)
    node: Payment = strawberry.field(description=node.NODE)


@strawberry.type(description="A page of payments.")
class PaymentConnection:
    edges: list[PaymentEdge] = strawberry.field(description=node.EDGES)
    nodes: list[Payment] = strawberry.field(description=node.NODES)
    page_info: PageInfo = strawberry.field(description=node.PAGE_INFO)
    total_count: int = strawberry.field(description=node.TOTAL_COUNT)
