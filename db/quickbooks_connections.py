"""Connections to companies at QuickBooks: who has which, with which tokens.

Each statement says what it expects to find, and whoever comes too late changes nothing: the tokens
are changed by one process while another may disconnect, or connect another company.
"""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement, case
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from db.database import Database
from db.tables import QuickBooksConnection


class Seen(NamedTuple):
    """A connection as it was a moment ago. `tokens` are sealed; None where it has ended."""

    organization_id: int
    realm_id: str
    connected_at: datetime
    tokens: str | None
    access_expires_at: datetime | None
    reconnect_reason: str | None


async def find(database: Database, organization_id: int) -> Seen | None:
    columns = [col(getattr(QuickBooksConnection, name)) for name in Seen._fields]
    statement = sqlalchemy.select(*columns).where(
        col(QuickBooksConnection.organization_id) == organization_id
    )
    found = await database.read_own(statement)
    return Seen(*found[0]) if found else None


async def get_locked(session: AsyncSession, organization_id: int) -> QuickBooksConnection | None:
    """The row, locked until the transaction ends, also of a connection that has ended."""
    statement = (
        select(QuickBooksConnection)
        .where(col(QuickBooksConnection.organization_id) == organization_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).first()


async def is_any(database: Database, realm_id: str) -> bool:
    """Whether any organization at all is connected to the company."""
    statement = select(col(QuickBooksConnection.organization_id)).where(
        col(QuickBooksConnection.realm_id) == realm_id,
        col(QuickBooksConnection.tokens).is_not(None),
    )
    return bool(await database.read_own(statement.limit(1)))


async def connect(session: AsyncSession, new: QuickBooksConnection) -> None:
    """Put a connection in the place of what there was.

    The same company again goes on where its changes were read up to; another begins with `new`'s.
    """
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    values = new.model_dump()
    insert = dialect.insert(QuickBooksConnection).values(values)
    is_same = col(QuickBooksConnection.realm_id) == insert.excluded.realm_id
    kept = {
        name: case((is_same, col(getattr(QuickBooksConnection, name))), else_=insert.excluded[name])
        for name in ("changed_since", "last_synced_at")
    }
    await session.exec(
        insert.on_conflict_do_update(index_elements=["organization_id"], set_={**values, **kept})
    )


async def take_refresh(
    session: AsyncSession, seen: Seen, *, owner: str, now: datetime, until: datetime
) -> bool:
    """Be the one who refreshes these tokens, unless somebody else is."""
    row = QuickBooksConnection
    is_free = or_(col(row.refresh_owner).is_(None), col(row.refresh_until) <= now)
    taken = await session.exec(
        update(row).where(_has(seen), is_free).values(refresh_owner=owner, refresh_until=until)
    )
    return taken.rowcount == 1


async def end_refresh(session: AsyncSession, organization_id: int, *, owner: str) -> None:
    """Without new tokens: somebody else may try."""
    await session.exec(
        update(QuickBooksConnection)
        .where(
            col(QuickBooksConnection.organization_id) == organization_id,
            col(QuickBooksConnection.refresh_owner) == owner,
        )
        .values(refresh_owner=None, refresh_until=None)
    )


async def store_refreshed(
    session: AsyncSession,
    seen: Seen,
    *,
    tokens: str,
    access_expires_at: datetime,
    refresh_expires_at: datetime | None,
) -> bool:
    """Put new tokens in the place of those they were got with; False where those are gone."""
    stored = await session.exec(
        update(QuickBooksConnection)
        .where(_has(seen))
        .values(
            tokens=tokens,
            access_expires_at=access_expires_at,
            refresh_expires_at=refresh_expires_at,
            refresh_owner=None,
            refresh_until=None,
        )
    )
    return stored.rowcount == 1


async def is_ended(session: AsyncSession, seen: Seen) -> bool:
    """Whether the organization is not connected to this company (any more)."""
    row = QuickBooksConnection
    statement = select(col(row.organization_id)).where(
        col(row.organization_id) == seen.organization_id,
        col(row.realm_id) == seen.realm_id,
        col(row.tokens).is_not(None),
    )
    return (await session.exec(statement)).first() is None


async def mark_refused(session: AsyncSession, seen: Seen, reason: str) -> bool:
    """The tokens are worth nothing any more; False where they have been replaced meanwhile."""
    marked = await session.exec(
        update(QuickBooksConnection)
        .where(_has(seen))
        .values(reconnect_reason=reason, refresh_owner=None, refresh_until=None)
    )
    return marked.rowcount == 1


async def mark(session: AsyncSession, seen: Seen, reason: str) -> None:
    """A person has to connect it again, unless somebody has done so meanwhile."""
    await session.exec(
        update(QuickBooksConnection).where(_is(seen)).values(reconnect_reason=reason)
    )


def _is(seen: Seen) -> ColumnElement[bool]:
    """It is the same connection; its tokens may have been refreshed."""
    row = QuickBooksConnection
    return (
        (col(row.organization_id) == seen.organization_id)
        & (col(row.realm_id) == seen.realm_id)
        & (col(row.connected_at) == seen.connected_at)
        & col(row.tokens).is_not(None)
    )


def _has(seen: Seen) -> ColumnElement[bool]:
    return _is(seen) & (col(QuickBooksConnection.tokens) == seen.tokens)
