"""Files while they are sent: one moment, whole or visibly broken off, and nothing left behind."""

import asyncio
import socket
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from sqlalchemy import ColumnElement, String, text, true, type_coerce, update
from sqlmodel import col
from starlette.applications import Starlette
from starlette.routing import Route

import schema
from db.database import Database
from db.tables import Customer, Invoice, LineItem, Organization
from domain.export import LIFETIME, ExportFormat
from domain.line_item import LineItemType
from domain.terms import PaymentTerms
from endpoints.exports import ADDRESS, Downloads
from engine import connection
from engine.execution import Executor
from engine.whole import WholeList
from resolvers.exports import INVOICES
from services import exports as service
from services.author import Author
from tests.client import FILES, Clock
from tests.conftest import NOW, TODAY
from tests.downloads import rows_of
from tests.endpoints import served

INVOICE_COUNT = 250
LINES = 4
# On every row of the CSV: more than the sockets between server and client hold.
NOTES = "x" * 10_000
WHOLE = INVOICE_COUNT * LINES


@pytest.fixture
async def full(database: Database, organization: Organization) -> Database:
    """Invoices that make a file of ten megabytes."""
    async with database.transaction() as session:
        session.add(_customer())
        await session.flush()
        session.add_all(_invoice(number) for number in range(1, INVOICE_COUNT + 1))
        await session.flush()
        session.add_all(
            _line(number, position)
            for number in range(1, INVOICE_COUNT + 1)
            for position in range(LINES)
        )
    return database


def _customer() -> Customer:
    return Customer(
        organization_id=1,
        id="customer_1",
        number=1,
        name="Acme Freight",
        name_folded="acme freight",
        currency="CAD",
        terms=PaymentTerms.NET_30,
        created_at=NOW,
    )


def _invoice(number: int) -> Invoice:
    return Invoice(
        organization_id=1,
        id=f"invoice_{number:05}",
        number=number,
        customer_id="customer_1",
        currency="CAD",
        notes=NOTES,
        invoice_date=TODAY,
        terms=PaymentTerms.NET_30,
        due_date=TODAY,
        created_at=NOW,
        updated_at=NOW,
    )


def _line(number: int, position: int) -> LineItem:
    return LineItem(
        organization_id=1,
        id=f"line_{number:05}_{position}",
        invoice_id=f"invoice_{number:05}",
        position=position,
        type=LineItemType.FREIGHT,
        description="Toronto to Chicago",
        quantity_e4=10_000,
        rate_e4=0,
        tax_rate_e4=0,
        amount_cents=0,
        tax_amount_cents=0,
        total_cents=0,
    )


@asynccontextmanager
async def serving(database: Database, **settings: Any) -> AsyncGenerator[str]:
    """A real server; answers the address of a CSV of everything, by number."""
    executor = Executor(schema.graphql_schema(schema.build()), database.dialect, cost_max=1_000)
    invoices = WholeList(executor, INVOICES)
    downloads = Downloads(database, FILES.signer, Clock(), invoices, **settings)
    async with database.transaction() as session:
        path = service.ask(
            session,
            Author(1, "Somebody", NOW, TODAY),
            format=ExportFormat.CSV,
            wanted='{"orderBy": [{"field": "fullId"}]}',
        )
    url = urlsplit(FILES.signer.url("GET", path, now=NOW, lifetime=LIFETIME))
    async with served(Starlette(routes=[Route(ADDRESS, downloads)])) as port:
        address = f"http://127.0.0.1:{port}{url.path}?{url.query}"
        # So that the connections are open that are kept, and the handles that SQLite uses again.
        async with httpx2.AsyncClient() as http, database.moment() as moment:
            await moment.open("SELECT 1", ())
            assert (await http.head(address)).status_code == 200
        yield address


@asynccontextmanager
async def begun(address: str) -> AsyncGenerator[asyncio.StreamReader]:
    """A download whose head has arrived, and little more; the rest waits to be read."""
    url = urlsplit(address)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", url.port))
    reader, writer = await asyncio.open_connection(sock=client, limit=2**16)
    try:
        writer.write(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: test\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"transfer-encoding: chunked\r\n" in head
        yield reader
    finally:
        writer.close()


async def rest_of(reader: asyncio.StreamReader) -> bytes:
    """The file; raises IncompleteReadError where the last chunk is missing."""
    file = b""
    while length := int(await reader.readuntil(b"\r\n"), 16):
        file += (await reader.readexactly(length + 2))[:-2]
    return file


async def connections(database: Database) -> int:
    """How many connections there are that hold a moment of the database."""
    if not database.is_sqlite:
        asked = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
        )
        async with database.engine.connect() as connection:
            return await connection.scalar(text(asked)) or 0
    threads = [one for one in threading.enumerate() if one.name.startswith("sqlite-moment")]
    # Those of the loop, the writer and the pool stay; how many is not the test's business.
    return len(threads) * 1_000 + _opened("remit.db")


