"""Random sequences of all mutations agree with the model, and the audit is clean after each."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import httpx2
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app import create_app
from db.database import Database
from endpoints.access import Demo
from tests.client import FILES, Client, Clock
from tests.databases import PostgreSQL, SQLite
from tests.depth import depth
from tests.machine import Clerk
from tests.organizations import made_within

Started = tuple[Client, Database, Callable[[], None]]


def test_any_sequence_of_mutations_agrees_with_the_model(databases: SQLite | PostgreSQL) -> None:
    class ClerkHere(Clerk):
        @staticmethod
        def start(_runner: asyncio.Runner) -> Started:
            return _start(_runner, databases)

    run_state_machine_as_test(
        ClerkHere,
        settings=settings(
            max_examples=depth(7, 100),
            stateful_step_count=30,
            deadline=None,
            # A failing history is found again fast, and shrunk for minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def _start(runner: asyncio.Runner, databases: SQLite | PostgreSQL) -> Started:
    """A client of a server of its own, over a database of its own."""
    stack = ExitStack()
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    database = Database(stack.enter_context(databases.copy(Path(folder))))
    return runner.run(_client(database)), database, stack.close


async def _client(database: Database) -> Client:
    async with database.transaction() as session:
        organization = await made_within(session)
    clock = Clock()
    app = create_app(database, Demo(organization), files=FILES, clock=clock)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    return Client(httpx2.AsyncClient(transport=transport, base_url="http://test"), clock)
