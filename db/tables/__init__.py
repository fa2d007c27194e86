"""Every table, one module for each part of the business.

Each primary key begins with the organization, and each foreign key carries it, so that no row can
point into another organization. Amounts are whole cents (`_cents`), quantities and rates are
10^-4 (`_e4`), both in 64 bits.
"""

from db.tables.access import ApiKey
from db.tables.billing import Activity, Invoice, InvoiceOrder, Payment
from db.tables.files import Document, Export
from db.tables.jobs import Job, Schedule
from db.tables.organization import Counter, IdempotencyKey, Organization, SearchWord
from db.tables.quickbooks import (
    QuickBooksAllocation,
    QuickBooksConnection,
    QuickBooksConsent,
    QuickBooksCustomer,
    QuickBooksInvoice,
    QuickBooksItem,
    QuickBooksPayment,
    QuickBooksProblem,
)
from db.tables.quoting import Address, Customer, LineItem, Order

__all__ = [
    "Activity",
    "Address",
    "ApiKey",
    "Counter",
    "Customer",
    "Document",
    "Export",
    "IdempotencyKey",
    "Invoice",
    "InvoiceOrder",
    "Job",
    "LineItem",
    "Order",
    "Organization",
    "Payment",
    "QuickBooksAllocation",
    "QuickBooksConnection",
    "QuickBooksConsent",
    "QuickBooksCustomer",
    "QuickBooksInvoice",
    "QuickBooksItem",
    "QuickBooksPayment",
    "QuickBooksProblem",
    "Schedule",
    "SearchWord",
]
