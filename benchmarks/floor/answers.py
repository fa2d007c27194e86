"""The floor's answers: rows to dicts by hand, amounts as exact JSON numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson

from benchmarks.floor import statements
from benchmarks.floor.pool import Pool
from domain.money import decimal_text, e4_text

Variables = Mapping[str, Any]
Row = Sequence[Any]

_RANKS = {"created": 0, "sent": 1, "partiallyPaid": 2, "paid": 3}
_ADDRESS = (
    "id",
    "companyName",
    "address1",
    "address2",
    "city",
    "stateCode",
    "postalCode",
    "countryCode",
)


def _money(cents: int) -> orjson.Fragment:
    return orjson.Fragment(decimal_text(cents))


def _number(number_e4: int) -> orjson.Fragment:
    return orjson.Fragment(e4_text(number_e4))


async def board(pool: Pool, variables: Variables) -> Any:
    rows = await pool.fetch(statements.BOARD, variables["customer"], _RANKS[variables["status"]])
    return {
        "invoices": {
            "nodes": [
                {
                    "id": row[0],
                    "fullId": row[1],
                    "status": row[2],
                    "invoiceDate": row[3],
                    "dueDate": row[4],
                    "total": _money(row[5]),
                    "amountPaid": _money(row[6]),
                    "outstandingBalance": _money(row[7]),
                    "customer": {"id": row[8], "name": row[9]},
                }
                for row in rows
            ]
        }
    }


async def detail(pool: Pool, variables: Variables) -> Any:
    rows = await pool.fetch(statements.DETAIL, variables["id"])
    return {"invoice": _detail(rows[0]) if rows else None}


def _detail(row: Row) -> dict[str, Any]:
    return {
        "id": row[0],
        "fullId": row[1],
        "status": row[2],
        "notes": row[3],
        "invoiceDate": row[4],
        "terms": row[5],
        "dueDate": row[6],
        "sentAt": row[7],
        "currency": row[8],
        "subTotal": _money(row[9]),
        "taxTotal": _money(row[10]),
        "total": _money(row[11]),
        "amountPaid": _money(row[12]),
        "outstandingBalance": _money(row[13]),
        "version": row[14],
        "createdAt": row[15],
        "customer": {"id": row[16], "fullId": row[17], "name": row[18], "email": row[19]},
        "remitToAddress": _address(row[20]),
        "billToAddress": _address(row[21]),
        "lineItems": [_full_line(line) for line in row[22]],
        "payments": [_payment(payment) for payment in row[23]],
        "activity": {"nodes": [_activity(entry) for entry in row[24]]},
    }


def _address(row: Row | None) -> dict[str, Any] | None:
    return None if row is None else dict(zip(_ADDRESS, row, strict=True))


def _full_line(row: Row) -> dict[str, Any]:
    return {
        "id": row[0],
        "type": row[1],
        "description": row[2],
        "quantity": _number(row[3]),
        "rate": _number(row[4]),
        "taxRate": _number(row[5]),
        "amount": _money(row[6]),
        "taxAmount": _money(row[7]),
        "total": _money(row[8]),
    }


def _payment(row: Row) -> dict[str, Any]:
    return {
        "id": row[0],
        "paymentDate": row[1],
        "method": row[2],
        "referenceNumber": row[3],
        "amount": _money(row[4]),
        "recordedBy": row[5],
    }


def _activity(row: Row) -> dict[str, Any]:
    return {
        "id": row[0],
        "kind": row[1],
        "message": row[2],
        "actor": row[3],
        "occurredAt": row[4],
    }


async def nested(pool: Pool, _variables: Variables) -> Any:
    customers = await pool.fetch(statements.CUSTOMERS)
    ids = [row[0] for row in customers]
    of_customers = await pool.fetch(statements.INVOICES_OF_CUSTOMERS, ids)
    of_invoices = await pool.fetch(statements.LINES_OF_INVOICES, [row[1] for row in of_customers])
    lines = defaultdict[str, list[Any]](list)
    for row in of_invoices:
        lines[row[0]].append(
            {
                "id": row[1],
                "description": row[2],
                "quantity": _number(row[3]),
                "rate": _number(row[4]),
                "amount": _money(row[5]),
            }
        )
    invoices = defaultdict[str, list[Any]](list)
    for row in of_customers:
        invoices[row[0]].append(
            {
                "id": row[1],
                "fullId": row[2],
                "status": row[3],
                "total": _money(row[4]),
                "outstandingBalance": _money(row[5]),
                "lineItems": lines.get(row[1], ()),
            }
        )
    return {"customers": {"nodes": [_customer(row, invoices) for row in customers]}}


def _customer(row: Row, invoices: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {
        "id": row[0],
        "name": row[1],
        "email": row[2],
        "invoices": {"nodes": invoices.get(row[0], ())},
    }


async def pay(pool: Pool, variables: Variables) -> Any:
    wanted = variables["input"]
    rows = await pool.fetch(
        statements.PAY,
        wanted["invoiceId"],
        int(Decimal(wanted["amount"]).scaleb(2)),
        wanted["method"],
        wanted["referenceNumber"],
        wanted["idempotencyKey"],
    )
    row = rows[0]
    invoice = {
        "id": row[0],
        "fullId": row[1],
        "status": row[2],
        "total": _money(row[3]),
        "amountPaid": _money(row[4]),
        "outstandingBalance": _money(row[5]),
    }
    return {"recordPayment": {"invoice": invoice, "userErrors": ()}}
