"""How many jobs there are and what became of them, as Prometheus is told."""

from pathlib import Path

import httpx2
import pytest

from app import create_app
from db import jobs
from db.database import Database
from db.errors import Unavailable
from endpoints import metrics
from endpoints.access import Demo
from services.jobs import Later
from services.working import Working
from tests.client import FILES
from tests.conftest import NOW
from tests.hands import Hand, failing, worker
from tests.operations.test_metrics import LOCAL, ORGANIZATION, numbers
from tests.operations.test_workers import both, number, until
from tests.processes import server
from tests.queues import PULL, PUSH, opened


def client(database: Database, working: Working | None) -> httpx2.AsyncClient:
    app = create_app(database, Demo(ORGANIZATION), files=FILES, clock=lambda: NOW, working=working)
    transport = httpx2.ASGITransport(app, client=LOCAL)
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


async def told(http: httpx2.AsyncClient, name: str) -> dict[str, float]:
    found = await numbers(http)
    return {key: value for key, value in found.items() if key.startswith(name) and value}


async def test_jobs_are_counted_by_kind_and_state_and_their_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "_REFRESH_SECONDS", 0)
    queue = await opened(database)
    hand = Hand()
    working = worker(queue, hand)
    async with client(database, working) as http:
        assert await told(http, "remit_job") == {}
        await queue.ask("a")
        await queue.ask("company", kind=PULL)
        assert await told(http, "remit_job") == {
            'remit_jobs{kind="pullChanges",state="queued"}': 1,
            'remit_jobs{kind="pushInvoice",state="queued"}': 1,
        }
        await queue.bury(await queue.get([PUSH]))
        await queue.ask("b", lane="other")
        await working.do_due()
        hand.act = failing(Later("No answer"))
        await queue.ask("c")
        await working.do_due()
        assert await told(http, "remit_job") == {
            'remit_jobs{kind="pushInvoice",state="dead"}': 1,
            'remit_jobs{kind="pushInvoice",state="queued"}': 1,
            'remit_job_attempts_total{end="finished",kind="pullChanges"}': 1,
            'remit_job_attempts_total{end="finished",kind="pushInvoice"}': 1,
            'remit_job_attempts_total{end="retried",kind="pushInvoice"}': 1,
        }


async def test_the_database_is_asked_now_and_then_and_may_be_gone(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue = await opened(database)
    await queue.ask("a")
    counts, asked = jobs.counts, 0

    async def count(of: Database) -> dict[tuple[str, str], int]:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise Unavailable
        return await counts(of)

    monkeypatch.setattr(jobs, "counts", count)
    queued = {'remit_jobs{kind="pushInvoice",state="queued"}': 1.0}
    async with client(database, None) as http:
        assert await told(http, "remit_job") == queued
        assert await told(http, "remit_job") == queued
        assert asked == 1
        monkeypatch.setattr(metrics, "monotonic_ns", lambda: 10**30)
        assert await told(http, "remit_job") == queued
        assert asked == 2
    assert "a metric could not be asked for" in caplog.text


async def test_several_workers_do_not_add_up_what_they_all_see(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    queue = await opened(database)
    await queue.ask("a")
    with server(database_url, tmp_path, REMIT_WORKERS="2") as running:
        await until(both(running))
        name = 'remit_jobs{kind="pushInvoice",state="queued"}'
        # Each time over another connection, so that either is asked.
        assert [await number(running, name) for _ in range(20)] == [1] * 20
