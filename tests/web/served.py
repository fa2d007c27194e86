"""A real server over a real database, at 10:05 in Toronto on March 10, 2026, and time passes."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import NOW
from tests.processes import Server

# How far the tests' clock is ahead of the real one, for whatever is to agree on the time.
AHEAD = NOW - datetime.now(UTC)


class ClockedServer(Server):
    """Its clock is that of the tests."""

    module = "tests.web.clocked_server"


@contextmanager
def served(database_url: str, folder: Path, **settings: str) -> Generator[Server]:
    """Started, and killed at the end."""
    seconds = str(AHEAD.total_seconds())
    server = ClockedServer(database_url, folder, CLOCK_AHEAD_SECONDS=seconds, **settings)
    server.start()
    try:
        yield server
    finally:
        server.kill()
