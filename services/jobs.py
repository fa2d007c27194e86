"""Doing jobs: what a handler is given, how it fails, and the loop that a worker is."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs, schedules
from db.database import Database
from db.errors import Unavailable
from db.jobs import Lease, LeaseLost
from domain.job import JobKind, backoff

LEASE = timedelta(seconds=30)
_BEATS_A_LEASE = 3
_LOOK_SECONDS = 0.5

_log = logging.getLogger(__name__)


class Later(Exception):
    """The job cannot be done now. `pause` is how long to wait at least, where that is known.

    Uncounted, it may happen any number of times without the job being given up.
    """

    def __init__(
        self, message: str, *, pause: timedelta | None = None, is_counted: bool = True
    ) -> None:
        super().__init__(message)
        self.message = message
        self.pause = pause
        self.is_counted = is_counted


@dataclass
class Task:
    """A job while it is done. What it writes, it writes by `transaction` and `finish`."""

    database: Database
    lease: Lease
    clock: Callable[[], datetime]
    lease_lasts: timedelta = LEASE
    is_finished: bool = False

    @property
    def organization_id(self) -> int:
        return self.lease.organization_id

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """Write something before the job is done. Raises LeaseLost, and nothing stays."""
        async with self.database.transaction() as session:
            yield session
            await session.flush()
            await jobs.keep(session, self.lease, lease_until=self.clock() + self.lease_lasts)

    @asynccontextmanager
    async def finish(self) -> AsyncGenerator[AsyncSession]:
        """Write the last of it, and that the job is done, in one transaction."""
        async with self.database.transaction() as session:
            yield session
            await session.flush()
            await jobs.complete(session, self.lease, now=self.clock())
        self.is_finished = True


class Handler(Protocol):
    """What does the jobs of one kind. It may run more than once for the same job, never at once."""

    async def do(self, task: Task) -> None:
        """Do the job. Raises Later where it is to be tried again; other errors count as that."""
        ...

    async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
        """Write what becomes of the job's object, in the transaction that buries the job."""
        ...


@dataclass
class Working:
    """Claims jobs and does them, several at a time, until it is told to stop.

    `every` is how often scheduled jobs of a kind are asked for.
    """

    database: Database
    handlers: Mapping[JobKind, Handler]
    clock: Callable[[], datetime]
    every: Mapping[JobKind, timedelta] = field(default_factory=dict[JobKind, timedelta])
    lease_lasts: timedelta = LEASE
    at_once: int = 4
    look_seconds: float = _LOOK_SECONDS

    def __post_init__(self) -> None:
        self._is_stopping = asyncio.Event()

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
            await self._ask_for_scheduled()
            if not await self._do_next():
                break
            done += 1
        return done

    async def _work(self) -> None:
        while not self._is_stopping.is_set():
            try:
                now = self.clock()
                if await jobs.is_any_due(self.database, now) or await schedules.is_any_due(
                    self.database, now
                ):
                    await self.do_due()
            except Unavailable as error:
                _log.warning("jobs wait for the database: %s", error)
            except Exception:  # noqa: BLE001 - whatever it was, the next look may go well
                _log.exception("looking for jobs failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_stopping.wait(), self.look_seconds)

    async def _ask_for_scheduled(self) -> None:
        now = self.clock()
        async with self.database.transaction() as session:
            due = await schedules.take_due(session, now=now)
            if due is None:
                return
            due.next_at = now + self.every[due.kind]
            await jobs.enqueue(
                session,
                organization_id=due.organization_id,
                kind=due.kind,
                key=due.key,
                lane=due.lane,
                now=now,
            )

    async def _do_next(self) -> bool:
        now = self.clock()
        owner = secrets.token_hex(16)
        lease = await jobs.claim(
            self.database, owner=owner, now=now, lease_until=now + self.lease_lasts
        )
        if lease is None:
            return False
        task = Task(self.database, lease, self.clock, self.lease_lasts)
        beating = asyncio.create_task(self._beat(task))
        try:
            await self._do(task)
        except LeaseLost:
            _log.warning("job %s %s was taken over", lease.kind, lease.key)
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
        return True

    async def _do(self, task: Task) -> None:
        handler = self.handlers[task.lease.kind]
        if task.lease.is_over:
            await self._bury(handler, task, "It was broken off each time")
            return
        try:
            await handler.do(task)
            if not task.is_finished:
                async with task.finish():
                    pass
        except LeaseLost:
            raise
        except Later as later:
            await self._postpone(handler, task, later)
        except Unavailable as error:
            await self._postpone(handler, task, Later(str(error), is_counted=False))
        except Exception:  # noqa: BLE001 - whatever it was, the job is tried again
            incident = secrets.token_hex(4)
            _log.exception(
                "job %s %s failed, incident %s", task.lease.kind, task.lease.key, incident
            )
            await self._postpone(handler, task, Later(f"Something went wrong here ({incident})"))

    async def _postpone(self, handler: Handler, task: Task, later: Later) -> None:
        if later.is_counted and task.lease.attempt >= task.lease.attempts_max:
            await self._bury(handler, task, later.message)
            return
        pause = backoff(task.lease.attempt, jitter_per_cent=secrets.randbelow(100))
        run_at = self.clock() + max(pause, later.pause or pause)
        async with self.database.transaction() as session:
            await jobs.postpone(
                session,
                task.lease,
                run_at=run_at,
                error=later.message,
                is_counted=later.is_counted,
            )

    async def _bury(self, handler: Handler, task: Task, message: str) -> None:
        async with self.database.transaction() as session:
            await handler.give_up(session, task, message)
            await session.flush()
            await jobs.bury(session, task.lease, error=message)

    async def _beat(self, task: Task) -> None:
        """Hold the job for as long as it is being done."""
        while True:
            await asyncio.sleep(task.lease_lasts.total_seconds() / _BEATS_A_LEASE)
            with suppress(LeaseLost, Unavailable):
                async with task.transaction():
                    pass
