"""Which jobs may be claimed: found by a few steps in an index, however many wait behind them.

Jobs of one lane wait for each other, so only the first of each kind in a lane can be next. A query
over all that wait would look at every job behind a lane that is busy, each time anybody looks.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CTE, ColumnElement, ScalarSelect, bindparam, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import literal, literal_column, select

from db.columns import Instant
from db.database import Database
from db.prepared import Prepared
from db.tables import Job
from domain.job import RANKS, JobKind

# Those who look at the same time may find the first of them taken already.
_FOUND_MAX = 10

# Written out: a parameter would keep both databases from the indexes of such rows only.
_QUEUED: Any = cast("Any", literal_column("'queued'"))
_RUNNING: Any = cast("Any", literal_column("'running'"))
_NOW: Any = bindparam("now", None, type_=Instant())


async def find(
    database: Database, now: datetime, kinds: Collection[JobKind]
) -> Sequence[tuple[int, str]]:
    """Some jobs that may be claimed, by organization and id, the most urgent first. Only reads.

    Among lanes chance decides, so that a long one does not keep the others waiting.
    """
    if not kinds:
        return []
    rows = await _statement(tuple(sorted(kinds))).fetch_own(database, {"now": now})
    return [(organization_id, job_id) for organization_id, job_id in rows]


@cache
def _statement(kinds: tuple[JobKind, ...]) -> Prepared:
    job = _any_job()
    left: Any = select(job.organization_id, job.id.label("id"), literal(-1).label("rank")).where(
        job.state == _RUNNING, job.lease_until <= _NOW, or_(*(job.kind == kind for kind in kinds))
    )
    lanes = _lanes()
    due: Any = left.union_all(*(_first(lanes, kind) for kind in kinds)).subquery("due")
    statement: Any = select(due.c.organization_id, due.c.id).where(due.c.id.is_not(None))
    return Prepared(statement.order_by(due.c.rank, func.random()).limit(_FOUND_MAX))


def _first(lanes: CTE, kind: JobKind) -> Any:
    """The first due job of the kind in each lane that is free."""
    job, running = _any_job(), _any_job()
    first = (
        select(job.id)
        .where(job.state == _QUEUED, *_of(job, lanes), job.kind == kind, job.run_at <= _NOW)
        .order_by(job.run_at, job.id)
        .limit(1)
    )
    is_busy = exists(select(running.id).where(running.state == _RUNNING, *_of(running, lanes)))
    columns = (lanes.c.organization_id, first.scalar_subquery(), literal(RANKS[kind]))
    return select(*columns).where(~is_busy)


def _lanes() -> CTE:
    """The lanes in which jobs are queued, each found as the next after another."""
    job = _any_job()
    first: Any = select(_lowest(job, job.organization_id).label("organization_id"))
    organizations = first.cte("organizations_waiting", recursive=True)
    last = organizations.c.organization_id
    job = _any_job()
    following = _lowest(job, job.organization_id, job.organization_id > last)
    organizations = organizations.union_all(select(following).where(last.is_not(None)))

    job = _any_job()
    own = job.organization_id == organizations.c.organization_id
    first = select(organizations.c.organization_id, _lowest(job, job.lane, own).label("lane"))
    lanes = first.cte("lanes_waiting", recursive=True)
    job = _any_job()
    own = job.organization_id == lanes.c.organization_id
    following = _lowest(job, job.lane, own, job.lane > lanes.c.lane)
    return lanes.union_all(
        select(lanes.c.organization_id, following).where(lanes.c.lane.is_not(None))
    )


def _lowest(job: Any, column: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """One step in the index, whose columns come in this order."""
    lowest: Any = select(func.min(column)).where(job.state == _QUEUED, *conditions)
    return lowest.scalar_subquery()


def _any_job() -> Any:
    return aliased(Job)


def _of(job: Any, lanes: CTE) -> tuple[ColumnElement[bool], ...]:
    return job.organization_id == lanes.c.organization_id, job.lane == lanes.c.lane
