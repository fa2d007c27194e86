"""What the database cannot do for the moment, told by one exception for every driver."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

import asyncpg  # pyright: ignore[reportMissingTypeStubs] - it comes with none
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_LOST = (
    "The database cannot be reached at the moment. Try again; repeat a mutation with its "
    "idempotency key, because it may have been carried out"
)
_BUSY = "The database is too busy at the moment. Nothing was done: try again"
_FULL = "The database has no room left on its disk. Nothing was done"

# Connections that end or cannot be made; a server that starts, stops or has become a replica; and
# one that is short of connections, memory or disk.
_POSTGRESQL: tuple[type[Exception], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InternalClientError,
)
_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _LOST,
    sqlite3.SQLITE_CANTOPEN: _LOST,
}


class Unavailable(ConnectionError):
    """It says in words for a client what is the matter; the driver's error is its cause."""

    def __init__(self, words: str = _LOST) -> None:
        super().__init__(words)


@contextmanager
def told() -> Generator[None]:
    """Raise what means that the database is unavailable as that, and the rest as it is."""
    try:
        yield
    except Exception as error:
        found = outage(error)
        if found is None:
            raise
        raise found from error


def outage(error: Exception) -> Unavailable | None:
    """What an error of a driver or of SQLAlchemy means for the client, if it is an outage."""
    if isinstance(error, Unavailable):
        return None
    if isinstance(error, DBAPIError):
        return _of_sqlalchemy(cast("Any", error))
    if isinstance(error, sqlite3.Error):
        # The lower byte is the kind, the rest its details. Python's own errors have none.
        words = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        return Unavailable(words) if words else None
    if isinstance(error, asyncpg.DiskFullError):
        return Unavailable(_FULL)
    if isinstance(error, asyncpg.TooManyConnectionsError | PoolTimeout):
        return Unavailable(_BUSY)
    return Unavailable() if isinstance(error, (*_POSTGRESQL, ConnectionError)) else None


def _of_sqlalchemy(error: Any) -> Unavailable | None:
    # It wraps the driver's errors, for PostgreSQL twice.
    for cause in (error.orig, getattr(error.orig, "__cause__", None)):
        found = outage(cause) if isinstance(cause, Exception) else None
        if found is not None:
            return found
    return Unavailable() if error.connection_invalidated else None
