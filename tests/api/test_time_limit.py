"""What takes too long is stopped where it runs: in the database, not only in the answer."""

import asyncio
import time

import pytest
from sqlalchemy import text

from db.database import Database
from engine.documents import Operation
from engine.errors import Result
from engine.negotiation import GRAPHQL, JSON
from tests.endpoints import client, endpoint

# Hours of work, and no rows to speak of.
ENDLESS = {
    "postgresql": "SELECT 1 FROM pg_sleep(3600)",
    "sqlite": """WITH RECURSIVE numbers (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000000000
    ) SELECT count(*) FROM numbers""",
}
RUNNING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(3600)'"
)


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 503)])
async def test_statement_is_stopped_in_the_database(
    database_url: str, accept: str, status: int
) -> None:
    database = Database(database_url)
    statement = ENDLESS[database.dialect.name]

    async def execute(_operation: Operation, _given: object, _context: object) -> Result:
        return Result(await database.fetch(statement, ()))

    async with client(endpoint(execute, query_seconds=0.05)) as http:
        begun = time.monotonic()
        answer = await http.post("/", json={"query": "{x}"}, headers={"accept": accept})

    assert time.monotonic() - begun < 5
    assert answer.status_code == status
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
    [error] = answer.json()["errors"]
    assert error == {
        "message": "The request took more than 0.05 seconds and was stopped",
        "extensions": {"code": "REQUEST_TIMEOUT"},
    }
    if not database.is_sqlite:
        await ended(database)
    assert [tuple(row) for row in await database.fetch("SELECT 1", ())] == [(1,)]
    # SQLite's threads are waited for here: one that is still at work would be for hours.
    async with asyncio.timeout(10):
        await database.close()


async def ended(database: Database) -> None:
    """Return when the server is at it no more; that takes a moment."""
    async with asyncio.timeout(10):
        while (await database.read_own(RUNNING))[0][0]:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
