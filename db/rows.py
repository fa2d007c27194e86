"""Finding and locking rows by their global id."""

from collections.abc import Iterable
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import Customer, Document, Invoice, LineItem, Order, Payment
from domain.errors import NotFound

R = TypeVar("R", Customer, Document, Invoice, LineItem, Order, Payment)


async def get_locked(
    session: AsyncSession, table: type[R], organization_id: int, row_id: str, *path: str
) -> R:
    """The row, locked until the transaction ends. Raises NotFound, which names `path`.

    A deleted row, another organization's and one that never was are not told apart.
    """
    found = await all_locked(session, table, organization_id, [row_id])
    if row_id not in found:
        raise not_found(table, *path)
    return found[row_id]


async def all_locked(
    session: AsyncSession, table: type[R], organization_id: int, row_ids: Iterable[str]
) -> dict[str, R]:
    """Live rows by id. Locked in the order of their ids, so that two callers cannot deadlock."""
    statement = (
        select(table)
        .where(col(table.organization_id) == organization_id, col(table.id).in_(list(row_ids)))
        .order_by(col(table.id))
        # Rows that point at these by foreign key may still come and go.
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    rows = (await session.exec(statement)).all()
    return {row.id: row for row in rows if getattr(row, "deleted_at", None) is None}


async def find(
    session: AsyncSession, table: type[R], organization_id: int, row_id: str
) -> R | None:
    """The row as it is now, not locked."""
    found = await session.get(table, (organization_id, row_id))
    return None if found is None or getattr(found, "deleted_at", None) is not None else found


def not_found(table: type[R], *path: str) -> NotFound:
    noun = "line item" if table is LineItem else table.__name__.lower()
    return NotFound(f"There is no {noun} with this id", *path)
