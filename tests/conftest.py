"""What every test may stand on: a database of its own, and a day that does not pass."""

import gc
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest

from db.database import Database
from tests.databases import PostgreSQL, SQLite, own_server
from tests.depth import PROFILE
from tests.kept import share_documents, share_statements

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)

hypothesis.settings.register_profile("quick", deadline=None, max_examples=25)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=500)
hypothesis.settings.load_profile(PROFILE)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than there are processors: a third of the time went by waiting for servers."""
    return (yield) + 1


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays anyway: a quarter of all the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str) -> Generator[PostgreSQL]:
    """The server of DATABASE_URL where that names one."""
    url = os.environ.get("DATABASE_URL", "")
    with ExitStack() as stack:
        if url.startswith("postgres"):
            server = PostgreSQL(url)
        else:
            url = stack.enter_context(own_server(testrun_uid))
            # Copying files is fast where nothing needs to reach the disk.
            server = PostgreSQL(url, strategy="FILE_COPY")
        yield server
        server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> SQLite | PostgreSQL:
    """Whoever asks for it is run with both."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def database_url(databases: SQLite | PostgreSQL, tmp_path: Path) -> Generator[str]:
    """A migrated database without rows."""
    with databases.copy(tmp_path) as url:
        yield url


@pytest.fixture
def empty_database_url(databases: SQLite | PostgreSQL, tmp_path: Path) -> Generator[str]:
    """A database without tables."""
    with databases.empty(tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session", autouse=True)
def kept() -> Generator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        share_statements(monkeypatch)
        share_documents(monkeypatch)
        yield
