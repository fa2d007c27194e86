"""The web process on the day that the tests are about; time passes from there."""

import os
from datetime import UTC, datetime, timedelta

import server

_AHEAD = timedelta(seconds=float(os.environ["CLOCK_AHEAD_SECONDS"]))


def _now() -> datetime:
    return datetime.now(UTC) + _AHEAD


server.now = _now

if __name__ == "__main__":
    server.main()
