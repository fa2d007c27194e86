"""What nobody foresaw: masked for the client, and in the log under the id that the client has."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from db.database import Database
from tests.bad_input import check_message
from tests.client import Client
from tests.factories import create_invoice

LIST = "{ viewer { name } payments { totalCount } }"
PAY = """mutation ($id: ID!) {
    recordPayment(input: { invoiceId: $id, amount: 1, method: cash }) { invoice { id } }
}"""


@asynccontextmanager
async def renamed(database: Database, table: str) -> AsyncGenerator[None]:
    """The table is not there meanwhile."""
    await _run(database, f"ALTER TABLE {table} RENAME TO {table}_gone")
    yield
    await _run(database, f"ALTER TABLE {table}_gone RENAME TO {table}")


async def _run(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        await (await session.connection()).execute(text(statement))


def check_masked(answer: dict[str, Any], log: pytest.LogCaptureFixture) -> None:
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    error_id = error["extensions"]["id"]
    check_message(error["message"])
    assert error_id in error["message"]
    [record] = [found for found in log.records if error_id in found.getMessage()]
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None


async def test_failing_query_is_masked(
    api: Client, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with renamed(database, "payments"):
        answer = await api.send(LIST)

    check_masked(answer, caplog)
    assert answer["data"] is None
    assert (await api.execute(LIST))["payments"] == {"totalCount": 0}


async def test_failing_mutation_is_masked_and_leaves_the_other_one(
    api: Client, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    invoice = await create_invoice(api, "100.00")

    async with renamed(database, "payments"):
        answer = await api.send(PAY, id=invoice["id"])
        caplog_of_one = list(caplog.records)
        both = await api.send(
            """mutation ($id: ID!) {
                createCustomer(input: { name: "Stays" }) { customer { name } }
                recordPayment(input: { invoiceId: $id, amount: 1, method: cash }) {
                    invoice { id }
                }
            }""",
            id=invoice["id"],
        )

    assert caplog_of_one
    check_masked(answer, caplog)
    assert answer["data"] == {"recordPayment": None}
    check_masked(both, caplog)
    assert both["data"] == {
        "createCustomer": {"customer": {"name": "Stays"}},
        "recordPayment": None,
    }
    found = await api.execute("{ invoices { nodes { amountPaid version } } }")
    assert found["invoices"]["nodes"] == [{"amountPaid": 0, "version": 1}]


async def test_clients_mistake_is_not_logged(api: Client, caplog: pytest.LogCaptureFixture) -> None:
    for query in ("{", "{ nothing }", "{ invoices(first: 0) { totalCount } }"):
        await api.errors(query)

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
