"""Data loaders, new for each request, each with sessions of its own."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import aliased
from strawberry.dataloader import DataLoader

from db.tables import Activity, Address, Customer, Invoice, LineItem, Payment

ORGANIZATION_ID = 1

Sessions = async_sessionmaker[AsyncSession]
Loader = DataLoader[str, Any]


class Loaders:
    """What the resolvers of one request share."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.customer = self._one(Customer)
        self.address = self._one(Address)
        self.line_items = self._many(LineItem, LineItem.position, LineItem.id)
        newest: Any = Payment.payment_date
        latest: Any = Payment.id
        self.payments = self._many(Payment, newest.desc(), latest.desc())
        self.activity = cache(self._activity)
        self.invoices = cache(self._invoices)

    def _one(self, table: Any) -> Loader:
        async def load(ids: list[str]) -> Sequence[Any]:
            statement = select(table).where(
                table.organization_id == ORGANIZATION_ID, table.id.in_(ids)
            )
            found = {row.id: row for row in await self._rows(statement)}
            return [found.get(one) for one in ids]

        return DataLoader(load)

    def _many(self, table: Any, *order: Any) -> Loader:
        async def load(ids: list[str]) -> Sequence[Any]:
            statement = (
                select(table)
                .where(
                    table.organization_id == ORGANIZATION_ID,
                    table.invoice_id.in_(ids),
                    table.deleted_at.is_(None),
                )
                .order_by(*order)
            )
            return _grouped(await self._rows(statement), ids, "invoice_id")

        return DataLoader(load)

    def _activity(self, first: int) -> Loader:
        return self._first(Activity, first, "invoice_id", "occurred_at")

    def _invoices(self, first: int) -> Loader:
        return self._first(Invoice, first, "customer_id", "created_at", is_live=True)

    def _first(
        self, table: Any, first: int, key: str, newest: str, *, is_live: bool = False
    ) -> Loader:
        """The first rows of each parent, by a window function."""

        async def load(ids: list[str]) -> Sequence[Any]:
            parent = getattr(table, key)
            order = (getattr(table, newest).desc(), table.id.desc())
            place = func.row_number().over(partition_by=parent, order_by=order).label("place")
            ranked = select(table, place).where(
                table.organization_id == ORGANIZATION_ID, parent.in_(ids)
            )
            if is_live:
                ranked = ranked.where(table.deleted_at.is_(None))
            rows = ranked.subquery()
            statement = (
                select(aliased(table, rows)).where(rows.c.place <= first).order_by(rows.c.place)
            )
            return _grouped(await self._rows(statement), ids, key)

        return DataLoader(load)

    async def _rows(self, statement: Any) -> Sequence[Any]:
        async with self.sessions() as session:
            return (await session.scalars(statement)).all()


def _grouped(rows: Sequence[Any], ids: Sequence[str], key: str) -> Sequence[Any]:
    groups = defaultdict[str, list[Any]](list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return [groups[one] for one in ids]
