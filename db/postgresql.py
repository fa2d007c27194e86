"""PostgreSQL without the ORM: a statement is one round trip, and prepared once a connection."""

from collections import OrderedDict
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg  # pyright: ignore[reportMissingTypeStubs] - it comes with none

from db.errors import Unavailable, outage, told
from db.room import Room

# It says nothing of its types.
_driver: Any = asyncpg

# What each connection keeps prepared, and how long a statement may be to be kept.
_PREPARED_MAX = 256
_PREPARED_LENGTH_MAX = 100_000
# A request must be told before its own time is over.
_CONNECT_SECONDS = 5

# How long the server may take to let go of a connection.
_CLOSE_SECONDS = 5

# The server says that it ends the connection, just before it does; the last of these is what the
# driver makes of that when it was not asking for anything.
_ENDED = (
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.IdleSessionTimeoutError,
    asyncpg.InternalClientError,
)

# For those that write: a constraint, or another transaction, has undone the statement.
REFUSED = (
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
DivisionByZero = asyncpg.DivisionByZeroError


async def connect(**arguments: Any) -> Any:
    """A connection of the driver. Raises Unavailable where there is nobody to connect to."""
    try:
        return await _driver.connect(**{"timeout": _CONNECT_SECONDS, **arguments})
    except (OSError, asyncpg.PostgresError) as error:
        found = Unavailable() if isinstance(error, OSError) else outage(error)
        if found is None:
            raise
        raise found from error


class Connections:
    """Lends each connection to one statement at a time, in autocommit; whoever waits has a turn.

    The driver's own pool wraps what it lends: 37 µs more for a statement that takes 40.
    """

    def __init__(self, arguments: Mapping[str, Any], size: int) -> None:
        """`arguments` are SQLAlchemy's for the same driver."""
        self.arguments = _arguments(arguments)
        self.room = Room(size)
        self._idle: list[Any] = []
        self._is_closed = False

    async def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Sequence[Any]:
        """Rows of a query. It changes nothing, so it is asked anew when its connection was lost."""
        async with self.room:
            connection = self._take() or await self._connect()
            try:
                return await self._run(connection, text, args)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                if not connection.is_closed():
                    raise
            # A new one: where one was lost, the idle ones may be lost as well.
            return await self._run(await self._connect(), text, args)

    async def write(self, text: str, args: Sequence[Any]) -> Sequence[Any]:
        """Rows of a statement that changes something; sent once, whatever happens."""
        async with self.room:
            return await self._run(self._take() or await self._connect(), text, args)

    @asynccontextmanager
    async def moment(self) -> AsyncGenerator["Moment"]:
        """The rows as they are when the first is read, on a connection of its own.

        Whoever reads for long must not take the turns of those who do not.
        """
        driver = await connect(**self.arguments)
        try:
            with told():
                yield Moment(driver)
        finally:
            # The transaction ends with it. A statement that is still at work is cancelled first.
            await driver.close(timeout=_CLOSE_SECONDS)

    async def close(self) -> None:
        """Close what is idle; what is lent is closed when it comes back."""
        self._is_closed = True
        while connection := self._take():
            await connection.close()

    def _take(self) -> Any:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None

    async def _connect(self) -> Any:
        if self._is_closed:
            raise asyncpg.InterfaceError("The database handle is closed")
        return _Connection(await connect(**self.arguments))

    async def _run(self, connection: Any, text: str, args: Sequence[Any]) -> Sequence[Any]:
        try:
            rows = await connection.fetch(text, args)
        except _ENDED as error:
            connection.terminate()
            raise Unavailable from error
        except BaseException as error:
            # Last in line: after a cancellation the server may still be busy with the statement,
            # and the driver makes the next one wait until it has let go.
            self._give_back(connection, 0)
            if isinstance(error, Exception):
                found = Unavailable() if connection.is_closed() else outage(error)
                if found is not None:
                    raise found from error
            raise
        self._give_back(connection, len(self._idle))
        return rows

    def _give_back(self, connection: Any, place: int) -> None:
        if self._is_closed:
            connection.terminate()
        elif not connection.is_closed():
            self._idle.insert(place, connection)


class _Connection:
    """A connection with what it has prepared, the statements used longest ago given up first.

    The driver finds its own prepared statements too, but takes 20 µs longer to.
    """

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._prepared: OrderedDict[str, Any] = OrderedDict()
        self.is_closed = driver.is_closed
        self.close = driver.close
        self.terminate = driver.terminate

    async def fetch(self, text: str, args: Sequence[Any]) -> Sequence[Any]:
        prepared = self._prepared.get(text)
        if prepared is None:
            prepared = await self._prepare(text)
        else:
            self._prepared.move_to_end(text)
        try:
            return await prepared.fetch(*args)
        except asyncpg.InvalidCachedStatementError:
            # A migration has changed what it stands on; in autocommit it has done nothing yet.
            del self._prepared[text]
            return await (await self._prepare(text)).fetch(*args)

    async def _prepare(self, text: str) -> Any:
        prepared = await self._driver.prepare(text)
        self._prepared[text] = prepared
        if len(self._prepared) > _PREPARED_MAX:
            self._prepared.popitem(last=False)
        return prepared


class Moment:
    """What a transaction sees that only reads."""

    def __init__(self, driver: Any) -> None:
        self._connection = _Connection(driver)
        self._driver = driver
        self._cursor: Any = None

    async def open(self, text: str, args: Sequence[Any]) -> None:
        """Begin the statement whose rows `more` answers."""
        await self._driver.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._cursor = await (await self._driver.prepare(text)).cursor(*args)

    async def more(self, count: int) -> Sequence[Any]:
        return [] if self._cursor is None else await self._cursor.fetch(count)

    async def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Sequence[Any]:
        return await self._connection.fetch(text, args)


def _arguments(sqlalchemys: Mapping[str, Any]) -> dict[str, Any]:
    """As the driver takes them; poolers that know no prepared statements are told by the URL."""
    arguments = dict(sqlalchemys)
    prepared = arguments.pop("prepared_statement_cache_size", _PREPARED_MAX)
    for name in ("async_fallback", "prepared_statement_name_func"):
        arguments.pop(name, None)
    return {
        "statement_cache_size": int(prepared),
        "max_cacheable_statement_size": _PREPARED_LENGTH_MAX,
        # They stay for good: preparing again costs a round trip.
        "max_cached_statement_lifetime": 0,
        **arguments,
    }
