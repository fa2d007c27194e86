"""A browser, people who use it, and servers with the same small books each time."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from db.database import Database
from domain.access import Role
from tests.databases import PostgreSQL, SQLite
from tests.keyed import made_key
from tests.processes import Server
from tests.web.books import write_books
from tests.web.people import People
from tests.web.served import served

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
FAILED = pytest.StashKey[bool]()


@dataclass(frozen=True)
class Keys:
    """A server that asks for a key, and keys that it takes."""

    server: Server
    of: dict[Role, str]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Chromium of this machine; where there is none, the one that `make test` has fetched."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def people(
    browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncGenerator[People]:
    people = People(browser)
    yield people
    if request.node.stash.get(FAILED, False):
        await people.show(tmp_path)
    assert await people.leave() == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know, at their end, that the test has failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def books(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the books in it, to be copied."""
    folder = tmp_path_factory.mktemp("books")
    with sqlite.copy(folder) as url:
        asyncio.run(write_books(url))
    return folder / "remit.db"


@pytest.fixture
def on_sqlite(books: Path, tmp_path: Path) -> Generator[Server]:
    """A server that no other test uses."""
    with served(_copied(books, tmp_path), tmp_path) as server:
        yield server


@pytest.fixture
def on_postgresql(postgresql: PostgreSQL, tmp_path: Path) -> Generator[Server]:
    with postgresql.copy(tmp_path) as url:
        asyncio.run(write_books(url))
        with served(url, tmp_path) as server:
            yield server


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def on_either(request: pytest.FixtureRequest) -> Server:
    """Whoever asks for it is run with both."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def only_read(books: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server that tests share which change nothing."""
    folder = tmp_path_factory.mktemp("only-read")
    with served(_copied(books, folder), folder) as server:
        yield server


@pytest.fixture
def with_keys(books: Path, tmp_path: Path) -> Generator[Keys]:
    """A server that asks for keys, and one of each role."""
    url = _copied(books, tmp_path)
    made = {role: asyncio.run(_key(url, role)) for role in Role}
    with served(url, tmp_path, REMIT_REQUIRE_KEYS="true") as server:
        yield Keys(server, made)


def _copied(books: Path, folder: Path) -> str:
    path = folder / "remit.db"
    shutil.copyfile(books, path)
    return f"sqlite:///{path}"


async def _key(url: str, role: Role) -> str:
    database = Database(url)
    key = await made_key(database, 1, role, f"The {role}")
    await database.close()
    return key
