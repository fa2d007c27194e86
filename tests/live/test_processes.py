"""Real servers over one database: what one of them changes is told by all, whatever dies."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from db import changes
from db.database import Database
from tests.client import Client
from tests.databases import PostgreSQL, SQLite
from tests.factories import create_invoice, record_payment
from tests.files import attach
from tests.live.watchers import KINDS, Watcher, connected, events, watcher
from tests.processes import ROOT, Server, add_organization, environment, server
from workers import STOP_SECONDS

BALANCE = """query ($id: ID!) {
    node(id: $id) { ... on Invoice { outstandingBalance } }
}"""
LISTENING = "query LIKE 'LISTEN%'"
SENDING = "query LIKE '%pg_notify%'"


@asynccontextmanager
async def client(running: Server) -> AsyncGenerator[Client]:
    async with httpx2.AsyncClient(base_url=running.address, timeout=30) as http:
        yield Client(http)


async def ended(database_url: str, which: str) -> int:
    """How many other connections of this kind there were, which are none any more."""
    database = Database(database_url)
    rows = await database.read_own(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = current_database() AND pid <> pg_backend_pid() AND {which}"
        )
    )
    await database.close()
    return len(rows)


async def balance(board: Watcher, invoice: dict[str, Any]) -> Decimal:
    return (await board.data(BALANCE, id=invoice["id"]))["node"]["outstandingBalance"]


class TestOnPostgreSQL:
    """Where several processes serve."""

    @pytest.fixture
    def databases(self, postgresql: PostgreSQL) -> PostgreSQL:
        return postgresql

    @pytest.fixture
    async def url(self, database_url: str) -> str:
        await add_organization(database_url)
        return database_url

    async def test_one_server_tells_what_another_has_changed(
        self, url: str, tmp_path: Path
    ) -> None:
        folder = tmp_path / "other"
        folder.mkdir()
        with server(url, tmp_path) as one, server(url, folder) as other:
            async with (
                client(one) as api,
                watcher(other.port) as board,
                watcher(one.port) as own,
            ):
                invoice = await create_invoice(api, "1000.00")
                for watching in (board, own):
                    assert (await watching.told())["kind"] == "created"
                balances: list[Decimal] = []
                for _ in range(20):
                    began = time.monotonic()
                    await record_payment(api, invoice, "10.00")
                    told = [await watching.told() for watching in (board, own)]
                    assert time.monotonic() - began < 1
                    assert told[0] == told[1]
                    balances.append(told[0]["invoice"]["outstandingBalance"])
                assert balances == [Decimal(1000 - 10 * count) for count in range(1, 21)]

    async def test_what_another_process_has_changed_is_told(self, url: str, tmp_path: Path) -> None:
        with server(url, tmp_path) as running:
            async with client(running) as api, watcher(running.port, query=KINDS) as board:
                await attach(api)
                assert [(await board.told())["kind"] for _ in range(2)] == [
                    "created",
                    "documentAttached",
                ]
                database = Database(url)
                async with database.transaction() as session:
                    connection = await session.connection()
                    await connection.execute(
                        text("UPDATE documents SET created_at = created_at - interval '2 days'")
                    )
                await database.close()
                await asyncio.to_thread(
                    subprocess.run,
                    [sys.executable, ROOT / "cli.py", "sweep"],
                    env=environment(url, tmp_path),
                    check=True,
                )

                told = await board.told()

        assert told == {"kind": "documentRemoved", "invoice": {"fullId": "INVOICE-1"}}

    async def test_who_may_have_missed_something_is_told_to_read_again(
        self, url: str, tmp_path: Path
    ) -> None:
        with server(url, tmp_path) as running:
            async with client(running) as api:
                invoice = await create_invoice(api, "1000.00")
                async with watcher(running.port) as board, events(api.http) as stream:
                    assert await ended(url, LISTENING) == 1
                    assert await board.closed() == (1013, changes.MISSED)
                    assert await stream.end() == ":\n\n"
                await record_payment(api, invoice, "400.00")
                async with watcher(running.port) as board:
                    assert await balance(board, invoice) == Decimal("600.00")
                    await record_payment(api, invoice, "100.00")
                    told = await board.told()

        assert told["invoice"]["outstandingBalance"] == Decimal("500.00")
        assert "Traceback" not in running.log.read_text()

    async def test_what_could_not_be_sent_is_sent_again(self, url: str, tmp_path: Path) -> None:
        with server(url, tmp_path) as running:
            async with client(running) as api, watcher(running.port, query=KINDS) as board:
                invoice = await create_invoice(api, "1000.00")
                assert (await board.told())["kind"] == "created"
                assert await ended(url, SENDING) == 1
                await record_payment(api, invoice, "100.00")

                assert (await board.told())["kind"] == "paymentRecorded"

    async def test_a_server_of_two_processes_tells_of_both(self, url: str, tmp_path: Path) -> None:
        with server(url, tmp_path, REMIT_WORKERS="2") as running:
            async with client(running) as api:
                invoice = await create_invoice(api, "1000.00")
            boards = [connected(running.port) for _ in range(6)]
            opened = [await board.__aenter__() for board in boards]
            for board in opened:
                await board.begin()
                await board.watch()
            for _ in range(4):
                # Over a connection of its own, so that any process may take it.
                async with client(running) as api:
                    await record_payment(api, invoice, "10.00")
            told = [[await board.told() for _ in range(4)] for board in opened]
            for board in boards:
                await board.__aexit__(None, None, None)

        assert [one[-1]["invoice"]["outstandingBalance"] for one in told] == [Decimal("960.00")] * 6
        assert {tuple(change["kind"] for change in one) for one in told} == {
            ("paymentRecorded",) * 4
        }


class TestStoppedAndKilled:
    """On both databases."""

    @pytest.fixture(params=["sqlite", "postgresql"])
    def databases(self, request: pytest.FixtureRequest) -> SQLite | PostgreSQL:
        return request.getfixturevalue(request.param)

    async def test_after_a_kill_nothing_is_missed(self, database_url: str, tmp_path: Path) -> None:
        await add_organization(database_url)
        with server(database_url, tmp_path) as running:
            async with client(running) as api:
                invoice = await create_invoice(api, "1000.00")
                async with watcher(running.port) as board:
                    await record_payment(api, invoice, "400.00")
                    running.kill()
                    code, _ = await board.closed()
                    assert code == 1006
            running.start()
            async with client(running) as api, watcher(running.port) as board:
                assert await balance(board, invoice) == Decimal("600.00")
                await record_payment(api, invoice, "100.00")
                told = await board.told()

        assert told["invoice"]["outstandingBalance"] == Decimal("500.00")

    @pytest.mark.parametrize("workers", ["1", "2"])
    async def test_a_server_that_stops_lets_go_of_all_who_watch(
        self, database_url: str, tmp_path: Path, workers: str
    ) -> None:
        await add_organization(database_url)
        with server(database_url, tmp_path, REMIT_WORKERS=workers) as running:
            async with (
                client(running) as api,
                watcher(running.port) as board,
                connected(running.port) as idle,
                events(api.http) as stream,
            ):
                running.terminate()
                began = time.monotonic()
                assert await board.closed() == (1012, "")
                assert await idle.closed() == (1012, "")
                assert await stream.end() == ":\n\n"
            await asyncio.to_thread(running.ended)
            assert time.monotonic() - began < STOP_SECONDS
        assert "Traceback" not in running.log.read_text()
