"""Bringing a database's tables up to date; run as a program, drafting the next migration."""

import asyncio
import sys
import tempfile
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(database: Database) -> None:
    """Run the migrations that have not run yet."""
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade)


async def is_current(database: Database) -> bool:
    return await revision(database) == head()


async def revision(database: Database) -> str | None:
    """The last migration that the database has seen; None where it has seen none."""
    async with database.snapshot() as connection:
        return await connection.run_sync(_current)


async def replica_revision(database: Database) -> str | None:
    """As `revision`, of the database that queries are answered from."""
    async with database.replica() as connection:
        return await connection.run_sync(_current)


async def draft(message: str) -> None:
    """Write a migration from what migrations make to what tables say. Read it: it guesses."""

    def revise(connection: Connection) -> None:
        settings = config()
        settings.attributes["connection"] = connection
        command.revision(settings, message, autogenerate=True)

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/draft.db")
        await upgrade(database)
        async with database.engine.begin() as connection:
            await connection.run_sync(revise)
        await database.close()


@cache
def head() -> str | None:
    """The newest migration."""
    return ScriptDirectory.from_config(config()).get_current_head()


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    settings.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    return settings


def _upgrade(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


if __name__ == "__main__":
    asyncio.run(draft(sys.argv[1]))