def _opened(name: str) -> int:
    """How often the file of this name is open in this process."""
    found = 0
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found += link.readlink().name == name
    return found


async def until(database: Database, count: int) -> None:
    async with asyncio.timeout(10):
        while await connections(database) != count:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


async def spoil(database: Database, where: ColumnElement[bool]) -> None:
    """Give line items a type that there is not: nothing can be made of them."""
    async with database.transaction() as session:
        nonsense = type_coerce("nonsense", String())
        await session.exec(update(LineItem).where(where).values(type=nonsense))


async def get(address: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as http:
        return await http.get(address)


async def test_a_file_is_of_one_moment_whatever_changes_while_it_is_sent(full: Database) -> None:
    async with serving(full) as address, begun(address) as reader:
        async with full.transaction() as session:
            await session.exec(update(Invoice).values(notes="changed"))
            await session.exec(update(LineItem).values(description="changed"))
            last = col(Invoice.number) == INVOICE_COUNT
            await session.exec(update(Invoice).where(last).values(deleted_at=NOW))
        before = rows_of(await rest_of(reader))
        after = rows_of((await get(address)).content)

    assert len(before) == WHOLE
    assert {row["notes"] for row in before} == {NOTES}
    assert {row["lineItems.description"] for row in before} == {"Toronto to Chicago"}
    assert [row["fullId"] for row in before[::LINES]] == [
        f"INVOICE-{number}" for number in range(1, INVOICE_COUNT + 1)
    ]
    assert len(after) == WHOLE - LINES
    assert {row["notes"] for row in after} == {"changed"}


async def test_an_error_on_the_way_leaves_no_file_that_looks_whole(full: Database) -> None:
    await spoil(full, col(LineItem.invoice_id) == "invoice_00200")
    async with serving(full) as address:
        count = await connections(full)
        with pytest.raises(httpx2.RemoteProtocolError, match="incomplete chunked read"):
            await get(address)
        async with begun(address) as reader:
            with pytest.raises(asyncio.IncompleteReadError):
                await rest_of(reader)
        await until(full, count)


async def test_an_error_before_the_first_row_is_told_in_words(
    full: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await spoil(full, true())
    async with serving(full) as address:
        count = await connections(full)
        answer = await get(address)
        await until(full, count)

    assert answer.status_code == 500
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert error["message"].endswith(f"Its id is {error['extensions']['id']}.")
    assert error["extensions"]["id"] in caplog.text
    assert "nonsense" not in answer.text


async def test_a_client_that_leaves_gives_everything_back(full: Database) -> None:
    async with serving(full, at_once_max=1, wait_seconds=5) as address:
        assert (await get(address)).status_code == 200
        count = await connections(full)
        for _ in range(3):
            async with begun(address):
                assert await connections(full) > count
            await until(full, count)
        assert len(rows_of((await get(address)).content)) == WHOLE


async def test_a_client_that_takes_nothing_is_let_go(
    full: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CLOSE_SECONDS", 0.3)
    async with serving(full, stalled_seconds=0.3) as address:
        count = await connections(full)
        async with begun(address) as reader:
            assert await connections(full) > count
            await until(full, count)
            with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
                await rest_of(reader)


async def test_who_comes_when_all_places_are_taken_is_asked_to_come_again(full: Database) -> None:
    async with serving(full, at_once_max=1, wait_seconds=0.1) as address:
        async with begun(address) as reader:
            answer = await get(address)
            assert len(rows_of(await rest_of(reader))) == WHOLE
        assert (await get(address)).status_code == 200

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"


async def test_others_are_served_while_a_file_waits_for_its_client(full: Database) -> None:
    async with serving(full) as address, begun(address) as reader:
        async with full.transaction() as session:
            await session.exec(update(Customer).values(name="Written meanwhile"))
        [[name]] = await full.fetch("SELECT name FROM customers", ())
        assert name == "Written meanwhile"
        assert {row["customer.name"] for row in rows_of(await rest_of(reader))} == {"Acme Freight"}
