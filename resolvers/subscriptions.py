"""What can be watched."""

from db.changes import InvoiceChanged, Subscriber
from db.database import Database
from engine.declare import Answer
from engine.streams import Happened
from resolvers.context import Context


async def invoice_changed(
    context: Context, *, id: str | None, customer_id: str | None
) -> "InvoiceChanges":
    """Tells of every change of an invoice, a moment after it was made, by whomever.

    All invoices that you may see are watched, or one, or those of one customer. What is told is
    how the invoice is then: whoever subscribes first and reads afterwards misses nothing. After a
    lost connection do so again. An id of nothing that you may see is silent.
    """
    subscriber = await context.database.changes.subscribe(
        context.organization_id, invoice_id=id, customer_id=customer_id
    )
    return InvoiceChanges(context.database, subscriber)


class InvoiceChanges:
    """The changes that one subscriber is told."""

    def __init__(self, database: Database, subscriber: Subscriber) -> None:
        self._database = database
        self._subscriber = subscriber

    async def next(self) -> Happened:
        return happened(await self._subscriber.next())

    def close(self) -> None:
        self._database.changes.unsubscribe(self._subscriber)


def happened(change: InvoiceChanged) -> Happened:
    """A change as subscriptions tell of it."""
    values = {
        "kind": change.kind,
        "invoiceId": change.invoice_id,
        "invoice": change.invoice_id,
        "occurredAt": change.occurred_at,
    }
    return Happened(change, Answer("InvoiceChange", values))
