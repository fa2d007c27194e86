"""When people work: Monday to Friday, nine hours a day. Instants are milliseconds since 1970."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
_DAY = 24 * 60 * 60 * 1000
# In UTC, so that an instant's day is the same in every zone of North America.
_OPENING = 13 * 60 * 60 * 1000
WORKDAY = 9 * 60 * 60 * 1000
MINUTE = 60 * 1000


@lru_cache(maxsize=64)
def instant(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def day_of(milliseconds: int) -> date:
    return date.fromordinal(_EPOCH_DAY + milliseconds // _DAY)


class Workdays:
    """The working time from one day up to, but not including, another."""

    def __init__(self, first: date, end: date) -> None:
        numbers = range(first.toordinal() - _EPOCH_DAY, end.toordinal() - _EPOCH_DAY)
        # 1970 began on a Thursday.
        self._days = [number for number in numbers if (number + 3) % 7 < 5]
        self._places = {number: place for place, number in enumerate(self._days)}

    @property
    def duration(self) -> int:
        return len(self._days) * WORKDAY

    def at(self, worked: int) -> int | None:
        """The instant at which so much time has been worked; none once it is over."""
        place, rest = divmod(worked, WORKDAY)
        return self._days[place] * _DAY + _OPENING + rest if place < len(self._days) else None

    def later(self, milliseconds: int, worked: int) -> int | None:
        """The instant at which so much more has been worked."""
        number, rest = divmod(milliseconds, _DAY)
        return self.at(self._places[number] * WORKDAY + rest - _OPENING + worked)

    def on(self, day: date, worked: int) -> int | None:
        """So much into that day, or the next on which people work."""
        number = day.toordinal() - _EPOCH_DAY
        while number not in self._places:
            if number > self._days[-1]:
                return None
            number += 1
        return self.at(self._places[number] * WORKDAY + worked)
