"""How often a company may be asked, as QuickBooks allows it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from quickbooks.errors import Retryable

_REQUESTS = 10
# A little more than the second in which ten may come: they do not all travel equally fast.
_WINDOW = 1_100_000_000


class Pace:
    """At most ten requests begin within a second, and none while QuickBooks wants to be let alone.

    `clock` tells when that is over.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._begun: deque[int] = deque(maxlen=_REQUESTS)
        self._turn = asyncio.Lock()
        self._held_until: datetime | None = None

    async def wait(self) -> None:
        """Until it is this request's turn; raises Retryable where that would take long."""
        async with self._turn:
            now = self._clock()
            if self._held_until is not None and self._held_until > now:
                raise Retryable("QuickBooks is throttling", pause=self._held_until - now)
            if len(self._begun) == _REQUESTS:
                free_in = self._begun[0] + _WINDOW - time.monotonic_ns()
                await asyncio.sleep(max(0, free_in / 1_000_000_000))
            self._begun.append(time.monotonic_ns())

    def hold(self, pause: timedelta) -> None:
        """QuickBooks is throttling: ask nothing for so long."""
        self._held_until = self._clock() + pause
