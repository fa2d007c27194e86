"""Whether the server lives, and whether it is ready: what is missing is said."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import text

from app import create_app
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from tests.client import FILES
from tests.conftest import NOW
from tests.databases import PostgreSQL, SQLite

ORGANIZATION = Organization(
    id=1, name="Demo Freight", time_zone="America/Toronto", currency="CAD", created_at=NOW
)


@asynccontextmanager
async def client(database: Database) -> AsyncGenerator[httpx2.AsyncClient]:
    app = create_app(database, Demo(ORGANIZATION), files=FILES, clock=lambda: NOW)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield http
    await database.close()


@pytest.fixture
def other_url(databases: SQLite | PostgreSQL, tmp_path: Path) -> Generator[str]:
    """A second database, without tables."""
    folder = tmp_path / "other"
    folder.mkdir()
    with databases.empty(folder) as url:
        yield url


async def test_a_migrated_database_is_ready(database: Database) -> None:
    async with client(database) as http:
        alive = await http.get("/healthz")
        ready = await http.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_a_database_without_tables_is_not_ready_but_the_process_lives(
    empty_database_url: str,
) -> None:
    async with client(Database(empty_database_url)) as http:
        alive = await http.get("/healthz")
        ready = await http.get("/readyz")

    assert alive.status_code == 200
    assert ready.status_code == 503
    assert ready.json() == {
        "status": "not ready",
        "missing": {"database": "is not up to date: run remit migrate"},
    }


async def test_a_replica_is_looked_at_as_well(database_url: str, other_url: str) -> None:
    async with client(Database(database_url, read_url=other_url)) as http:
        ready = await http.get("/readyz")

    assert ready.status_code == 503
    assert ready.json()["missing"] == {"replica": "is not up to date: run remit migrate"}


async def test_an_address_where_nobody_listens_is_said_to_be_out_of_reach() -> None:
    async with client(Database("postgresql://remit@127.0.0.1:9/remit")) as http:
        ready = await http.get("/readyz")

    assert ready.status_code == 503
    assert ready.json()["missing"] == {"database": "cannot be reached"}


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL, tmp_path: Path) -> Generator[str]:
    with postgresql.copy(tmp_path) as url:
        yield url


async def test_a_database_that_does_not_answer_is_not_waited_for(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    async with client(Database(postgresql_url)) as http, database.transaction() as session:
        locked = text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
        await (await session.connection()).execute(locked)
        ready = await http.get("/readyz")
    await database.close()

    assert ready.status_code == 503
    assert ready.json()["missing"] == {"database": "did not answer within 1 second"}
