"""Whoever does not take what it asked for is let go, and costs the server nothing meanwhile."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from db import changes
from db.database import Database
from endpoints.access import Demo
from engine import events as engine_events
from engine import watching
from tests.client import Client
from tests.factories import create_invoice, line, record_payment
from tests.live.conftest import serving
from tests.live.watchers import connected, watcher
from tests.organizations import made_organization
from tests.processes import WAIT_SECONDS, Server, add_organization, server

LARGE = """subscription { invoiceChanged {
    invoice { lineItems { id description quantity rate amount total } }
} }"""
LINES = 400
MEGABYTE = 2**20


def resident(running: Server) -> int:
    """Bytes of memory that the process holds."""
    assert running.process is not None
    pages = Path(f"/proc/{running.process.pid}/statm").read_text().split()[1]
    return int(pages) * 4096


@asynccontextmanager
async def client(running: Server) -> AsyncGenerator[Client]:
    async with httpx2.AsyncClient(base_url=running.address, timeout=30) as http:
        yield Client(http)


async def pay(api: Client, invoice: dict[str, Any], times: int) -> None:
    for _ in range(times):
        await record_payment(api, invoice, "1.00")


async def test_a_slow_reader_is_let_go_with_its_reason(database_url: str, tmp_path: Path) -> None:
    await add_organization(database_url)
    with server(database_url, tmp_path) as running:
        async with client(running) as api, watcher(running.port) as quick:
            lines = [line("100.00", description="x" * 150) for _ in range(LINES)]
            invoice = await create_invoice(api, lineItems=lines)
            await quick.told()
            async with connected(running.port, max_queue=1) as slow:
                await slow.begin()
                await slow.watch(LARGE)
                await pay(api, invoice, 40)
                before = resident(running)
                await pay(api, invoice, changes.WAITING_MAX + 60)
                told = [await quick.told() for _ in range(changes.WAITING_MAX + 100)]
                grown = resident(running) - before
                rest = await slow.rest()
                assert await slow.closed() == (1013, changes.BEHIND)
            # It was told some of what its connection had room for, and then no more.
            assert {message["type"] for message in rest} == {"next"}
            assert len(rest) < changes.WAITING_MAX
            assert grown < 20 * MEGABYTE
            # Nobody else has noticed.
            assert {one["kind"] for one in told} == {"paymentRecorded"}
            await quick.ping()
        assert "Traceback" not in running.log.read_text()


async def test_a_stream_that_nobody_reads_is_given_up(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine_events.TAKE_SECONDS == 30
    monkeypatch.setattr(engine_events, "TAKE_SECONDS", 0.2)
    monkeypatch.setattr(watching, "QUIET_SECONDS", 0.05)
    organization = await made_organization(database)
    async with serving(database, Demo(organization), tmp_path) as live:
        lines = [line("100.00", description="x" * 150) for _ in range(LINES)]
        invoice = await create_invoice(live.api, lineItems=lines)
        body = json.dumps({"query": LARGE})
        _, writer = await asyncio.open_connection("127.0.0.1", live.port, limit=1)
        writer.write(
            "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()
        )
        while not await live.watching():
            pass
        async with asyncio.timeout(WAIT_SECONDS):
            while await live.watching():
                await pay(live.api, invoice, 10)
        writer.close()
