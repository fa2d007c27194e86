"""What can be watched."""

from datetime import datetime

import strawberry

from engine.declare import argument
from resolvers import subscriptions
from resolvers.enums import ActivityKind
from schema.fields import reference, value, work
from schema.invoice import Invoice


@strawberry.type(description="A change of an invoice.")
class InvoiceChange:
    kind: ActivityKind = value("What kind of change it was.")
    invoice_id: strawberry.ID = value("The invoice's global id.")
    invoice: Invoice | None = reference(
        "The invoice as it is now, with this change and any that came after. Null if it is deleted."
    )
    occurred_at: datetime = value("When.")


@strawberry.type(
    description="What can be watched: over a websocket (graphql-transport-ws) or as a stream of "
    "events (`Accept: text/event-stream`), at this address."
)
class Subscription:
    invoice_changed: InvoiceChange = work(
        subscriptions.invoice_changed,
        argument("id", strawberry.ID | None, "Only this invoice, by its global id."),
        argument("customer_id", strawberry.ID | None, "Only invoices of this customer."),
    )
