"""What can be asked."""

from datetime import date

import strawberry

from engine.declare import ById, Lookup, argument, declared_with
from resolvers import (
    customers,
    invoices,
    orders,
    payments,
    quickbooks_connection,
    receivables,
    viewer,
)
from resolvers.customers import CustomerFilter
from resolvers.invoices import InvoiceBy, InvoiceFilter, InvoiceOrder
from resolvers.orders import OrderBy, OrderFilter
from resolvers.payments import PaymentFilter
from schema.customer import Customer, CustomerConnection
from schema.fields import connection, work
from schema.invoice import Invoice, InvoiceConnection
from schema.node import Node
from schema.order import Order, OrderConnection
from schema.payment import PaymentConnection
from schema.quickbooks_connection import QuickBooksConnection
from schema.receivables import AgingReport
from schema.viewer import Viewer

_GONE = "Null if there is none, or none that you may see."


@strawberry.type(description="Questions. They change nothing.")
class Query:
    node: Node | None = declared_with(
        ById(),
        f"Any object by its global id. {_GONE}",
        [argument("id", strawberry.ID, "A global id.")],
    )
    nodes: list[Node | None] = declared_with(
        ById(),
        "Objects by their global ids, in the order asked for; null for each that is not there.",
        [argument("ids", list[strawberry.ID], "Global ids, at most 100.")],
    )
    invoice: Invoice | None = declared_with(
        Lookup(invoices.by),
        f"One invoice. {_GONE}",
        [argument("by", InvoiceBy, "Which one.")],
    )
    invoices: InvoiceConnection = connection(
        "Invoices, newest first unless another order is asked for.",
        invoices.LIST,
        filter=InvoiceFilter | None,
        order_by=list[InvoiceOrder] | None,
    )
    customer: Customer | None = declared_with(
        Lookup(
            lambda row, arguments, asking: (
                row.c.id == asking.parameter(arguments["id"], row.c.id.type)
            )
        ),
        f"One customer. {_GONE}",
        [argument("id", strawberry.ID, "Its global id.")],
    )
    customers: CustomerConnection = connection(
        "Customers by name.", customers.LIST, filter=CustomerFilter | None
    )
    order: Order | None = declared_with(
        Lookup(orders.by), f"One order. {_GONE}", [argument("by", OrderBy, "Which one.")]
    )
    orders: OrderConnection = connection(
        "Orders, newest first.", orders.LIST, filter=OrderFilter | None
    )
    payments: PaymentConnection = connection(
        "The payment register: payments, newest first.",
        payments.LIST,
        filter=PaymentFilter | None,
    )
    receivables_aging: list[AgingReport] = work(
        receivables.receivables_aging,
        argument("as_of", date | None, "As of which day. Default: the organization's today."),
        argument("customer_id", strawberry.ID | None, "Of this customer only. Default: of all."),
    )
    quick_books: QuickBooksConnection = work(quickbooks_connection.quick_books)
    viewer: Viewer = work(viewer.viewer)
