"""What the database handle promises beyond transactions."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from typeid.base32 import decode

from db import ids
from db.database import Database
from tests.conftest import NOW
from tests.organizations import made_organization


async def add_organization(database: Database) -> None:
    await made_organization(database)


async def test_a_snapshot_does_not_see_what_is_written_meanwhile(database: Database) -> None:
    count = text("SELECT count(*) FROM organizations")
    async with database.snapshot() as connection:
        assert await connection.scalar(count) == 0
        await add_organization(database)
        assert await connection.scalar(count) == 0
    async with database.snapshot() as connection:
        assert await connection.scalar(count) == 1


async def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "remit.db"
    database = Database(f"sqlite:///{path}")
    async with database.snapshot() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await database.close()
    assert path.exists()


def test_an_id_can_be_made_as_of_another_time() -> None:
    milliseconds = (NOW - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    made = ids.at(ids.INVOICE, milliseconds, (1 << 74) - 1)
    assert made == "invoice_01kkc11dq0fzzvzzzzzzzzzzzz"
    uuid = UUID(bytes=decode(made.removeprefix("invoice_")))
    assert (uuid.version, uuid.int >> 80) == (7, milliseconds)
