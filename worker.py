"""The background process: does jobs until it is told to stop."""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import uvloop

from db import migrate
from db.database import Database
from domain.job import JobKind
from endpoints import logs
from quickbooks.handlers import handlers as handlers_of
from quickbooks.integration import QuickBooks
from quickbooks.vault import BadTokenKey, Vault
from services.jobs import LEASE, Handlers
from services.working import Working
from settings import Settings
from workers import STOP_SECONDS

# What makes the handlers, and ends what they stand on.
MakeHandlers = Callable[[Settings, Database], AbstractAsyncContextManager[Handlers]]

_log = logging.getLogger(__name__)


@asynccontextmanager
async def handlers(settings: Settings, database: Database) -> AsyncGenerator[Handlers]:
    """What does the jobs. Without an app at Intuit there is nothing, and they wait."""
    app = quickbooks(settings)
    if app is None:
        yield {}
        return
    try:
        yield handlers_of(app.companies(database, _now))
    finally:
        await app.close()


def quickbooks(settings: Settings) -> QuickBooks | None:
    """The app at Intuit, if there is one."""
    options = settings.quickbooks()
    if options is None:
        return None
    if not options.client_secret:
        sys.exit("REMIT_QUICKBOOKS_CLIENT_ID is set: set REMIT_QUICKBOOKS_CLIENT_SECRET as well")
    try:
        return QuickBooks(options, Vault(settings.token_keys()))
    except BadTokenKey as bad:
        sys.exit(f"REMIT_TOKEN_KEY cannot be used. {bad}")


def every(settings: Settings) -> Mapping[JobKind, timedelta]:
    """How often scheduled jobs of a kind are asked for."""
    options = settings.quickbooks()
    return {} if options is None else {JobKind.PULL_CHANGES: options.poll_every}


@asynccontextmanager
async def made(
    settings: Settings,
    database: Database,
    clock: Callable[[], datetime],
    make: MakeHandlers = handlers,
    lease_lasts: timedelta = LEASE,
) -> AsyncGenerator[Working]:
    """A worker that has not begun, for as long as what its handlers stand on is there."""
    async with make(settings, database) as found:
        yield Working(database, found, clock, every(settings), lease_lasts)


async def work(settings: Settings, make: MakeHandlers, lease_lasts: timedelta) -> None:
    """Work until a signal comes. Refuses a database that is not migrated."""
    logs.configure(settings.log_format, settings.log_level)
    database = Database(settings.primary_url, pool_size=settings.pool_size)
    try:
        if not await migrate.is_current(database):
            sys.exit("The database is not up to date. Run: remit migrate")
        async with made(settings, database, _now, make, lease_lasts) as working:
            _stop_by_signal(working)
            _log.info("does jobs: %s", ", ".join(sorted(working.handlers)) or "none are known")
            await working.run()
    finally:
        await database.close()
    _log.info("has stopped")


def _stop_by_signal(working: Working) -> None:
    def stop() -> None:
        working.stop()
        # What is not done by then is taken over by whoever comes, as after a crash.
        last = threading.Timer(STOP_SECONDS, os._exit, [1])
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)


def _now() -> datetime:
    return datetime.now(UTC)


def main(make: MakeHandlers = handlers, lease_lasts: timedelta = LEASE) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(Settings(), make, lease_lasts))


if __name__ == "__main__":
    main()
