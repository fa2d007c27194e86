"""A disk without room: what does not fit is refused as a whole, and clients are told why."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from app import create_app
from db import audit, sqlite
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from tests.client import FILES, Client, Clock
from tests.databases import SQLite
from tests.factories import create_invoice
from tests.processes import add_organization

PAY = """mutation ($id: ID!, $notes: String, $key: String!) {
    recordPayment(input: {
        invoiceId: $id, amount: 1, method: cash, notes: $notes, idempotencyKey: $key
    }) { payment { id } alreadyProcessed }
}"""
ROOM_PAGES = 40


@pytest.fixture
async def url(sqlite: SQLite, tmp_path: Path) -> AsyncGenerator[str]:
    with sqlite.copy(tmp_path) as url:
        await add_organization(url)
        yield url


def client(database: Database) -> Client:
    organization = Organization(
        id=1, name="Demo", time_zone="America/Toronto", currency="CAD", created_at=Clock().now
    )
    app = create_app(database, Demo(organization), files=FILES, clock=Clock())
    return Client(httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test"))


async def pages(url: str) -> int:
    database = Database(url)
    [[count]] = await database.read(text("PRAGMA page_count"))
    await database.close()
    return count


def narrow(monkeypatch: pytest.MonkeyPatch, page_count: int) -> None:
    """Let no file grow beyond so many pages."""
    configure = sqlite.configure

    def configure_narrow(connection: Any) -> None:
        configure(connection)
        connection.cursor().execute(f"PRAGMA max_page_count = {page_count}")

    monkeypatch.setattr(sqlite, "configure", configure_narrow)


async def pay_until_refused(
    api: Client, invoice_id: str
) -> tuple[set[str], dict[str, str], dict[str, Any]]:
    """The payments that were made; what was asked for then, and what came back."""
    paid = set[str]()
    while True:
        number = len(paid)
        asked = {"id": invoice_id, "notes": f"{number} " * 2000, "key": str(number)}
        answer = await api.send(PAY, **asked)
        if "errors" in answer:
            return paid, asked, answer
        paid.add(answer["data"]["recordPayment"]["payment"]["id"])


async def test_a_full_disk_refuses_payments_and_loses_none(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    roomy = Database(url)
    invoice = await create_invoice(client(roomy), "1000.00")
    await roomy.close()

    with monkeypatch.context() as patch:
        narrow(patch, await pages(url) + ROOM_PAGES)
        full = Database(url)
        api = client(full)
        paid, asked, refused = await pay_until_refused(api, invoice["id"])
        shown = await api.execute("{ payments { totalCount } invoices { nodes { amountPaid } } }")
        await full.close()

    assert paid
    assert refused["data"] == {"recordPayment": None}
    [error] = refused["errors"]
    assert error["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
    assert error["message"] == "The database has no room left on its disk. Nothing was done"
    assert shown["payments"] == {"totalCount": len(paid)}
    assert shown["invoices"]["nodes"] == [{"amountPaid": len(paid)}]

    roomy = Database(url)
    again = (await client(roomy).execute(PAY, **asked))["recordPayment"]
    assert again["alreadyProcessed"] is False
    assert again["payment"]["id"] not in paid
    assert await audit.differences(roomy) == []
    await roomy.close()
