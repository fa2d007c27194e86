"""Jobs: asked for in the transaction that causes them, claimed by a worker, done once.

A worker holds a job by a lease. All that it writes, it writes in transactions that end by looking
whether the lease is still its own: who has lost it writes nothing. The job's row is the last that
any transaction locks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids
from db.database import Database
from db.tables import Job
from domain.job import RANKS, JobKind, JobState


class LeaseLost(Exception):
    """Another worker has taken the job over; nothing of this transaction may stay."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job as it was claimed. Each claim has an owner of its own, which is what is looked at."""

    organization_id: int
    id: str
    kind: JobKind
    key: str
    payload: str
    owner: str
    attempt: int
    attempts_max: int
    # The attempts are used up: a worker died in the last. It is only to be buried.
    is_over: bool


async def enqueue(
    session: AsyncSession,
    *,
    organization_id: int,
    kind: JobKind,
    key: str,
    lane: str,
    payload: str = "{}",
    now: datetime,
) -> None:
    """Ask for a job. One that waits is only made to run soon, one that runs will run again.

    A job that failed a moment ago keeps its pause, and one that was given up begins anew.
    """
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(Job).values(
        organization_id=organization_id,
        id=ids.new(ids.JOB),
        kind=kind,
        key=key,
        lane=lane,
        rank=RANKS[kind],
        payload=payload,
        run_at=now,
        created_at=now,
    )
    await session.exec(
        insert.on_conflict_do_update(
            index_elements=["organization_id", "kind", "key"], set_=_asked_again(insert.excluded)
        )
    )


async def is_any_due(database: Database, now: datetime) -> bool:
    """Whether there may be something to claim. Only reads, so it may be asked often."""
    return bool(await database.read_own(select(col(Job.id)).where(_is_due(now)).limit(1)))


async def claim(
    database: Database, *, owner: str, now: datetime, lease_until: datetime
) -> Lease | None:
    """Take the most urgent job that is due, or whose worker has stopped answering."""
    try:
        async with database.transaction() as session:
            statement = (
                select(Job)
                .where(_is_due(now))
                .order_by(col(Job.rank), col(Job.run_at), col(Job.id))
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            job = (await session.exec(statement)).first()
            if job is None:
                return None
            is_over = job.attempts >= job.attempts_max
            job.state = JobState.RUNNING
            job.attempts += not is_over
            job.lease_owner = owner
            job.lease_until = lease_until
            await session.flush()
            return _lease(job, owner, is_over=is_over)
    except IntegrityError:
        # Another worker took a job of this lane at the same moment.
        return None


async def keep(session: AsyncSession, lease: Lease, *, lease_until: datetime) -> None:
    """Hold the job for longer. Raises LeaseLost where it is not ours any more."""
    kept = await session.exec(update(Job).where(*_held(lease)).values(lease_until=lease_until))
    if kept.rowcount != 1:
        raise LeaseLost


async def complete(session: AsyncSession, lease: Lease, *, now: datetime) -> None:
    """The job is done, and goes; one that was asked for meanwhile waits to run again."""
    job = await _held_row(session, lease)
    if job.is_wanted_again:
        _let_go(job, now)
        job.attempts = 0
        job.error = None
    else:
        await session.delete(job)


async def postpone(
    session: AsyncSession, lease: Lease, *, run_at: datetime, error: str, is_counted: bool = True
) -> None:
    """The job is to be tried again. What is `is_counted` brings its end nearer."""
    job = await _held_row(session, lease)
    _let_go(job, run_at)
    job.attempts -= not is_counted
    job.error = error


async def bury(session: AsyncSession, lease: Lease, *, error: str) -> None:
    """Give the job up. Its row stays, with the error, until somebody asks for it again.

    One that was asked for meanwhile begins anew.
    """
    job = await _held_row(session, lease)
    is_wanted_again = job.is_wanted_again
    _let_go(job, job.run_at)
    job.error = error
    if is_wanted_again:
        job.attempts = 0
    else:
        job.state = JobState.DEAD


async def hasten(session: AsyncSession, organization_id: int, lane: str, now: datetime) -> None:
    """What stood in the way of a lane's jobs is gone: let them run now."""
    await session.exec(
        update(Job)
        .where(
            col(Job.organization_id) == organization_id,
            col(Job.lane) == lane,
            col(Job.state) == JobState.QUEUED,
        )
        .values(run_at=now)
    )


async def counts(database: Database) -> dict[tuple[JobKind, JobState], int]:
    """How many jobs there are of each kind in each state."""
    statement = select(col(Job.kind), col(Job.state), func.count()).group_by(
        col(Job.kind), col(Job.state)
    )
    return {(kind, state): count for kind, state, count in await database.read_own(statement)}


def _asked_again(wanted: Any) -> dict[str, Any]:
    """What becomes of a job that is there already."""
    is_dead, is_running = (col(Job.state) == state for state in (JobState.DEAD, JobState.RUNNING))
    is_fresh = and_(col(Job.state) == JobState.QUEUED, col(Job.attempts) == 0)
    is_sooner = and_(is_fresh, col(Job.run_at) > wanted.run_at)
    return {
        "lane": case((is_running, col(Job.lane)), else_=wanted.lane),
        "payload": wanted.payload,
        "is_wanted_again": is_running,
        "run_at": case((or_(is_dead, is_sooner), wanted.run_at), else_=col(Job.run_at)),
        "attempts": case((is_dead, 0), else_=col(Job.attempts)),
        "state": case((is_dead, JobState.QUEUED), else_=col(Job.state)),
    }


def _is_due(now: datetime) -> ColumnElement[bool]:
    other: Any = aliased(Job)
    is_lane_busy = exists(
        select(other.id).where(
            other.organization_id == col(Job.organization_id),
            other.lane == col(Job.lane),
            other.state == JobState.RUNNING,
        )
    )
    return or_(
        and_(col(Job.state) == JobState.QUEUED, col(Job.run_at) <= now, ~is_lane_busy),
        and_(col(Job.state) == JobState.RUNNING, col(Job.lease_until) <= now),
    )


def _held(lease: Lease) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Job.organization_id) == lease.organization_id,
        col(Job.id) == lease.id,
        col(Job.state) == JobState.RUNNING,
        col(Job.lease_owner) == lease.owner,
    )


async def _held_row(session: AsyncSession, lease: Lease) -> Job:
    statement = select(Job).where(*_held(lease)).with_for_update()
    job = (await session.exec(statement)).first()
    if job is None:
        raise LeaseLost
    return job


def _lease(job: Job, owner: str, *, is_over: bool) -> Lease:
    return Lease(
        job.organization_id,
        job.id,
        job.kind,
        job.key,
        job.payload,
        owner,
        job.attempts,
        job.attempts_max,
        is_over,
    )


def _let_go(job: Job, run_at: datetime) -> None:
    job.state = JobState.QUEUED
    job.run_at = run_at
    job.lease_owner = None
    job.lease_until = None
    job.is_wanted_again = False
