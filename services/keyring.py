"""The keys that were good a moment ago, so that a request need not ask the database for its own."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from time import monotonic_ns
from typing import NamedTuple
from weakref import WeakValueDictionary

from db import api_keys
from db.database import Database
from services import keys
from services.keys import Holder
from services.viewer import Viewer

# So long a key may be used after it was revoked.
KNOWN_SECONDS = 15
# How often it is kept which keys were used, in one transaction for all.
NOTED_SECONDS = 60
KNOWN_MAX = 10_000

_NANOSECONDS = 1_000_000_000

_log = logging.getLogger(__name__)


class _Known(NamedTuple):
    holder: Holder
    # By the clock that never goes back, in nanoseconds.
    until: int


class Keyring:
    """Finds who has a key. What it knows is found by the key's digest: no key stays in memory."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], int] = monotonic_ns,
        noted_seconds: float = NOTED_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._noted_seconds = noted_seconds
        self._known: dict[bytes, _Known] = {}
        self._used: dict[tuple[int, str], datetime] = {}
        self._turns = WeakValueDictionary[bytes, asyncio.Lock]()

    def known(self, text: str, now: datetime) -> Viewer | None:
        """Who has the key, if it was found a moment ago. Nothing else is in a request's way."""
        known = self._known.get(_digest(text))
        if known is None or known.until <= self._clock():
            return None
        return self._noted(known.holder, now)

    async def find(self, text: str, now: datetime) -> Viewer | None:
        """Who has the key; nobody where it is not good."""
        digest = _digest(text)
        # Hundreds of boards that watch with one key look for it at the same moment.
        async with self._turns.setdefault(digest, asyncio.Lock()):
            return self.known(text, now) or await self._find(digest, text, now)

    async def _find(self, digest: bytes, text: str, now: datetime) -> Viewer | None:
        # As of the asking: a key that is revoked meanwhile is not known for any longer.
        until = self._clock() + KNOWN_SECONDS * _NANOSECONDS
        holder = await keys.authenticate(self._database, text)
        self._known.pop(digest, None)
        if holder is None:
            return None
        if len(self._known) >= KNOWN_MAX:
            # Whoever was found first is over first.
            del self._known[next(iter(self._known))]
        self._known[digest] = _Known(holder, until)
        return self._noted(holder, now)

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Keep which keys were used: now and then, and at the end."""
        noting = asyncio.create_task(self._note_now_and_then())
        try:
            yield
        finally:
            noting.cancel()
            with suppress(asyncio.CancelledError):
                await noting
            await self.note()

    async def note(self) -> None:
        """Write down when each key was used last. Where that fails, it is tried the next time."""
        used, self._used = self._used, {}
        if not used:
            return
        try:
            async with self._database.transaction() as session:
                await api_keys.note_used(session, used.items())
        except Exception:  # noqa: BLE001 - a server without its database still stops in good order
            _log.exception("it could not be kept when keys were used")
            self._used = {**used, **self._used}
        except asyncio.CancelledError:
            self._used = {**used, **self._used}
            raise

    async def _note_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._noted_seconds)
            await self.note()

    def _noted(self, holder: Holder, now: datetime) -> Viewer:
        self._used[holder.organization_id, holder.key_id] = now
        return holder.viewer


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
