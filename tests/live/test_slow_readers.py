"""Whoever does not take what it asked for is let go, and costs the server nothing meanwhile."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2

from db import changes
from tests.client import Client
from tests.factories import create_invoice, line, record_payment
from tests.live.watchers import connected, watcher
from tests.processes import Server, add_organization, server

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
