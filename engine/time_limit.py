"""How long something may take: one timer watches over all who are at it."""

import asyncio
from collections.abc import Awaitable
from time import monotonic_ns
from typing import TypeVar

T = TypeVar("T")


class TooLong(Exception):
    """It was stopped. `seconds` is how long it may take."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"More than {seconds:g} seconds")
        self.seconds = seconds


class TimeLimit:
    """The same limit for many tasks of one event loop, each under it once at a time.

    A timer of its own for each, as `asyncio.timeout` has it, costs a small request a twentieth
    of its time. All have equally long, so whoever came first is over first.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._nanoseconds = int(seconds * 1e9)
        self._until: dict[asyncio.Task[object], int] = {}
        self._stopped = set[asyncio.Task[object]]()
        self._is_watching = False

    async def within(self, work: Awaitable[T]) -> T:
        """What `work` comes to. Raises TooLong when it is cancelled for taking longer."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        self._until[task] = monotonic_ns() + self._nanoseconds
        if not self._is_watching:
            self._watch(task.get_loop())
        try:
            return await work
        except BaseException:
            if task not in self._stopped:
                raise
            # Whatever the work has made of it, unless somebody else cancels the task as well.
            if task.uncancel():
                raise
            raise TooLong(self._seconds) from None
        finally:
            del self._until[task]
            self._stopped.discard(task)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Stop those who are over, and come back when the next one is."""
        now = monotonic_ns()
        self._is_watching = False
        for task, until in self._until.items():
            if task in self._stopped:
                continue
            if until > now:
                self._is_watching = True
                loop.call_later((until - now) / 1e9, self._watch, loop)
                return
            self._stopped.add(task)
            task.cancel()
