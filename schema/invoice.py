"""Invoices."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

import strawberry
from sqlalchemy import func

from db import ids, receivables, tables
from engine.declare import Aggregate, OrderKey, declared, resolved_by, stands
from resolvers import invoices
from resolvers.enums import InvoiceStatus, PaymentTerms
from resolvers.scalars import CurrencyCode
from schema import node
from schema.activity import ActivityConnection
from schema.address import Address
from schema.customer import Customer
from schema.document import Document
from schema.fields import aspect, column, connection, many, money, one, sql, total_of
from schema.line_item import FinancialLineItem
from schema.links import ORDERS_OF_INVOICE
from schema.node import Node, PageInfo
from schema.order import Order
from schema.payment import Payment
from schema.quickbooks_link import QuickBooksLink


@strawberry.type(
    description="A request for payment: copies of its orders' line items as they were when it was "
    "made, what has been paid, and what is still owed. Totals, balance and status are always "
    "worked out from its line items and payments."
)
class Invoice(Node):
    stands_on: ClassVar = stands(
        tables.Invoice, ids.INVOICE, live=lambda row: row.c.deleted_at.is_(None)
    )

    invoice: str = sql(receivables.title, "Its title for people: `INVOICE-12 · Acme Freight`.")
    full_id: str = resolved_by(invoices.full_id)
    status: InvoiceStatus = column("How far it has come. Follows from `sentAt` and payments.")
    notes: str | None = column("Anything worth knowing.")
    customer: Customer = one("Who is billed.", key="customer_id")
    invoice_date: date = column("The day on the invoice, from which its terms count.")
    remit_to_address: Address | None = one(
        "Where to pay, as it was when the invoice was made; a factor's address often.",
        key="remit_to_address_id",
    )
    bill_to_address: Address | None = one(
        "The customer's address as it was when the invoice was made.", key="bill_to_address_id"
    )
    terms: PaymentTerms = column("How long the customer has to pay.")
    due_date: date = column("The day by which it is to be paid: from its terms, or set by hand.")
    sent_at: date | None = column("The day it was sent to the customer.")
    line_items: list[FinancialLineItem] = many(
        "What is charged, in order; at most 500.",
        OrderKey("position"),
        OrderKey("id"),
        key="invoice_id",
    )
    documents: list[Document] = many(
        "Bills of lading, proofs of delivery and other files, newest first; at most 100.",
        OrderKey("created_at", descending=True),
        OrderKey("id", descending=True),
        key="invoice_id",
    )
    currency: CurrencyCode = column("Of all its amounts.")
    sub_total: Decimal = money("The line items' amounts before tax.")
    tax_total: Decimal = money("The line items' taxes, each rounded to the cent, summed.")
    total: Decimal = money("Subtotal plus taxes.")
    amount_paid: Decimal = money("What its payments come to.")
    outstanding_balance: Decimal = money("What is still owed: total minus amount paid.")
    payments: list[Payment] = many(
        "What has been paid, newest first.",
        OrderKey("payment_date", descending=True),
        OrderKey("id", descending=True),
        key="invoice_id",
    )
    orders: list[Order] = many(
        "The orders its line items were copied from.", OrderKey("position"), via=ORDERS_OF_INVOICE
    )
    is_outdated: bool = sql(
        receivables.is_outdated,
        "Whether one of its orders has other line items now than when they were copied.",
        bool,
    )
    is_overdue: bool = resolved_by(invoices.is_overdue)
    days_past_due: int = resolved_by(invoices.days_past_due)
    can_edit_line_items: bool = resolved_by(invoices.can_edit_line_items)
    can_record_payment: bool = resolved_by(invoices.can_record_payment)
    can_delete: bool = resolved_by(invoices.can_delete)
    quick_books: QuickBooksLink = aspect(
        "Its copy in QuickBooks Online, and how far its export has come."
    )
    activity: ActivityConnection = connection(
        "What has happened to it, newest first.", invoices.ACTIVITY, key="invoice_id"
    )
    version: int = column("Raised by every change; for `expectedVersion`.")
    created_at: datetime = column("When it was made.")
    updated_at: datetime = column("When it last changed.")


@strawberry.type(description="Sums over all invoices of a list, in one currency.")
class InvoiceTotals:
    currency: CurrencyCode = declared(
        Aggregate(lambda row: row.c.currency, is_group=True), "The currency of these sums."
    )
    count: int = declared(Aggregate(lambda _row: func.count()), "How many invoices.")
    total: Decimal = total_of("total_cents", "What they come to.")
    amount_paid: Decimal = total_of("amount_paid_cents", "What has been paid of it.")
    outstanding_balance: Decimal = total_of(
        "outstanding_balance_cents", "What is still outstanding of it."
    )


@strawberry.type(description="An invoice in a list.")
class InvoiceEdge:
    cursor: str = strawberry.field(description=node.CURSOR)
    node: Invoice = strawberry.field(description=node.NODE)


@strawberry.type(description="A page of invoices.")
class InvoiceConnection:
    edges: list[InvoiceEdge] = strawberry.field(description=node.EDGES)
    nodes: list[Invoice] = strawberry.field(description=node.NODES)
    page_info: PageInfo = strawberry.field(description=node.PAGE_INFO)
    total_count: int = strawberry.field(description=node.TOTAL_COUNT)
    totals: list[InvoiceTotals] = strawberry.field(
        description="Sums over the whole list, over all pages, one for each currency."
    )
