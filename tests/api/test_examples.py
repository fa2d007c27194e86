"""Every published example runs, on a small organization such as the one they speak of."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.database import Database
from db.tables import Customer, Invoice, Order
from tests.client import Client
from tests.companies import connect
from tests.conftest import TODAY
from tests.factories import create_customer, create_invoice, create_order, record_payment

EXAMPLES = Path(__file__).parents[2] / "examples"
FOUND = sorted(EXAMPLES.glob("*.graphql"))
# The others are streams: tests/live/test_events.py.
ANSWERED = [path for path in FOUND if path.stem != "watch-invoices"]
EXPECTED = {
    "aging",
    "attach-document",
    "bill-an-order",
    "board",
    "customers",
    "export-invoices",
    "export-to-quickbooks",
    "invoice",
    "record-payment",
    "statement",
    "watch-invoices",
}


def test_there_are_examples() -> None:
    assert {path.stem for path in FOUND} >= EXPECTED


@pytest.mark.parametrize("path", ANSWERED, ids=lambda path: path.stem)
async def test_example_runs(api: Client, database: Database, path: Path) -> None:
    await _small_organization(api)
    query, variables = _read(path)

    data = await api.execute(query, **await _filled(variables, database))

    answers: list[Any] = list(data.values())
    if isinstance(answers[0], list):
        [answers] = answers
    [answer] = answers
    assert answer is not None
    assert answer.get("userErrors", []) == []
    assert answer.get("totalCount", 1) == 1


async def _small_organization(api: Client) -> None:
    """A customer with an invoice, sent and partly paid, an order to be billed, and QuickBooks."""
    customer_id = (await create_customer(api))["id"]
    billed = await create_order(api, "100.00", customer_id=customer_id)
    invoice = await create_invoice(api, orderIds=[billed["id"]])
    await api.done("sendInvoice", "invoice { status }", id=invoice["id"])
    await record_payment(api, invoice, "10.00")
    await create_order(api, "250.00", customer_id=customer_id)
    assert api.database is not None
    await connect(api.database)


def _read(path: Path) -> tuple[str, str]:
    """An example, and the variables that stand beside it."""
    return path.read_text(), path.with_suffix(".json").read_text()


async def _filled(variables: str, database: Database) -> dict[str, Any]:
    """What stands for `<id of an open order>`, as GraphiQL puts it in (web/src/graphiql)."""
    [customer] = await _ids(database, Customer)
    [invoice] = await _ids(database, Invoice)
    [_billed, order] = await _ids(database, Order)
    found = {
        "id of an open invoice": invoice,
        "id of a customer who owes": customer,
        "id of an open order": order,
        "today": TODAY.isoformat(),
        "90 days ago": (TODAY - timedelta(90)).isoformat(),
        "a new key": "examples-1",
    }
    return json.loads(re.sub("<([^>]+)>", lambda place: found[place[1]], variables))


async def _ids(database: Database, table: type[Customer | Invoice | Order]) -> list[str]:
    mine = select(col(table.id)).where(col(table.organization_id) == 1)
    return [row_id for (row_id,) in await database.read(mine.order_by(col(table.number)))]
