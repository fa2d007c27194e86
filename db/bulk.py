"""Writing many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, insert, inspect
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from db.database import Database


async def write(
    session: AsyncSession, table: type[SQLModel], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add rows of a value for each of the table's columns; fastest in the order of the keys."""
    if not rows:
        return
    connection = await session.connection()
    dialect = connection.dialect
    records = _records(table, rows, dialect)
    if dialect.name == "sqlite":
        statement = insert(table).compile(dialect=dialect)
        await connection.exec_driver_sql(str(statement), list(records))
        return
    # The transaction begins with its first statement, and to SQLAlchemy the driver's COPY is none.
    await connection.exec_driver_sql("SELECT 1")
    driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.copy_records_to_table(
        str(inspect(table).local_table),
        columns=columns_of(table),
        records=records,
    )


def columns_of(table: type[SQLModel]) -> list[str]:
    return [column.name for column in inspect(table).columns]


async def analyze(database: Database) -> None:
    """Tell the planner what the tables hold now."""
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql("ANALYZE")


def _records(
    table: type[SQLModel], rows: Iterable[tuple[Any, ...]], dialect: Dialect
) -> Iterable[tuple[Any, ...]]:
    """The rows as the driver takes them: converted by column, as most need no conversion."""
    conversions = [_conversion(column, dialect) for column in inspect(table).columns]
    converted = (
        values if convert is None else map(convert, values)
        for convert, values in zip(conversions, zip(*rows, strict=True), strict=True)
    )
    return zip(*converted, strict=True)


def _conversion(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    kind = getattr(column.type, "kind", None)
    if convert is None or kind is None:
        return convert
    # An enum's members are looked up several times faster than converted.
    return dict[Any, Any]({member: convert(member) for member in kind}).get
