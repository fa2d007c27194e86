"""Schedules: jobs that are asked for again and again."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.database import Database
from db.tables import Schedule
from domain.job import JobKind


async def is_any_due(database: Database, now: datetime) -> bool:
    """Whether there may be something to take. Only reads, so it may be asked often."""
    due = select(col(Schedule.key)).where(col(Schedule.next_at) <= now).limit(1)
    return bool(await database.read_own(due))


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
    await session.merge(
        Schedule(organization_id=organization_id, kind=kind, key=key, lane=lane, next_at=next_at)
    )


async def remove(session: AsyncSession, *, organization_id: int, kind: JobKind) -> None:
    await session.exec(
        delete(Schedule).where(
            col(Schedule.organization_id) == organization_id, col(Schedule.kind) == kind
        )
    )


async def take_due(session: AsyncSession, *, now: datetime) -> Schedule | None:
    """A schedule whose time has come, for this transaction alone."""
    statement = (
        select(Schedule)
        .where(col(Schedule.next_at) <= now)
        .order_by(col(Schedule.next_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(statement)).first()
