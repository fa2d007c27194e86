"""The simulator's own time, which tests may move, and how QuickBooks writes it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
PACIFIC = ZoneInfo("America/Los_Angeles")


class MovableClock:
    """Stands still at `start`, or goes with the real time where none is given."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._moved = timedelta()

    def __call__(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._moved

    def advance(self, by: timedelta) -> None:
        self._moved += by

    def move_to(self, moment: datetime) -> None:
        self._moved += moment - self()


def stamp(moment: datetime) -> str:
    """Whole seconds with Pacific offset, as in MetaData."""
    return moment.astimezone(PACIFIC).isoformat(timespec="seconds")


def fine_stamp(moment: datetime) -> str:
    """Milliseconds with Pacific offset, as in an answer's `time`."""
    return moment.astimezone(PACIFIC).isoformat(timespec="milliseconds")


def moment_of(text: str) -> datetime:
    """Without an offset it is Pacific time. ValueError where it is no time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=PACIFIC)


def today(clock: Clock) -> date:
    """The company's day; every simulated company lives at the Pacific."""
    return clock().astimezone(PACIFIC).date()
