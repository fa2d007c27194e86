"""How often a company may be asked, as QuickBooks allows it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from quickbooks.errors import Retryable

REQUESTS_A_SECOND = 10
# A little more than the second in which they may come: they do not all travel equally fast.
_WINDOW = 1_100_000_000


class Pace:
    """At most so many requests begin within a second, none while QuickBooks wants to be let alone.

    `clock` tells when that is over.
    """

    def __init__(
        self, clock: Callable[[], datetime], requests_a_second: int = REQUESTS_A_SECOND
    ) -> None:
        self._clock = clock
        self._begun: deque[int] = deque(maxlen=requests_a_second)
        self._turn = asyncio.Lock()
        self._held_until: datetime | None = None

    async def wait(self) -> None:
        """Until it is this request's turn; raises Retryable where that would take long."""
        async with self._turn:
            now = self._clock()
            if self._held_until is not None and self._held_until > now:
                raise Retryable("QuickBooks is throttling", pause=self._held_until - now)
            if len(self._begun) == self._begun.maxlen:
                free_in = self._begun[0] + _WINDOW - time.monotonic_ns()
                await asyncio.sleep(max(0, free_in / 1_000_000_000))
            self._begun.append(time.monotonic_ns())

    def hold(self, pause: timedelta) -> None:
        """QuickBooks is throttling: ask nothing for so long."""
        self._held_until = self._clock() + pause
