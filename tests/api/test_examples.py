"""Every published example runs, on a small organization such as the one they speak of."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from db.database import Database
from db.tables import Customer, Invoice, Order
from tests.client import Client
from tests.companies import connect
from tests.factories import create_customer, create_invoice, create_order, record_payment

EXAMPLES = Path(__file__).parents[2] / "examples"
FOUND = sorted(EXAMPLES.glob("*.graphql"))
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
}


def test_there_are_examples() -> None:
    assert {path.stem for path in FOUND} >= EXPECTED


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
async def test_example_runs(api: Client, database: Database, path: Path) -> None:
    await _small_organization(api)
    ids = {
        f"{kind}-{number}": row_id
        for kind, table in (("CUST", Customer), ("INVOICE", Invoice), ("ORDER", Order))
        for number, row_id in await database.read(
            select(col(table.number), col(table.id)).where(col(table.organization_id) == 1)
        )
    }

    query, variables = _read(path)

    data = await api.execute(query, **_with_ids(variables, ids))

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


def _with_ids(variables: str, ids: dict[str, str]) -> dict[str, Any]:
    """`<id of ORDER-2>` stands for an id."""
    return json.loads(re.sub("<id of ([A-Z]+-[0-9]+)>", lambda found: ids[found[1]], variables))
