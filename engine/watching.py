"""What a client that watches is sent: an answer for all that happens, while it may see it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from contextlib import suppress
from typing import Any

from engine.statuses import Outcome
from engine.streams import Happened, Stream

# Proxies give up what is silent for longer, and so long a revoked key is told nothing more.
QUIET_SECONDS = 12
_SHARED_MAX = 64

# As JSON.
Told = tuple[Outcome, bytes]


class Watching:
    """One subscription of one client."""

    def __init__(
        self,
        stream: Stream,
        context: Callable[[], Awaitable[object]],
        answer: Callable[[Happened, object], Awaitable[Told]],
        closed: Callable[[], None],
    ) -> None:
        self._stream = stream
        self._context = context
        self._answer = answer
        self._closed = closed
        self._is_closed = False

    async def next(self) -> bytes:
        """The next answer; nothing where nothing has happened for a while.

        Raises Refused where whoever asks may see no more, and ConnectionError, in words, where
        something may have been missed: then it has to be subscribed and read again.
        """
        happened: Happened | None = None
        with suppress(TimeoutError):
            async with asyncio.timeout(QUIET_SECONDS):
                happened = await self._stream.next()
        context = await self._context()
        return b"" if happened is None else await self._told(happened, context)

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._stream.close()
            self._closed()

    async def _told(self, happened: Happened, context: object) -> bytes:
        outcome, body = await self._answer(happened, context)
        if outcome is Outcome.UNAVAILABLE:
            raise ConnectionError("A change could not be read: subscribe, and read again")
        return body


class Shared:
    """Work that several want done at the same time, done once."""

    def __init__(self) -> None:
        self._kept = OrderedDict[Hashable, asyncio.Task[Any]]()

    async def once(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Told]]) -> Told:
        """What the work comes to. Whoever gives up waiting does not stop it."""
        task = self._kept.get(key)
        if task is None:
            task = self._kept[key] = asyncio.create_task(work())
            if len(self._kept) > _SHARED_MAX:
                self._kept.popitem(last=False)
        return await asyncio.shield(task)
