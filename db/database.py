"""The database handle: connections, transactions, and the only commit."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Dialect, Executable, Row, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from db import errors, postgresql, sqlite
from db.changes import Changes, OfThisProcess, announced
from db.notified import OfAllProcesses

T = TypeVar("T")

POOL_SIZE = 10

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


class Database:
    """SQLite or PostgreSQL. A replica, where there is one, answers queries but no mutation."""

    def __init__(
        self, url: str, *, read_url: str | None = None, pool_size: int = POOL_SIZE
    ) -> None:
        self.engine = _engine(url, pool_size)
        self._reader = _engine(read_url, pool_size) if read_url else self.engine
        self._writer = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        # SQLite lets one writer in at a time and makes the others poll; queueing here is fair.
        self._turn = asyncio.Lock()
        self._turns = WeakValueDictionary[str, asyncio.Lock]()
        self._raw = _raw(self.engine, pool_size)
        self._raw_reader = _raw(self._reader, pool_size) if read_url else self._raw
        self.changes: Changes = _changes(self._raw)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def has_replica(self) -> bool:
        return self._reader is not self.engine

    def connections(self) -> dict[str, Callable[[], int]]:
        """How many there may be, are in use, and are waited for, each as it is when asked."""
        rooms = {"statements": self._raw.room}
        if self.has_replica:
            rooms["replica"] = self._raw_reader.room
        reads: dict[str, Callable[[], int]] = {}
        for name, room in rooms.items():
            reads[f"{name}_max"] = lambda room=room: room.size
            reads[f"{name}_in_use"] = lambda room=room: room.in_use
            reads[f"{name}_waiting"] = lambda room=room: room.waiting
        pool: Any = self.engine.pool
        return {**reads, "transactions_max": pool.size, "transactions_in_use": pool.checkedout}

    @property
    def dialect(self) -> Dialect:
        """What statements for `fetch` are compiled for, with parameters by position."""
        return self.engine.dialect

    def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Coroutine[Any, Any, Sequence[Sequence[Any]]]:
        """Rows as a query sees them, as the driver makes them; possibly from a replica.

        `is_long` keeps a statement that may take its time off SQLite's event loop.
        """
        return self._raw_reader.fetch(text, args, is_long=is_long)

    def fetch_own(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Coroutine[Any, Any, Sequence[Sequence[Any]]]:
        """As `fetch`, from the primary: what this request has just written is among them."""
        return self._raw.fetch(text, args, is_long=is_long)

    async def write_alone(self, text: str, args: Sequence[Any], *, about: str) -> Sequence[Any]:
        """Run one statement of PostgreSQL that is its whole transaction.

        Those about the same object queue here, instead of outrunning each other at the server.
        """
        if not isinstance(self._raw, postgresql.Connections):
            raise TypeError("This is for PostgreSQL")
        async with self._turns.setdefault(about, asyncio.Lock()):
            return await self._raw.write(text, args)

    async def write_in_turn(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a transaction on SQLite off the event loop, when those before it have ended."""
        if not isinstance(self._raw, sqlite.Connections):
            raise TypeError("This is for SQLite")

        def whole(connection: sqlite3.Connection) -> T:
            # Commits, or rolls back on any error.
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                return work(connection)

        async with self._turn:
            return await self._raw.run(whole)

    async def read(self, statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        """Rows as a query sees them, possibly from a replica."""
        return await _fetch(self._reader, statement)

    async def read_own(self, statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        """Rows from the primary: what this request has just written is among them."""
        return await _fetch(self.engine, statement)

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[AsyncConnection]:
        """The primary's rows as they are at one moment, however long reading them takes."""
        engine = self.engine
        if not self.is_sqlite:
            engine = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with errors.told():
            async with engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def replica(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to where queries are answered from."""
        with errors.told():
            async with self._reader.connect() as connection:
                yield connection

    def moment(self) -> AbstractAsyncContextManager[postgresql.Moment | sqlite.Moment]:
        """A snapshot by the driver alone: one statement's rows piece by piece, with others."""
        return self._raw.moment()

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Commit on success, roll back on any error. What it has announced is told afterwards."""
        async with AsyncExitStack() as stack:
            stack.enter_context(errors.told())
            if self.is_sqlite:
                await stack.enter_async_context(self._turn)
            # Half-changed rows must not reach the database: its constraints would refuse them.
            session = AsyncSession(self._writer, expire_on_commit=False, autoflush=False)
            await stack.enter_async_context(session)
            await stack.enter_async_context(session.begin())
            yield session
        self.changes.tell(announced(session))

    async def close(self) -> None:
        await self.changes.close()
        for raw in {self._raw, self._raw_reader}:
            await raw.close()
        for engine in {self.engine, self._reader}:
            await engine.dispose()


async def _fetch(engine: AsyncEngine, statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
    with errors.told():
        async with engine.connect() as connection:
            return (await connection.execute(statement)).all()


def _engine(url: str, pool_size: int) -> AsyncEngine:
    parsed = make_url(url)
    parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            # SQLite makes the file, but not the folder it is to lie in.
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(parsed, pool_size=pool_size, hide_parameters=True)
        _configure_sqlite(engine)
        return engine
    engine = create_async_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=0,
        # What clients send must not be in the log.
        hide_parameters=True,
        connect_args={"async_creator_fn": postgresql.connect},
    )
    event.listen(engine.sync_engine, "checkout", _refuse_lost)
    return engine


def _raw(engine: AsyncEngine, pool_size: int) -> postgresql.Connections | sqlite.Connections:
    """The driver without SQLAlchemy, over the same database."""
    args, rest = engine.dialect.create_connect_args(engine.url)
    if engine.dialect.name == "sqlite":
        return sqlite.Connections(args, rest)
    return postgresql.Connections(rest, pool_size)


def _changes(raw: postgresql.Connections | sqlite.Connections) -> Changes:
    if isinstance(raw, sqlite.Connections):
        return OfThisProcess()
    return OfAllProcesses(raw.arguments)


def _refuse_lost(_connection: Any, record: Any, _proxy: object) -> None:
    """What was lost while it lay idle is replaced. Asking the server would be a round trip."""
    if record.driver_connection.is_closed():
        raise DisconnectionError


def _configure_sqlite(engine: AsyncEngine) -> None:
    """SQLite has no row locks, so a writer takes the whole file when it begins.

    The driver would otherwise begin only at the first write, after the reads
    that the write depends on.
    """

    def configure(connection: Any, _record: object) -> None:
        sqlite.configure(connection)

    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "begin", begin)
