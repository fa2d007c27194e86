"""The same random rows in both databases, for tests that leave them as they are."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from sqlalchemy import func, literal, select, union_all
from sqlmodel import SQLModel

from app import create_app
from db.database import Database
from endpoints.access import Demo
from tests.client import FILES, Client, Clock
from tests.random_rows import Rows, write_rows

SEED = 20260310


@dataclass
class Boards:
    """A client of each database. Both are asked everything, and must answer the same."""

    clients: list[Client]
    databases: list[Database]
    rows: Rows

    async def send(self, query: str, **variables: object) -> dict[str, Any]:
        answer, other = [await client.send(query, **variables) for client in self.clients]
        assert answer == other
        return answer

    async def execute(self, query: str, **variables: object) -> dict[str, Any]:
        answer = await self.send(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def refused(self, query: str, **variables: object) -> dict[str, Any]:
        """The one error, or a test failure that shows the answer."""
        answer = await self.send(query, **variables)
        assert "errors" in answer, answer
        [error] = answer["errors"]
        return error

    async def row_counts(self) -> list[dict[str, int]]:
        """How many rows each table has, in each database."""
        return [await row_counts(database) for database in self.databases]


async def row_counts(database: Database) -> dict[str, int]:
    counts = (
        select(literal(table.name), func.count()).select_from(table)
        for table in SQLModel.metadata.sorted_tables
    )
    return {row[0]: row[1] for row in await database.read_own(union_all(*counts))}


@asynccontextmanager
async def open_boards(urls: Sequence[str]) -> AsyncGenerator[Boards]:
    """Write the rows to each of these databases, and serve them."""
    async with AsyncExitStack() as stack:
        clients: list[Client] = []
        databases = [Database(url) for url in urls]
        rows = None
        for database in databases:
            stack.push_async_callback(database.close)
            await write_rows(database, 2, SEED + 1)
            rows = await write_rows(database, 1, SEED)
            clients.append(await stack.enter_async_context(_client(database, rows)))
        assert rows is not None
        yield Boards(clients, databases, rows)


@asynccontextmanager
async def _client(database: Database, rows: Rows) -> AsyncGenerator[Client]:
    clock = Clock()
    # What these tests are about is found on pages of any size.
    app = create_app(database, Demo(rows.organization), files=FILES, clock=clock, cost_max=10**7)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http, clock)
