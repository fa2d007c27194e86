"""Every row that an organization has: read, and written to another database or anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import SQLModel

from db.database import Database

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


async def rows_of(database: Database, organization_id: int) -> Rows:
    """By table."""
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for table in tables():
        statement = select(table).where(owner(table) == organization_id)
        rows = await database.read_own(statement.order_by(*table.primary_key))
        found[table.name] = [dict(zip(table.c.keys(), row, strict=True)) for row in rows]
    return found


async def write(database: Database, rows: Rows) -> None:
    async with database.transaction() as session:
        for table in tables():
            if found := rows[table.name]:
                await session.exec(insert(table), params=[dict(row) for row in found])


async def delete_all(database: Database) -> None:
    """Whoever's they are."""
    async with database.transaction() as session:
        connection = await session.connection()
        if not database.is_sqlite:
            names = ", ".join(table.name for table in tables())
            await connection.exec_driver_sql(f"TRUNCATE {names}")
            return
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in tables():
            await connection.exec_driver_sql(f"DELETE FROM {table.name}")


def tables() -> list[Any]:
    """Those that are pointed at first."""
    found = SQLModel.metadata.sorted_tables
    return sorted(found, key=lambda table: table.name != "organizations")


def owner(table: Any) -> Any:
    """The column that says whose a row is."""
    return table.c.id if table.name == "organizations" else table.c.organization_id
