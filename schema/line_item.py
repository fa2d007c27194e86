"""Financial line items."""

from decimal import Decimal
from typing import Annotated, ClassVar

import strawberry

from db import ids, tables
from engine.declare import stands
from resolvers.enums import LineItemType
from schema.fields import column, money, number, one
from schema.node import Node


@strawberry.type(
    description="A charge: on an order, or its copy on an invoice, or an invoice's own."
)
class FinancialLineItem(Node):
    stands_on: ClassVar = stands(
        tables.LineItem, ids.LINE_ITEM, live=lambda row: row.c.deleted_at.is_(None)
    )

    type: LineItemType = column("What kind of charge it is.")
    description: str = column("What is charged for.")
    quantity: Decimal = number("How many units; up to 4 decimal places.")
    rate: Decimal = number("Price of one unit, up to 4 decimal places; negative for a discount.")
    tax_rate: Decimal = number("Tax in per cent: `13` is 13 %.")
    amount: Decimal = money("Quantity times rate before tax, rounded half up to the cent.")
    tax_amount: Decimal = money("Amount times tax rate, rounded half up to the cent.")
    total: Decimal = money("Amount plus tax.")
    copied_from: Annotated["FinancialLineItem", strawberry.lazy("schema.line_item")] | None = one(
        "The order's line item it was copied from, even if the order has lost it since.",
        key="copied_from_id",
        include_deleted=True,
    )
