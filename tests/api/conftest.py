"""The API over real HTTP semantics, on each database, audited after every test."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from app import create_app
from db import audit
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from services.files import Files
from services.storage import open_storage
from tests.boards import Boards, open_boards
from tests.client import SIGNER, Client, Clock
from tests.databases import PostgreSQL, SQLite
from tests.neighbour import Neighbour, made, seen_in
from tests.organizations import made_organization
from tests.walks import none_needless
from tests.wild import WildData, open_wild


@pytest.fixture(autouse=True)
def all_planned(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Whatever these tests ask for is answered by plan, unless it fails or is introspection."""
    with none_needless(monkeypatch):
        yield


@pytest.fixture
async def organization(database: Database) -> Organization:
    return await made_organization(database)


@pytest.fixture(scope="session")
def neighbour(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Neighbour:
    with sqlite.copy(tmp_path_factory.mktemp("neighbour")) as url:
        return asyncio.run(made(url))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A folder for the bytes of this test's documents."""
    return Files(SIGNER, open_storage(None, tmp_path))


@pytest.fixture
async def api(
    database: Database, organization: Organization, neighbour: Neighbour, files: Files
) -> AsyncGenerator[Client]:
    """Another organization lives beside the tested one, and has what it has afterwards."""
    await neighbour.move_in(database)
    before = await seen_in(database)
    clock = Clock()
    app = create_app(database, Demo(organization), files=files, clock=clock)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http, clock, database)
    assert await audit.differences(database) == []
    assert await seen_in(database) == before


@pytest.fixture(scope="session")
def board_urls(
    sqlite: SQLite, postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Generator[list[str]]:
    folder = tmp_path_factory.mktemp("boards")
    with ExitStack() as stack:
        yield [stack.enter_context(server.copy(folder)) for server in (sqlite, postgresql)]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def boards(board_urls: list[str]) -> AsyncGenerator[Boards]:
    """Many rows in both databases, written once and only read."""
    async with open_boards(board_urls) as boards:
        yield boards


@pytest.fixture(scope="session")
def wild_urls(
    sqlite: SQLite, postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Generator[list[str]]:
    folder = tmp_path_factory.mktemp("wild")
    with ExitStack() as stack:
        yield [stack.enter_context(server.copy(folder)) for server in (sqlite, postgresql)]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def wild(wild_urls: list[str]) -> AsyncGenerator[WildData]:
    """All that generated documents can ask for, in both databases."""
    async with open_wild(wild_urls) as data:
        yield data
