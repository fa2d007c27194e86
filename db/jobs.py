"""Jobs: asked for in the transaction that causes them, claimed by a worker, done once.

A worker holds a job by a lease. All that it writes, it writes in transactions that end by looking
whether the lease is still its own: who has lost it writes nothing. The job's row is the last that
any transaction locks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from db import due_jobs, ids
from db.database import Database
from db.prepared import Prepared
from db.tables import Job
from domain.job import RANKS, JobKind, JobState

# What keeps two jobs of a lane from running, as PostgreSQL and as SQLite tell of it.
_LANE = ("uq_jobs_lane", "jobs.organization_id, jobs.lane")

_TABLE: Any = SQLModel.metadata.tables["jobs"]
_COUNT: Any = select(col(Job.kind), col(Job.state), func.count())
_COUNTS = Prepared(_COUNT.group_by(col(Job.kind), col(Job.state)))


class LeaseLost(Exception):
    """Another worker has taken the job over; nothing of this transaction may stay."""


class WantedAgain(Exception):
    """A job that was to be given up was asked for while it ran; it is not given up."""


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
    wanted = {
        "organization_id": organization_id,
        "id": ids.new(ids.JOB),
        "kind": kind,
        "key": key,
        "lane": lane,
        "rank": RANKS[kind],
        "payload": payload,
        "run_at": now,
        "created_at": now,
    }
    await session.exec(_enqueuing(session.get_bind().dialect.name), params=wanted)


async def claim(
    database: Database,
    *,
    owner: str,
    now: datetime,
    lease_until: datetime,
    kinds: Collection[JobKind],
) -> Lease | None:
    """Take the most urgent job that is due, or whose worker has stopped answering.

    Jobs of other kinds wait for a worker that knows them. Where there is nothing, it only reads.
    """
    for organization_id, job_id in await due_jobs.find(database, now, kinds):
        try:
            async with database.transaction() as session:
                statement = _free(organization_id, job_id, now)
                job = (await session.exec(statement)).first()
                if job is not None:
                    return await _claimed(session, job, owner, lease_until)
        except IntegrityError as error:
            # Another worker took a job of this lane at the same moment.
            if not any(name in str(error.orig) for name in _LANE):
                raise
    return None


async def keep(session: AsyncSession, lease: Lease, *, lease_until: datetime) -> None:
    """Hold the job for longer. Raises LeaseLost where it is not ours any more."""
    kept = await session.exec(update(Job).where(*_held(lease)).values(lease_until=lease_until))
    if kept.rowcount != 1:
        raise LeaseLost


async def complete(session: AsyncSession, lease: Lease, *, now: datetime) -> None:
    """The job is done, and goes; one that was asked for meanwhile waits to run again."""
    job = await _held_row(session, lease)
    if job.wanted_lane is None:
        await session.delete(job)
    else:
        _let_go(job, now)
        job.attempts = 0
        job.error = None


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

    Raises WantedAgain where somebody has asked already: then it is to be completed instead.
    """
    job = await _held_row(session, lease)
    if job.wanted_lane is not None:
        raise WantedAgain
    _let_go(job, job.run_at)
    job.state = JobState.DEAD
    job.error = error


async def hasten(session: AsyncSession, organization_id: int, lane: str, now: datetime) -> None:
    """What stood in the way of a lane's jobs is gone: let them run now."""
    await session.exec(
        update(Job)
        .where(
            col(Job.organization_id) == organization_id,
            col(Job.lane) == lane,
            col(Job.state) == JobState.QUEUED,
            col(Job.run_at) > now,
        )
        .values(run_at=now)
    )


async def dead(session: AsyncSession) -> Sequence[Job]:
    """Every job that was given up, the oldest first."""
    statement = select(Job).where(col(Job.state) == JobState.DEAD)
    return (await session.exec(statement.order_by(col(Job.created_at), col(Job.id)))).all()


async def revive(session: AsyncSession, *, job_id: str | None = None, now: datetime) -> int:
    """Let a job that was given up begin anew, or all of them; answers how many there were."""
    statement = update(Job).where(col(Job.state) == JobState.DEAD)
    if job_id is not None:
        statement = statement.where(col(Job.id) == job_id)
    revived = await session.exec(
        statement.values(state=JobState.QUEUED, attempts=0, error=None, run_at=now)
    )
    return revived.rowcount


async def counts(database: Database) -> dict[tuple[str, str], int]:
    """How many jobs there are of each kind in each state, possibly as a replica has them."""
    return {(kind, state): count for kind, state, count in await _COUNTS.fetch(database, {})}


@cache
def _enqueuing(dialect: str) -> Any:
    """Made once: it takes longer than it runs, and many may be asked for at once."""
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(_TABLE)
    return insert.on_conflict_do_update(
        index_elements=["organization_id", "kind", "key"], set_=_asked_again(insert.excluded)
    )


def _asked_again(wanted: Any) -> dict[str, Any]:
    """What becomes of a job that is there already. One without an error has never failed."""
    is_dead, is_running = (col(Job.state) == state for state in (JobState.DEAD, JobState.RUNNING))
    is_fresh = and_(col(Job.state) == JobState.QUEUED, col(Job.error).is_(None))
    is_sooner = and_(is_fresh, col(Job.run_at) > wanted.run_at)
    return {
        "lane": case((is_running, col(Job.lane)), else_=wanted.lane),
        "payload": wanted.payload,
        "wanted_lane": case((is_running, wanted.lane), else_=None),
        "run_at": case((or_(is_dead, is_sooner), wanted.run_at), else_=col(Job.run_at)),
        "attempts": case((is_dead, 0), else_=col(Job.attempts)),
        "error": case((is_dead, None), else_=col(Job.error)),
        "state": case((is_dead, JobState.QUEUED), else_=col(Job.state)),
    }


def _free(organization_id: int, job_id: str, now: datetime) -> SelectOfScalar[Job]:
    """The job, if it still may be claimed; what somebody else has locked is passed over."""
    return (
        select(Job)
        .where(
            col(Job.organization_id) == organization_id,
            col(Job.id) == job_id,
            or_(
                and_(col(Job.state) == JobState.QUEUED, col(Job.run_at) <= now),
                and_(col(Job.state) == JobState.RUNNING, col(Job.lease_until) <= now),
            ),
        )
        .with_for_update(skip_locked=True)
    )


async def _claimed(session: AsyncSession, job: Job, owner: str, lease_until: datetime) -> Lease:
    is_over = job.attempts >= job.attempts_max
    job.state = JobState.RUNNING
    job.attempts += not is_over
    job.lease_owner = owner
    job.lease_until = lease_until
    await session.flush()
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


def _let_go(job: Job, run_at: datetime) -> None:
    job.state = JobState.QUEUED
    job.run_at = run_at
    job.lane = job.wanted_lane or job.lane
    job.wanted_lane = None
    job.lease_owner = None
    job.lease_until = None
