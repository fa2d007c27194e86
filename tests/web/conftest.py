"""A browser, people who use it, and a server with the same small books for each test."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.databases import PostgreSQL, SQLite
from tests.web.chromium import chromium
from tests.web.people import People
from tests.web.shop import Shop, opened

# Whatever is waited for is there long before; a machine that does much else at once is slow.
expect.set_options(timeout=20_000)
FAILED = pytest.StashKey[bool]()

Shops = AsyncGenerator[Shop]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as browser:
        yield browser


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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sqlite_shop(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Shops:
    folder = tmp_path_factory.mktemp("shop")
    with sqlite.copy(folder) as url:
        async with opened(url, folder) as shop:
            yield shop


@pytest.fixture(scope="session")
def postgresql_url(
    postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    with postgresql.copy(tmp_path_factory.mktemp("unused")) as url:
        yield url


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgresql_shop(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Shops:
    async with opened(postgresql_url, tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest_asyncio.fixture(loop_scope="session")
async def shop(sqlite_shop: Shop) -> Shop:
    """With the books as they are at the beginning."""
    await sqlite_shop.restore()
    return sqlite_shop


@pytest.fixture(params=["sqlite_shop", "postgresql_shop"])
def one_shop(request: pytest.FixtureRequest) -> Shop:
    return request.getfixturevalue(request.param)


@pytest_asyncio.fixture(loop_scope="session")
async def either_shop(one_shop: Shop) -> Shop:
    """Whoever asks for it is run with both databases."""
    await one_shop.restore()
    return one_shop


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shop_with_keys(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Shops:
    """It lets in whoever has one of its keys."""
    folder = tmp_path_factory.mktemp("keys")
    with sqlite.copy(folder) as url:
        async with opened(url, folder, REMIT_REQUIRE_KEYS="true") as shop:
            yield shop
