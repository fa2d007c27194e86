"""Tables between tables."""

from db import tables
from engine.declare import Link, table_of

ORDERS_OF_INVOICE = Link(
    table_of(tables.InvoiceOrder),
    parent_key="invoice_id",
    target_key="order_id",
    live=lambda row: row.c.released_at.is_(None),
)
INVOICE_OF_ORDER = Link(
    table_of(tables.InvoiceOrder),
    parent_key="order_id",
    target_key="invoice_id",
    live=lambda row: row.c.released_at.is_(None),
)
