"""A moment of the database: read piece by piece, the same all along, and left at once."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from db.database import Database
from tests.databases import PostgreSQL, SQLite

NUMBERS = "SELECT n FROM numbers ORDER BY n"
SUM = "SELECT sum(n) FROM numbers"
ENDLESS = """WITH RECURSIVE endless (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM endless WHERE n < 3000000000
) SELECT count(*) FROM endless"""


async def execute(database: Database, *statements: str) -> None:
    async with database.transaction() as session:
        for statement in statements:
            await (await session.connection()).exec_driver_sql(statement)


@pytest.fixture
async def narrow(
    databases: SQLite | PostgreSQL, empty_database_url: str
) -> AsyncGenerator[Database]:
    """Five numbers, and one connection for whoever does not read for long."""
    database = Database(empty_database_url, pool_size=1)
    await execute(
        database,
        "CREATE TABLE numbers (n integer)",
        "INSERT INTO numbers VALUES (1), (2), (3), (4), (5)",
    )
    yield database
    await database.close()


async def test_its_rows_come_piece_by_piece_with_others_in_between(narrow: Database) -> None:
    async with narrow.moment() as moment:
        assert list(await moment.more(2)) == []
        await moment.open(NUMBERS, ())
        pieces: list[list[int]] = []
        while rows := await moment.more(2):
            pieces.append([row[0] for row in rows])
            [[total]] = await moment.fetch(SUM, ())
            assert total == 15
        assert list(await moment.more(2)) == []

    assert pieces == [[1, 2], [3, 4], [5]]


async def test_it_stays_the_same_while_others_write(narrow: Database) -> None:
    async with narrow.moment() as moment:
        await moment.open(NUMBERS, ())
        first = await moment.more(1)
        await execute(narrow, "UPDATE numbers SET n = n + 100", "INSERT INTO numbers VALUES (6)")
        rest = await moment.more(10)
        [[inside]] = await moment.fetch(SUM, ())
        [[outside]] = await narrow.fetch(SUM, ())

    assert [row[0] for row in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert (inside, outside) == (15, 521)


async def test_it_takes_nobodys_turn(narrow: Database) -> None:
    async with narrow.moment() as first, narrow.moment() as second:
        await first.open(NUMBERS, ())
        await second.open(NUMBERS, ())
        async with asyncio.timeout(5):
            [[total]] = await narrow.fetch(SUM, (), is_long=True)

    assert total == 15


async def test_nothing_is_changed_through_it(narrow: Database) -> None:
    async with narrow.moment() as moment:
        await moment.open(NUMBERS, ())
        with pytest.raises(Exception, match=r"readonly|read-only"):
            await moment.fetch("DELETE FROM numbers", ())
    [[total]] = await narrow.fetch(SUM, ())
    assert total == 15


async def test_whoever_gives_up_leaves_it_at_once(narrow: Database) -> None:
    async def read() -> None:
        async with narrow.moment() as moment:
            await moment.open(ENDLESS, ())
            await moment.more(1)

    for _ in range(3):
        reading = asyncio.create_task(read())
        await asyncio.sleep(0.2)
        assert not reading.done()
        reading.cancel()
        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await reading
    if not narrow.is_sqlite:
        busy = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'WITH RECURSIVE endless%'"
        async with asyncio.timeout(5):
            while (await narrow.fetch(busy, ()))[0][0]:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.02)
