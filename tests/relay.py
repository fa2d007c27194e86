"""What the Relay specification says a page is, over plain sorted lists."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.tables import Activity, Invoice, Order, Payment
from domain.invoice import InvoiceStatus
from tests.random_rows import Rows

Key = Callable[[Any], Any]
PAGE = """fragment page on %sConnection {
    edges { cursor node { id } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
    %s
}"""
TOTALS = "totals { currency count total amountPaid outstandingBalance }"


def fragment(kind: str) -> str:
    """All that a connection has, as the fragment `page`."""
    return PAGE % (kind, TOTALS if kind == "Invoice" else "")


def invoice_keys(rows: Rows) -> dict[str, Key]:
    """How invoices compare by each field that they can be sorted by."""

    def name(invoice: Invoice) -> str:
        return unicodedata.normalize("NFKC", rows.name_of(invoice.customer_id).casefold())

    return {
        "fullId": lambda invoice: invoice.number,
        "status": lambda invoice: list(InvoiceStatus).index(invoice.status),
        "customerName": name,
        "invoiceDate": lambda invoice: invoice.invoice_date,
        "dueDate": lambda invoice: invoice.due_date,
        "sentAt": lambda invoice: invoice.sent_at,
        "total": lambda invoice: invoice.total_cents,
        "amountPaid": lambda invoice: invoice.amount_paid_cents,
        "outstandingBalance": lambda invoice: invoice.outstanding_balance_cents,
        "createdAt": lambda invoice: invoice.created_at,
    }


def in_order(found: Iterable[Any], order: Sequence[tuple[Key, str]]) -> list[Any]:
    """Sorted by several keys; what has no value comes after everything ascending."""

    def by(key: Key) -> Key:
        # The second part is only compared where both have a value.
        return lambda row: (key(row) is None, key(row))

    ties = order[-1][1] if order else "asc"
    result = sorted(found, key=lambda row: row.id, reverse=ties == "desc")
    for key, direction in reversed(order):
        missing = [row for row in result if key(row) is None]
        present = [row for row in result if key(row) is not None]
        present.sort(key=by(key), reverse=direction == "desc")
        result = missing + present if direction == "desc" else present + missing
    return result


def newest_first(found: Iterable[Order | Activity | Payment]) -> list[Any]:
    """By the instant or day of each, and ties by id, both descending."""

    def when(row: Order | Activity | Payment) -> Any:
        match row:
            case Order():
                return row.created_at
            case Activity():
                return row.occurred_at
            case Payment():
                return row.payment_date

    return in_order(found, [(when, "desc")])


@dataclass
class Listed:
    """A sorted list with its cursors; `rows` may be a part of it, such as one customer's."""

    everything: Sequence[Any]
    cursors: Mapping[str, str]

    def page(
        self,
        rows: Sequence[Any],
        *,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> dict[str, Any]:
        """The page of these rows, as the API shows it."""
        places = {self.cursors[row.id]: place for place, row in enumerate(self.everything)}
        ranks = [places[self.cursors[row.id]] for row in rows]
        start = 0 if after is None else sum(rank <= places[after] for rank in ranks)
        stop = len(rows) if before is None else sum(rank < places[before] for rank in ranks)
        if last is not None:
            start = max(start, stop - last)
        else:
            stop = min(stop, start + (first or 25))
        shown = [row.id for row in rows[start:stop]]
        cursors = [self.cursors[row_id] for row_id in shown]
        return {
            "edges": [{"cursor": self.cursors[row_id], "node": {"id": row_id}} for row_id in shown],
            "nodes": [{"id": row_id} for row_id in shown],
            "pageInfo": {
                "hasNextPage": stop < len(rows),
                "hasPreviousPage": start > 0,
                "startCursor": cursors[0] if cursors else None,
                "endCursor": cursors[-1] if cursors else None,
            },
            "totalCount": len(rows),
        }


def totals(invoices: Iterable[Invoice]) -> list[dict[str, Any]]:
    """The sums over all pages, one for each currency that there is."""
    by_currency: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        by_currency.setdefault(invoice.currency, []).append(invoice)
    return [
        {
            "currency": currency,
            "count": len(found),
            "total": amount(sum(invoice.total_cents for invoice in found)),
            "amountPaid": amount(sum(invoice.amount_paid_cents for invoice in found)),
            "outstandingBalance": amount(
                sum(invoice.outstanding_balance_cents for invoice in found)
            ),
        }
        for currency, found in sorted(by_currency.items())
    ]


def amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
