"""Requests that have been done, by the key their client gave them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import IdempotencyKey

KEPT = timedelta(days=30)


async def claim(
    session: AsyncSession, *, organization_id: int, key: str, input_digest: str, now: datetime
) -> IdempotencyKey | None:
    """Take the key for this transaction, or answer who has it.

    A racing request with the same key waits here until this transaction ends: then it finds the
    result, or takes the key itself if the transaction was rolled back.
    """
    await session.exec(
        delete(IdempotencyKey).where(
            *_is(organization_id, key), col(IdempotencyKey.created_at) < now - KEPT
        )
    )
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    taken = await session.exec(
        dialect.insert(IdempotencyKey)
        .values(
            organization_id=organization_id,
            key=key,
            input_digest=input_digest,
            result="",
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(col(IdempotencyKey.key))
    )
    if taken.first() is not None:
        return None
    return (await session.exec(select(IdempotencyKey).where(*_is(organization_id, key)))).one()


async def complete(session: AsyncSession, *, organization_id: int, key: str, result: str) -> None:
    """Keep the result for whoever sends the same request again."""
    await session.exec(
        update(IdempotencyKey).where(*_is(organization_id, key)).values(result=result)
    )


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    await session.exec(delete(IdempotencyKey).where(col(IdempotencyKey.created_at) < now - KEPT))


def _is(organization_id: int, key: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(IdempotencyKey.organization_id) == organization_id,
        col(IdempotencyKey.key) == key,
    )
