"""The migrations make exactly the tables that the models describe, and unmake them."""

from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from db import migrate
from db.database import Database

R = TypeVar("R")


@pytest.fixture
async def empty_database(empty_database_url: str) -> AsyncGenerator[Database]:
    database = Database(empty_database_url)
    yield database
    await database.close()


async def run(database: Database, work: Callable[[Connection], R]) -> R:
    async with database.engine.begin() as connection:
        return await connection.run_sync(work)


def differences(connection: Connection) -> list[Any]:
    return compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)


def constraints(connection: Connection) -> dict[str, Any]:
    """What the comparison above does not look at, as the database tells it."""
    inspector = inspect(connection)
    return {
        table: [
            inspector.get_check_constraints(table),
            inspector.get_pk_constraint(table),
            sorted(map(str, inspector.get_columns(table))),
        ]
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def downgrade(connection: Connection) -> None:
    config = migrate.config()
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_migrated_database_is_what_the_models_describe(database: Database) -> None:
    assert await migrate.is_current(database)
    assert await run(database, differences) == []


async def test_migrated_constraints_are_what_the_models_describe(
    database: Database, empty_database: Database
) -> None:
    await run(empty_database, SQLModel.metadata.create_all)
    assert await run(database, constraints) == await run(empty_database, constraints)


async def test_downgrade_leaves_nothing(database: Database) -> None:
    await run(database, downgrade)
    assert await run(database, table_names) == {"alembic_version"}
    assert not await migrate.is_current(database)


async def test_upgrade_twice_changes_nothing(database: Database) -> None:
    before = await run(database, table_names)
    await migrate.upgrade(database)
    assert await run(database, table_names) == before


async def test_downgraded_database_can_be_migrated_again(database: Database) -> None:
    await run(database, downgrade)
    await migrate.upgrade(database)
    assert await run(database, differences) == []
