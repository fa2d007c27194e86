"""Several processes at one address: payments stay exact, and a dead worker is replaced."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import pytest

from db.database import Database
from tests.clerks import PAY, Clerks, check_books
from tests.processes import Server, add_organization, server

SECONDS = 60


@pytest.fixture
async def url(database_url: str) -> str:
    await add_organization(database_url)
    return database_url


async def until(found: Callable[[], Awaitable[bool]]) -> None:
    end = time.monotonic() + SECONDS
    while not await found():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.1)


async def number(running: Server, name: str) -> float:
    async with httpx2.AsyncClient(base_url=running.address) as http:
        told = (await http.get("/metrics")).text
    found = [line.rpartition(" ")[2] for line in told.splitlines() if line.startswith(name + " ")]
    return float(found[0]) if found else 0


def both(running: Server) -> Callable[[], Awaitable[bool]]:
    """Whether two workers have told of their connections."""

    async def there() -> bool:
        return await number(running, 'remit_connections{of="transactions_max"}') == 20

    return there


async def pay(running: Server, **input: Any) -> dict[str, Any]:
    """Over a connection of its own, so that any worker may take it."""
    async with httpx2.AsyncClient(base_url=running.address, timeout=30) as http:
        body = {"query": PAY, "variables": {"input": {"method": "wire", **input}}}
        return (await http.post("/graphql", json=body)).json()["data"]["recordPayment"]


async def test_payments_through_two_workers_are_exact(url: str, tmp_path: Path) -> None:
    database = Database(url)
    with server(url, tmp_path, REMIT_WORKERS="2") as running:
        await until(both(running))
        clerks = Clerks(running.address, Random(7), is_scattered=True)
        await clerks.bill(4)
        *others, coveted, disputed = clerks.invoices
        clerks.invoices = others
        stop = asyncio.Event()
        working = asyncio.create_task(clerks.work(stop, clerks=12))
        await asyncio.sleep(1)
        stop.set()
        await working
        assert clerks.refused == []
        assert clerks.unanswered == set()

        async def read_twice() -> bool:
            return await number(running, 'remit_document_lookups_total{of="miss"}') >= 4

        # Each worker has had to read the document of the payments for itself.
        await until(read_twice)
        await check_books(database, clerks)
        await nobody_overpays(running, coveted)
        await nobody_pays_twice(running, disputed)
    await database.close()


async def nobody_overpays(running: Server, invoice_id: str) -> None:
    greedy = [pay(running, invoiceId=invoice_id, amount="300000.00") for _ in range(12)]
    payloads = await asyncio.gather(*greedy)
    codes = [error["code"] for payload in payloads for error in payload["userErrors"]]
    assert codes == ["PAYMENT_EXCEEDS_BALANCE"] * 9


async def nobody_pays_twice(running: Server, invoice_id: str) -> None:
    wanted = {"invoiceId": invoice_id, "amount": "1.00", "idempotencyKey": "one"}
    payloads = await asyncio.gather(*(pay(running, **wanted) for _ in range(12)))
    assert len({payload["payment"]["id"] for payload in payloads}) == 1
    assert sorted(payload["alreadyProcessed"] for payload in payloads) == [False] + [True] * 11


async def test_a_worker_that_dies_is_replaced_and_none_outlives_whoever_looks_after_them(
    url: str, tmp_path: Path
) -> None:
    with server(url, tmp_path, REMIT_WORKERS="2", REMIT_LOG_FORMAT="json") as running:
        await until(both(running))
        assert running.process
        parent = running.process.pid
        before = serving(parent)
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)

        async def replaced() -> bool:
            now = serving(parent)
            return len(now) == 2 and before[0] not in now

        await until(replaced)
        assert f"worker {before[0]} has ended with -9" in running.log.read_text()
        await until(both(running))

        workers = serving(parent)
        running.kill()

        async def gone() -> bool:
            return not any(is_running(worker) for worker in workers)

        await until(gone)


async def test_a_database_that_is_not_migrated_is_refused_once(
    empty_database_url: str, tmp_path: Path
) -> None:
    refused = Server(empty_database_url, tmp_path, REMIT_WORKERS="3")
    refused.start(wait=False)
    assert await asyncio.to_thread(refused.ended) == 1
    assert refused.log.read_text().count("Run: remit migrate") == 1


def serving(parent: int) -> list[int]:
    """The workers among the parent's children."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children if "spawn_main" in command(int(child))]


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def is_running(process: int) -> bool:
    """A process that has ended has no command line, even if nobody has asked for its end."""
    return "spawn_main" in command(process)
