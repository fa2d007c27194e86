"""A worker: claims jobs, does them, and asks for what is scheduled, until it is told to stop."""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db import jobs, schedules
from db.database import Database
from db.errors import Unavailable
from db.jobs import Lease
from domain.job import JobKind
from services.jobs import LEASE, End, Handlers, Task, carry_out, wait

_log = logging.getLogger(__name__)


@dataclass
class Working:
    """Does the jobs that it has handlers for, several at a time; the others wait.

    `every` is how often scheduled jobs of a kind are asked for.
    """

    database: Database
    handlers: Handlers
    clock: Callable[[], datetime]
    every: Mapping[JobKind, timedelta] = field(default_factory=dict[JobKind, timedelta])
    lease_lasts: timedelta = LEASE
    at_once: int = 4
    look_seconds: float = 0.5
    # How the attempts of each kind have ended.
    ends: Counter[tuple[JobKind, End]] = field(default_factory=Counter[tuple[JobKind, End]])

    def __post_init__(self) -> None:
        self._is_stopping = asyncio.Event()
        self._looking = asyncio.Lock()

    async def run(self) -> None:
        """Until `stop`; jobs that run are finished first."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self.at_once):
                group.create_task(self._work())

    def stop(self) -> None:
        self._is_stopping.set()

    async def do_due(self) -> int:
        """Do what is due now and what becomes due by it; answers how many jobs were done."""
        done = 0
        while not self._is_stopping.is_set():
            lease = await self._look()
            if lease is None:
                break
            await self._carry_out(lease)
            done += 1
        return done

    async def _work(self) -> None:
        while True:
            # One at a time: the others would only look at the same.
            async with self._looking:
                lease = await self._awaited()
            if lease is None:
                return
            try:
                await self._carry_out(lease)
            except Unavailable as error:
                _log.warning("job %s %s waits for the database: %s", lease.kind, lease.key, error)
            except Exception:  # noqa: BLE001 - somebody takes it over when the lease is over
                _log.exception("job %s %s was broken off", lease.kind, lease.key)

    async def _awaited(self) -> Lease | None:
        """The next job; None when it is time to stop."""
        while not self._is_stopping.is_set():
            try:
                lease = await self._look()
            except Unavailable as error:
                _log.warning("jobs wait for the database: %s", error)
            except Exception:  # noqa: BLE001 - whatever it was, the next look may go well
                _log.exception("looking for jobs failed")
            else:
                if lease is not None:
                    return lease
            await wait(self._is_stopping, self.look_seconds)
        return None

    async def _look(self) -> Lease | None:
        now = self.clock()
        kinds = self.every.keys() & self.handlers.keys()
        while await schedules.is_any_due(self.database, now, kinds):
            if not await self._ask_for_scheduled(now):
                break
        return await jobs.claim(
            self.database,
            owner=secrets.token_hex(16),
            now=now,
            lease_until=now + self.lease_lasts,
            kinds=self.handlers.keys(),
        )

    async def _ask_for_scheduled(self, now: datetime) -> bool:
        """Whether there was something: others may have been faster."""
        kinds = self.every.keys() & self.handlers.keys()
        async with self.database.transaction() as session:
            due = await schedules.take_due(session, now=now, kinds=kinds)
            if due is None:
                return False
            due.next_at = now + self.every[due.kind]
            await jobs.enqueue(
                session,
                organization_id=due.organization_id,
                kind=due.kind,
                key=due.key,
                lane=due.lane,
                now=now,
            )
        return True

    async def _carry_out(self, lease: Lease) -> None:
        began = asyncio.get_running_loop().time()
        task = Task(self.database, lease, self.clock, self.lease_lasts)
        end = await carry_out(self.handlers[lease.kind], task)
        self.ends[lease.kind, end] += 1
        seconds = asyncio.get_running_loop().time() - began
        _log.info("job %s %s %s in %.3f s", lease.kind, lease.key, end, seconds)


@asynccontextmanager
async def working_meanwhile(working: Working) -> AsyncGenerator[None]:
    """Let it work for as long as this lasts; what runs then is finished."""
    running = asyncio.create_task(working.run())
    try:
        yield
    finally:
        working.stop()
        await running
