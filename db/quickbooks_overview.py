"""What there is to say of an organization's connection to QuickBooks, as a whole."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Executable, Row, func
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import QuickBooksConnection, QuickBooksInvoice, QuickBooksProblem
from domain.quickbooks import QuickBooksState

# Within a transaction or without one.
Read = Callable[[Executable], Awaitable[Sequence[Row[*tuple[Any, ...]]]]]


@dataclass(frozen=True, slots=True)
class Overview:
    """Of the company that is connected, or was last."""

    is_connected: bool
    company_name: str
    realm_id: str
    connected_at: datetime
    last_synced_at: datetime | None
    reconnect_reason: str | None
    pending_exports: int
    problems: Sequence[str]


def reading(session: AsyncSession) -> Read:
    """Rows as this transaction sees them."""

    async def read(statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        return (await (await session.connection()).execute(statement)).all()

    return read


async def of(read: Read, organization_id: int, *, problems_max: int) -> Overview | None:
    """None where no company was ever connected."""
    row = QuickBooksConnection
    statement = sqlalchemy.select(
        col(row.tokens).is_not(None),
        col(row.company_name),
        col(row.realm_id),
        col(row.connected_at),
        col(row.last_synced_at),
        col(row.reconnect_reason),
    ).where(col(row.organization_id) == organization_id)
    found = await read(statement)
    if not found:
        return None
    is_connected, company_name, realm_id, connected_at, last_synced_at, reason = found[0]
    return Overview(
        is_connected,
        company_name,
        realm_id,
        connected_at,
        last_synced_at,
        reason,
        await _pending(read, organization_id, realm_id),
        await _problems(read, organization_id, realm_id, problems_max),
    )


async def _pending(read: Read, organization_id: int, realm_id: str) -> int:
    copy = QuickBooksInvoice
    statement = sqlalchemy.select(func.count()).where(
        col(copy.organization_id) == organization_id,
        col(copy.realm_id) == realm_id,
        col(copy.state) == QuickBooksState.QUEUED,
    )
    return (await read(statement))[0][0]


async def _problems(read: Read, organization_id: int, realm_id: str, most: int) -> Sequence[str]:
    problem = QuickBooksProblem
    statement = (
        sqlalchemy.select(col(problem.message))
        .where(col(problem.organization_id) == organization_id, col(problem.realm_id) == realm_id)
        .order_by(col(problem.since), col(problem.subject))
        .limit(most)
    )
    return [message for (message,) in await read(statement)]
