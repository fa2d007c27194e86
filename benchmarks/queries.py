"""The four requests that are measured, and the values they are asked with."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.postgresql import connected

_DOCUMENTS = Path(__file__).parent / "documents"
_BODIES = 400
# Each payment changes its invoice: enough of them, so that none gets hundreds.
_INVOICES_TO_PAY = 20_000
# The load generator writes another one for each request, of digits as long as this.
UNIQUE = "0000000000000000"

QUERIES = ("board", "detail", "nested", "pay")
READS = QUERIES[:3]


@dataclass(frozen=True, slots=True)
class Values:
    """What the documents' variables are set to. Payments touch no invoice that is read."""

    boards: Sequence[tuple[str, str]]
    details: Sequence[str]
    to_pay: Sequence[str]


def values(url: str) -> Values:
    return asyncio.run(_values(url))


def bodies(query: str, dialect: str, found: Values) -> list[str]:
    """The requests' JSON, in the API of Remit or of PostGraphile (the `dialect`)."""
    document = (_DOCUMENTS / dialect / f"{query}.graphql").read_text()
    # On one line and without indentation, as clients send it.
    document = " ".join(document.split())
    return [
        json.dumps({"query": document, "operationName": query.title(), "variables": variables})
        for variables in _variables(query, dialect, found)
    ]


def _variables(query: str, dialect: str, found: Values) -> Sequence[Mapping[str, Any]]:
    is_remit = dialect == "remit"
    match query:
        case "board":
            return [
                {"customer": customer, "status": status if is_remit else _RANKS[status]}
                for customer, status in found.boards
            ]
        case "detail":
            return [{"id": invoice} for invoice in found.details]
        case "pay":
            pay = _payment if is_remit else _payment_for_function
            return [{"input": pay(invoice)} for invoice in found.to_pay]
        case _:
            return [{}]


_RANKS = {"created": 0, "sent": 1, "partiallyPaid": 2, "paid": 3}
_NAMES = {rank: name for name, rank in _RANKS.items()}


def _payment(invoice: str) -> Mapping[str, Any]:
    return {
        "invoiceId": invoice,
        "amount": "0.01",
        "method": "cheque",
        "referenceNumber": UNIQUE,
        "idempotencyKey": f"bench-{UNIQUE}",
    }


def _payment_for_function(invoice: str) -> Mapping[str, Any]:
    return {
        "ofInvoice": invoice,
        "amountInCents": "1",
        "paidBy": "cheque",
        "reference": UNIQUE,
        "idempotencyKey": f"bench-{UNIQUE}",
    }


async def _values(url: str) -> Values:
    async with connected(url) as connection:
        boards = await connection.fetch(_BOARDS, _BODIES)
        customers = [row["customer_id"] for row in boards]
        details = await connection.fetch(_DETAILS, customers, _BODIES)
        to_pay = await connection.fetch(_TO_PAY, customers, _INVOICES_TO_PAY)
    return Values(
        boards=[(row["customer_id"], _NAMES[row["status"]]) for row in boards],
        details=[row["id"] for row in details],
        to_pay=[row["id"] for row in to_pay],
    )


# Full pages first: customers with most invoices in one status. Those whom `nested` lists are left
# to it, and neither is paid.
_BOARDS = """
    SELECT customer_id, status FROM invoices
    WHERE organization_id = 1 AND deleted_at IS NULL AND status > 0
    GROUP BY customer_id, status ORDER BY least(count(*), 50) DESC, md5(customer_id || status)
    LIMIT $1"""
_DETAILS = """
    SELECT id FROM invoices i
    WHERE organization_id = 1 AND deleted_at IS NULL AND customer_id = ANY($1)
        AND EXISTS (SELECT FROM payments p WHERE p.organization_id = 1 AND p.invoice_id = i.id)
    ORDER BY md5(id) LIMIT $2"""
_TO_PAY = """
    SELECT id FROM invoices
    WHERE organization_id = 1 AND deleted_at IS NULL AND outstanding_balance_cents > 10000
        AND customer_id <> ALL($1)
        AND customer_id <> ALL(ARRAY(
            SELECT id FROM customers WHERE organization_id = 1 ORDER BY name_folded, id LIMIT 20))
    ORDER BY md5(id) LIMIT $2"""
