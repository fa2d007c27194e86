"""Schedules: jobs that are asked for again and again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.columns import Instant, named
from db.database import Database
from db.prepared import Prepared
from db.tables import Schedule
from domain.job import JobKind

_NOW: Any = bindparam("now", None, type_=Instant())
_KIND: Any = bindparam("kind", None, type_=named(JobKind))
_KEY: Any = select(col(Schedule.key))
_DUE = Prepared(_KEY.where(col(Schedule.next_at) <= _NOW, col(Schedule.kind) == _KIND).limit(1))


async def is_any_due(database: Database, now: datetime, kinds: Collection[JobKind]) -> bool:
    """Whether there may be something to take. Only reads, so it may be asked often."""
    return any([await _DUE.fetch_own(database, {"now": now, "kind": kind}) for kind in kinds])


async def add(
    session: AsyncSession,
    *,
    organization_id: int,
    kind: JobKind,
    key: str,
    lane: str,
    next_at: datetime,
) -> None:
    """Have the job asked for at `next_at`, and from then on as often as its kind is."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(Schedule).values(
        organization_id=organization_id, kind=kind, key=key, lane=lane, next_at=next_at
    )
    await session.exec(
        insert.on_conflict_do_update(
            index_elements=["organization_id", "kind", "key"],
            set_={"lane": insert.excluded.lane, "next_at": insert.excluded.next_at},
        )
    )


async def remove(session: AsyncSession, *, organization_id: int, kind: JobKind) -> None:
    await session.exec(
        delete(Schedule).where(
            col(Schedule.organization_id) == organization_id, col(Schedule.kind) == kind
        )
    )


async def take_due(
    session: AsyncSession, *, now: datetime, kinds: Collection[JobKind]
) -> Schedule | None:
    """A schedule of these kinds whose time has come, for this transaction alone."""
    statement = (
        select(Schedule)
        .where(col(Schedule.next_at) <= now, col(Schedule.kind).in_(kinds))
        .order_by(col(Schedule.next_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(statement)).first()
