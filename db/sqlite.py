"""SQLite without the ORM: short reads on the event loop, long ones and writes in a thread."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from time import monotonic_ns
from typing import Any, TypeVar

from db import errors
from db.room import Room

T = TypeVar("T")

_BUSY_TIMEOUT_MS = 15_000
_PREPARED_MAX = 512
# Threads that read; one more writes.
_THREADS = 4
# A read that holds up the event loop for longer is broken off, and begun again in a thread.
_SHORT_NS = 50_000_000
# How much SQLite works between two looks at the clock: a few milliseconds.
_STEPS = 50_000


def configure(connection: Any) -> None:
    """How every connection to the file behaves, the ORM's too."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class Connections:
    """The file, opened once for the event loop, once for writing, and for each reading thread."""

    def __init__(self, args: Sequence[Any], rest: Mapping[str, Any]) -> None:
        """The arguments are SQLAlchemy's for the same driver."""
        self._args = args
        self._rest = {**rest, "check_same_thread": False, "cached_statements": _PREPARED_MAX}
        self._threads = ThreadPoolExecutor(_THREADS + 1, "sqlite")
        self.room = Room(_THREADS)
        self._idle: list[_Reader] = []
        self._all: list[_Reader] = []
        self._on_loop: _Reader | None = None
        self._writer: sqlite3.Connection | None = None

    async def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Sequence[Any]:
        """Rows of the last committed state. A hop to a thread costs more than most reads."""
        if not is_long:
            try:
                return self._at_once(text, args)
            except sqlite3.OperationalError:
                # Too long, or locked; what is truly wrong is wrong in a thread as well.
                pass
        with errors.told():
            return await self._in_thread(text, args)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` on the writing connection, to its end even if nobody waits for it.

        In a thread, because it waits for the disk. The caller sees to it that it is the only one.
        """
        running = asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)
        try:
            with errors.told():
                return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    @asynccontextmanager
    async def moment(self) -> AsyncGenerator["Moment"]:
        """The file as it is when its first row is read, on a connection and in a thread of its own.

        Whoever reads for long must not take the turns of those who do not.
        """
        with errors.told(), ThreadPoolExecutor(1, "sqlite-moment") as thread:
            moment = Moment(_Reader(self._connect(), _BUSY_TIMEOUT_MS), thread)
            try:
                yield moment
            finally:
                moment.close()

    async def close(self) -> None:
        for reader in self._all:
            reader.stop()
        self._threads.shutdown()
        for reader in self._all:
            reader.close()
        if self._writer is not None:
            self._writer.close()

    def _at_once(self, text: str, args: Sequence[Any]) -> Sequence[Any]:
        if self._on_loop is None:
            # It does not wait for a lock: everybody else would wait with it.
            self._on_loop = self._open(busy_timeout_ms=0)
        return self._on_loop.rows(text, args, monotonic_ns() + _SHORT_NS)

    async def _in_thread(self, text: str, args: Sequence[Any]) -> Sequence[Any]:
        await self.room.acquire()
        try:
            reader = self._idle.pop() if self._idle else self._open()
        except BaseException:
            self.room.release()
            raise
        reader.resume()
        running = asyncio.get_running_loop().run_in_executor(self._threads, reader.rows, text, args)

        def give_back(done: asyncio.Future[Any]) -> None:
            # Looked at, so that nobody complains of an error that nobody waits for any more.
            done.exception()
            self._idle.append(reader)
            self.room.release()

        running.add_done_callback(give_back)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # Done, it may be lent to somebody else already.
            if not running.done():
                reader.stop()
            raise

    def _open(self, busy_timeout_ms: int = _BUSY_TIMEOUT_MS) -> "_Reader":
        reader = _Reader(self._connect(), busy_timeout_ms)
        self._all.append(reader)
        return reader

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(*self._args, **self._rest)
        configure(connection)
        return connection

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._writer is None:
            self._writer = self._connect()
        return work(self._writer)


class _Reader:
    """A connection that only reads, and breaks off when its time is over."""

    def __init__(self, connection: sqlite3.Connection, busy_timeout_ms: int) -> None:
        self._connection = connection
        self._is_stopped = False
        self._until: int | None = None
        connection.execute(f"PRAGMA busy_timeout = {busy_timeout_ms}")
        connection.execute("PRAGMA query_only = ON")
        connection.set_progress_handler(self._is_over, _STEPS)

    def rows(self, text: str, args: Sequence[Any], until: int | None = None) -> Sequence[Any]:
        self._until = until
        return self._connection.execute(text, args).fetchall()

    def begin(self, text: str, args: Sequence[Any]) -> sqlite3.Cursor:
        """Rows to be read bit by bit; until it is closed, all that it reads is of one moment."""
        self._connection.execute("BEGIN")
        return self._connection.execute(text, args)

    def stop(self) -> None:
        """From another thread, also before the reading has begun."""
        self._is_stopped = True

    def resume(self) -> None:
        self._is_stopped = False

    def close(self) -> None:
        self._connection.close()

    def _is_over(self) -> bool:
        return self._is_stopped or (self._until is not None and monotonic_ns() > self._until)


class Moment:
    """What a transaction sees that only reads, each step of it in the thread."""

    def __init__(self, reader: _Reader, thread: ThreadPoolExecutor) -> None:
        self._reader = reader
        self._thread = thread
        self._cursor: sqlite3.Cursor | None = None

    async def open(self, text: str, args: Sequence[Any]) -> None:
        """Begin the statement whose rows `more` answers."""
        self._cursor = await self._run(self._reader.begin, text, args)

    async def more(self, count: int) -> Sequence[Any]:
        return [] if self._cursor is None else await self._run(self._cursor.fetchmany, count)

    async def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Sequence[Any]:
        return await self._run(self._reader.rows, text, args)

    def close(self) -> None:
        # Or the file would stay open for as long as anybody, such as an error, knows of the cursor.
        if self._cursor is not None:
            self._cursor.close()
        self._reader.close()

    async def _run(self, function: Callable[..., T], *args: Any) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._thread, function, *args)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # It breaks off soon; the connection must not be closed under it.
            self._reader.stop()
            await asyncio.wait([running])
            running.exception()
            raise
