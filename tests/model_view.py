"""The model's state in the words of the API, to be compared with what the API shows."""

from collections.abc import Iterable
from typing import Any

from tests.model import Invoice, Line, Model, Order, total

SEEN = """{
    invoices(first: 100, orderBy: { field: fullId }) { nodes {
        id fullId status total amountPaid outstandingBalance dueDate notes isOutdated version
        canEditLineItems canRecordPayment canDelete lineItems { id } payments { amount }
    } }
    orders(first: 100) { nodes { id total hasUninvoicedChanges version invoice { id } } }
}"""


def typed(line: Line) -> dict[str, Any]:
    """A line as an input."""
    return {
        "type": line.type,
        "description": line.description,
        "quantity": line.quantity,
        "rate": line.rate,
        "taxRate": line.tax_rate,
    }


def by_id(made: dict[str, Any], lines: Iterable[Line]) -> dict[str, Line]:
    """The lines under the ids that the API gave them, in order."""
    return dict(zip((line["id"] for line in made["lineItems"]), lines, strict=True))


def invoices_in(seen: dict[str, Any]) -> list[dict[str, Any]]:
    nodes = seen["invoices"]["nodes"]
    return [
        {**one, "payments": sorted(paid["amount"] for paid in one["payments"])} for one in nodes
    ]


def invoices_of(model: Model) -> list[dict[str, Any]]:
    """Live invoices by number, as they were made."""
    live = ((key, one) for key, one in model.invoices.items() if not one.is_deleted)
    return [_invoice(model, key, one) for key, one in live]


def orders_in(seen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {order["id"]: order for order in seen["orders"]["nodes"]}


def orders_of(model: Model) -> dict[str, dict[str, Any]]:
    return {key: _order(key, one) for key, one in model.orders.items()}


def _invoice(model: Model, invoice_id: str, invoice: Invoice) -> dict[str, Any]:
    return {
        "id": invoice_id,
        "fullId": f"INVOICE-{invoice.number}",
        "status": invoice.status,
        "total": invoice.total,
        "amountPaid": invoice.paid,
        "outstandingBalance": invoice.balance,
        "dueDate": invoice.due_date.isoformat(),
        "notes": invoice.notes,
        "isOutdated": any(model.orders[order].has_changed for order in invoice.orders),
        "version": invoice.version,
        "canEditLineItems": invoice.status == "created",
        "canRecordPayment": invoice.balance > 0,
        "canDelete": not invoice.payments,
        "lineItems": [{"id": line_id} for line_id in invoice.lines],
        "payments": sorted(invoice.payments.values()),
    }


def _order(order_id: str, order: Order) -> dict[str, Any]:
    return {
        "id": order_id,
        "total": total(order.lines.values()),
        "hasUninvoicedChanges": order.has_changed,
        "version": order.version,
        "invoice": None if order.invoice is None else {"id": order.invoice},
    }
