"""A server does jobs too, unless it is told not to."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from app import create_app
from db.database import Database
from domain.job import JobKind
from endpoints.access import Demo
from services.working import Working
from settings import Settings
from tests.client import FILES
from tests.endpoints import alive
from tests.hands import Hand, Held, worker
from tests.operations.test_metrics import ORGANIZATION
from tests.queues import Queue
from worker import made


def application(database: Database, queue: Queue, working: Working | None) -> ASGIApp:
    return create_app(database, Demo(ORGANIZATION), files=FILES, clock=queue.clock, working=working)


async def test_jobs_are_done_while_it_serves_and_finished_when_it_stops(
    database_url: str, queue: Queue
) -> None:
    held = Held()
    await queue.ask("a")
    await queue.ask("b")
    served = Database(database_url)
    working = worker(Queue(served, queue.clock), Hand(held))
    async with alive(application(served, queue, working)):
        await held.has_begun.wait()
        asyncio.get_running_loop().call_later(0.1, held.may_go_on.set)
        working.stop()
    assert list(await queue.states()) == ["b"]


async def test_without_a_worker_they_wait(database_url: str, queue: Queue) -> None:
    await queue.ask("a")
    served = Database(database_url)
    async with alive(application(served, queue, None)):
        await asyncio.sleep(0.1)
    assert (await queue.row()).attempts == 0


async def test_with_an_app_at_intuit_there_is_a_handler_for_every_kind(
    queue: Queue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REMIT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("REMIT_QUICKBOOKS_CLIENT_ID", raising=False)
    async with made(Settings(), queue.database, queue.clock) as working:
        assert (dict(working.handlers), dict(working.every)) == ({}, {})
    monkeypatch.setenv("REMIT_QUICKBOOKS_CLIENT_ID", "app")
    monkeypatch.setenv("REMIT_QUICKBOOKS_CLIENT_SECRET", "secret")
    async with made(Settings(), queue.database, queue.clock) as working:
        assert working.handlers.keys() == set(JobKind)
        assert dict(working.every) == {JobKind.PULL_CHANGES: timedelta(minutes=15)}
