"""How the audit reads an organization's rows, and what it tells of them."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

PAGE_SIZE = 2_000


@dataclass
class Report:
    """What differs, in words, and how many rows of each kind were looked at."""

    differences: list[str] = field(default_factory=list[str])
    checked: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True)
class Page:
    """Rows whose ids lie after `after` and up to `until`: so do those of what belongs to them."""

    rows: Sequence[Any]
    after: str
    until: str

    def holds(self, id_column: Any) -> ColumnElement[bool]:
        return (id_column > self.after) & (id_column <= self.until)


@dataclass(frozen=True)
class Reading:
    """One organization's rows in one snapshot."""

    connection: AsyncConnection
    organization_id: int
    report: Report

    async def pages(self, table: Any, *columns: Any) -> AsyncGenerator[Page]:
        """The table's rows by id, which is the first of their columns."""
        after = ""
        while True:
            statement = (
                select(table.id, *columns)
                .where(table.organization_id == self.organization_id, table.id > after)
                .order_by(table.id)
                .limit(PAGE_SIZE)
            )
            rows = await self.rows(statement)
            if not rows:
                return
            yield Page(rows, after, until=rows[-1][0])
            after = rows[-1][0]

    async def rows(self, statement: Any) -> Sequence[Any]:
        return (await self.connection.execute(statement)).all()

    def counted(self, kind: str, number: int) -> None:
        self.report.checked[kind] += number

    def differs(self, subject: str, how: str) -> None:
        self.report.differences.append(f"{subject} of organization {self.organization_id}: {how}")
