"""How the audit reads an organization's rows, and what it tells of them."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import select

PAGE_SIZE = 2_000


@dataclass
class Report:
    """What differs, in words, and how many rows of each kind were looked at."""

    differences: list[str] = field(default_factory=list[str])
    checked: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True)
class Page:
    """Rows whose ids lie after `after` and up to `until`: so do those of what belongs to them."""

    rows: Sequence[Row[Any]]
    after: str
    until: str

    def holds(self, id_column: ColumnElement[str]) -> ColumnElement[bool]:
        return (id_column > self.after) & (id_column <= self.until)


@dataclass(frozen=True)
class Reading:
    """One organization's rows in one snapshot."""

    connection: AsyncConnection
    organization_id: int
    report: Report

    async def pages(
        self, table: Any, *columns: ColumnElement[Any], after: str = ""
    ) -> AsyncGenerator[Page]:
        """The table's rows by id, which is the first of their columns."""
        while True:
            statement = (
                select(table.id, *columns)
                .where(table.organization_id == self.organization_id, table.id > after)
                .order_by(table.id)
                .limit(PAGE_SIZE)
            )
            rows = (await self.connection.execute(statement)).all()
            if not rows:
                return
            yield Page(rows, after, until=rows[-1][0])
            after = rows[-1][0]

    async def rows(self, statement: Any) -> Sequence[Row[Any]]:
        return (await self.connection.execute(statement)).all()

    def counted(self, kind: str, number: int) -> None:
        self.report.checked[kind] += number

    def differs(self, subject: str, how: str) -> None:
        self.report.differences.append(
            f"{subject} of organization {self.organization_id}: {how}"
        )

    def compare(self, subject: str, name: str, stored: object, truth: object, why: str) -> None:
        """Tell that a stored value is not the true one: `why` leads up to that."""
        if stored != truth:
            self.differs(subject, f"{name} is stored as {stored}, {why} {truth}")
