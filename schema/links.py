"""Tables between tables."""

from db import tables
from engine.declare import Link

ORDERS_OF_INVOICE = Link(
    tables.InvoiceOrder.__table__,
    parent_key="invoice_id",
    target_key="order_id",
    live=lambda row: row.c.released_at.is_(None),
)
INVOICE_OF_ORDER = Link(
    tables.InvoiceOrder.__table__,
    parent_key="order_id",
    target_key="invoice_id",
    live=lambda row: row.c.released_at.is_(None),
)
