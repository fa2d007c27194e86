"""Jobs asked for, claimed and done by hand, over a clock that is turned by hand."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs, schedules
from db.database import Database
from db.jobs import Lease
from db.tables import Job, Schedule
from domain.job import JobKind, JobState
from services.jobs import Task
from tests.client import Clock
from tests.conftest import NOW
from tests.organizations import made_within

PUSH, PULL, REVOKE = JobKind.PUSH_INVOICE, JobKind.PULL_CHANGES, JobKind.REVOKE_TOKENS
LEASE = timedelta(seconds=30)
# Longer than any pause between attempts.
LONG = timedelta(minutes=16)


@dataclass
class Queue:
    """The jobs of a database with the organizations 1 and 2."""

    database: Database
    # Whatever tells the time, as a test needs it.
    clock: Any = field(default_factory=Clock)
    _owners: "count[int]" = field(default_factory=count)

    async def ask(self, key: str, **rest: Any) -> None:
        async with self.database.transaction() as session:
            await self.ask_in(session, key, **rest)

    async def ask_in(
        self,
        session: AsyncSession,
        key: str,
        *,
        kind: JobKind = PUSH,
        lane: str = "lane",
        payload: str = "{}",
        now: datetime | None = None,
        organization_id: int = 1,
    ) -> None:
        await jobs.enqueue(
            session,
            organization_id=organization_id,
            kind=kind,
            key=key,
            lane=lane,
            payload=payload,
            now=now or self.clock.now,
        )

    async def claim(self, kinds: Collection[JobKind] = tuple(JobKind)) -> Lease | None:
        """What is most urgent, for half a minute."""
        return await jobs.claim(
            self.database,
            owner=f"worker {next(self._owners)}",
            now=self.clock.now,
            lease_until=self.clock.now + LEASE,
            kinds=kinds,
        )

    async def get(self, kinds: Collection[JobKind] = tuple(JobKind)) -> Lease:
        """As `claim`, where there must be something."""
        lease = await self.claim(kinds)
        assert lease is not None, "there was nothing to claim"
        return lease

    def task(self, lease: Lease) -> Task:
        return Task(self.database, lease, self.clock, LEASE)

    async def complete(self, lease: Lease) -> None:
        async with self.task(lease).finish():
            pass

    async def postpone(self, lease: Lease, *, seconds: int = 60, is_counted: bool = True) -> None:
        run_at = self.clock.now + timedelta(seconds=seconds)
        async with self.database.transaction() as session:
            await jobs.postpone(
                session, lease, run_at=run_at, error="No answer", is_counted=is_counted
            )

    async def bury(self, lease: Lease) -> None:
        async with self.database.transaction() as session:
            await jobs.bury(session, lease, error="Given up")

    def wait(self, time: timedelta) -> None:
        self.clock.now += time

    async def rows(self) -> list[Job]:
        async with self.database.transaction() as session:
            return list((await session.exec(select(Job).order_by(col(Job.key)))).all())

    async def row(self) -> Job:
        """The only one."""
        (found,) = await self.rows()
        return found

    async def until(self, found: Callable[[list[Job]], bool]) -> None:
        """Look at the rows until they are so."""
        async with asyncio.timeout(30):
            while not found(await self.rows()):  # noqa: ASYNC110 - other processes tell nobody
                await asyncio.sleep(0.01)

    async def states(self) -> dict[str, JobState]:
        return {job.key: job.state for job in await self.rows()}


async def opened(database: Database) -> Queue:
    async with database.transaction() as session:
        for organization_id in (1, 2):
            await made_within(session, organization_id)
    return Queue(database)


async def write(session: AsyncSession, what: str) -> None:
    """Something that a job may write: a schedule does as well as anything."""
    await schedules.add(
        session, organization_id=1, kind=REVOKE, key=what, lane="written", next_at=NOW + 999 * LONG
    )


async def written(database: Database) -> set[str]:
    found = await database.read_own(
        select(col(Schedule.key)).where(col(Schedule.lane) == "written")
    )
    return {key for (key,) in found}
