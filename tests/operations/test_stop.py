"""Stopping: what runs is finished, what cannot be is given up, and nothing is half done."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import httpx2
import pytest

from db import rows
from db.database import Database
from db.tables import Invoice
from tests.clerks import Clerks, check_books
from tests.databases import SQLite
from tests.processes import Server, add_organization, server
from workers import STOP_SECONDS

# For a machine that is busy with other tests.
ROOM = 5

WORKERS = pytest.mark.parametrize("workers", ["1", "2"])


@asynccontextmanager
async def held_up(
    url: str, running: Server
) -> AsyncGenerator[tuple[Clerks, asyncio.Task[None], asyncio.Event]]:
    """A clerk who is kept waiting, because somebody else has locked the invoice until told."""
    clerks = Clerks(running.address, Random(7))
    await clerks.bill(1)
    release, locked, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def lock() -> None:
        database = Database(url)
        async with database.transaction() as session:
            await rows.get_locked(session, Invoice, 1, clerks.invoices[0])
            locked.set()
            await release.wait()
        await database.close()

    locking = asyncio.create_task(lock())
    await locked.wait()
    working = asyncio.create_task(clerks.work(stop, clerks=1))
    # Sent and read, it waits for the lock.
    await asyncio.sleep(1)
    assert clerks.sent
    stop.set()
    yield clerks, working, release
    release.set()
    await locking


async def ended(running: Server) -> int:
    return await asyncio.to_thread(running.ended)


async def refuses(running: Server) -> bool:
    try:
        async with httpx2.AsyncClient(base_url=running.address, timeout=1) as http:
            await http.get("/healthz")
    except httpx2.TransportError:
        return True
    return False


@WORKERS
async def test_a_request_that_runs_is_answered_and_no_other_is_taken(
    database_url: str, tmp_path: Path, workers: str
) -> None:
    await add_organization(database_url)
    with server(database_url, tmp_path, REMIT_WORKERS=workers) as running:
        async with held_up(database_url, running) as (clerks, working, release):
            running.terminate()
            began = time.monotonic()
            while not await refuses(running):
                assert time.monotonic() - began < STOP_SECONDS / 2
                await asyncio.sleep(0.1)
            assert not working.done()
            release.set()
            await working
            assert await ended(running) == (0 if workers == "2" else -15)
            assert time.monotonic() - began < STOP_SECONDS

    assert clerks.unanswered == set()
    database = Database(database_url)
    await check_books(database, clerks)
    await database.close()
    assert "Traceback" not in running.log.read_text()


@WORKERS
async def test_a_request_that_does_not_end_is_given_up(
    database_url: str, tmp_path: Path, workers: str
) -> None:
    await add_organization(database_url)
    settings = {"REMIT_WORKERS": workers, "STOP_SECONDS": "3"}
    with server(database_url, tmp_path, module="tests.hasty_server", **settings) as running:
        clerks = await given_up(database_url, running, 3)
        database = Database(database_url)
        await check_books(database, clerks)
        running.start()
        await clerks.repeat(clerks.unanswered)
        assert clerks.unanswered == set()
    await check_books(database, clerks)
    await database.close()


async def test_a_request_is_given_as_long_as_those_who_stop_a_server_wait(
    sqlite: SQLite, tmp_path: Path
) -> None:
    """Docker and Kubernetes kill what has not ended by itself after ten seconds, or later."""
    with sqlite.copy(tmp_path) as url:
        await add_organization(url)
        with server(url, tmp_path) as running:
            await given_up(url, running, STOP_SECONDS)


async def given_up(url: str, running: Server, seconds: float) -> Clerks:
    """Told to stop, it ends after so many seconds whatever it does."""
    async with held_up(url, running) as (clerks, working, _release):
        began = time.monotonic()
        running.terminate()
        await ended(running)
        assert seconds - 2 < time.monotonic() - began < seconds + ROOM
        await working
    return clerks
