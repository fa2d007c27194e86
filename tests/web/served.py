"""A real server over a real database, at 10:05 in Toronto on March 10, 2026, and time passes."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import NOW
from tests.processes import Server, server

# How far the tests' clock is ahead of the real one, for whatever is to agree on the time.
AHEAD = NOW - datetime.now(UTC)


def served(database_url: str, folder: Path, **settings: str) -> AbstractContextManager[Server]:
    """Started, and killed at the end."""
    ahead = str(AHEAD.total_seconds())
    module = "tests.web.clocked_server"
    return server(database_url, folder, module=module, CLOCK_AHEAD_SECONDS=ahead, **settings)
