"""Doing a job: what its handler is given, how it fails, and how it is held meanwhile."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs
from db.database import Database
from db.errors import Unavailable
from db.jobs import Lease, LeaseLost, WantedAgain
from domain.job import JobKind, backoff

LEASE = timedelta(seconds=30)
_BEATS_A_LEASE = 3
# What takes longer hangs: it is left to another worker, which counts as an attempt.
LONGEST = timedelta(hours=1)

_BROKEN_OFF = "It was broken off each time"

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


Handlers = Mapping[JobKind, Handler]


class End(StrEnum):
    """How an attempt ended."""

    FINISHED = "finished"
    RETRIED = "retried"
    BURIED = "buried"
    # Another worker has taken the job over: nothing was written.
    LOST = "lost"


async def carry_out(handler: Handler, task: Task, *, longest: timedelta = LONGEST) -> End:
    """Do a job that was claimed, and hold it meanwhile."""
    done = asyncio.Event()
    beating = asyncio.create_task(_beat(task, done, longest))
    try:
        return await _attempt(handler, task)
    except LeaseLost:
        _log.warning("job %s %s was taken over", task.lease.kind, task.lease.key)
        return End.LOST
    finally:
        # Told to end, and not cancelled: SQLite's driver would be left with a thread that stays.
        done.set()
        await beating


async def wait(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event has come, after so long at most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()


async def _attempt(handler: Handler, task: Task) -> End:
    if task.lease.is_over:
        return await _bury(handler, task, _BROKEN_OFF)
    try:
        await handler.do(task)
        if not task.is_finished:
            async with task.finish():
                pass
    except LeaseLost:
        raise
    except Later as later:
        return await _postpone(handler, task, later)
    except Unavailable as error:
        return await _postpone(handler, task, Later(str(error), is_counted=False))
    except Exception:  # noqa: BLE001 - whatever it was, the job is tried again
        return await _postpone(handler, task, Later(_told(task)))
    return End.FINISHED


async def _postpone(handler: Handler, task: Task, later: Later) -> End:
    if task.is_finished:
        # What went wrong after that changes nothing.
        return End.FINISHED
    if later.is_counted and task.lease.attempt >= task.lease.attempts_max:
        return await _bury(handler, task, later.message)
    pause = backoff(task.lease.attempt, jitter_per_cent=secrets.randbelow(100))
    async with task.database.transaction() as session:
        await jobs.postpone(
            session,
            task.lease,
            run_at=task.clock() + max(pause, later.pause or pause),
            error=later.message,
            is_counted=later.is_counted,
        )
    return End.RETRIED


async def _bury(handler: Handler, task: Task, message: str) -> End:
    try:
        async with task.database.transaction() as session:
            await handler.give_up(session, task, message)
            await session.flush()
            await jobs.bury(session, task.lease, error=message)
    except WantedAgain:
        # Whoever asked is not to be told of a failure that is being seen to.
        async with task.finish():
            return End.RETRIED
    except (LeaseLost, Unavailable):
        raise
    except Exception:  # noqa: BLE001 - or the job would come back for ever
        message = f"{message}. {_told(task)}"
        async with task.database.transaction() as session:
            await jobs.bury(session, task.lease, error=message)
    return End.BURIED


def _told(task: Task) -> str:
    """Log the error that is being handled; answers what may be shown of it."""
    incident = secrets.token_hex(4)
    _log.exception("job %s %s failed, incident %s", task.lease.kind, task.lease.key, incident)
    return f"Something went wrong here ({incident})"


async def _beat(task: Task, done: asyncio.Event, longest: timedelta) -> None:
    """Hold the job for as long as it is being done."""
    seconds = task.lease_lasts.total_seconds() / _BEATS_A_LEASE
    until = asyncio.get_running_loop().time() + longest.total_seconds()
    while not await wait(done, seconds) and asyncio.get_running_loop().time() < until:
        try:
            async with task.transaction():
                pass
        except LeaseLost:
            # Whatever it still does, it writes nothing.
            return
        except Exception as error:  # noqa: BLE001 - the next beat may go well
            _log.warning("job %s %s is not held: %s", task.lease.kind, task.lease.key, error)
