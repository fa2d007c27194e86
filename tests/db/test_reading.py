"""Reading by the driver alone: rows, turns, cancellation, and what comes back after a failure."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import sqlite
from db.database import Database
from db.errors import Unavailable
from tests.databases import PostgreSQL, SQLite

COUNT = "SELECT count(*) FROM counted"
# Counts to 3,000,000: a second or so of work, and no rows to speak of.
LONG = """WITH RECURSIVE numbers (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000000
) SELECT count(*) FROM numbers"""
ENDLESS = LONG.replace("3000000", "3000000000")


async def execute(database: Database, *statements: str) -> None:
    async with database.transaction() as session:
        for statement in statements:
            await (await session.connection()).exec_driver_sql(statement)


async def counted(database: Database) -> int:
    [[count]] = await database.fetch(COUNT, ())
    return count


@pytest.fixture
def narrow_url(postgresql: PostgreSQL, tmp_path: Path) -> Generator[str]:
    with postgresql.empty(tmp_path) as url:
        yield url


@pytest.fixture
def urls(databases: SQLite | PostgreSQL, tmp_path: Path) -> Generator[list[str]]:
    """Two databases without tables."""
    folders = [tmp_path / "first", tmp_path / "second"]
    with ExitStack() as stack:
        for folder in folders:
            folder.mkdir()
        yield [stack.enter_context(databases.empty(folder)) for folder in folders]


@pytest.fixture
async def narrow(narrow_url: str) -> AsyncGenerator[Database]:
    """PostgreSQL over two connections."""
    database = Database(narrow_url, pool_size=2)
    yield database
    await database.close()


@pytest.fixture
async def file(tmp_path: Path) -> AsyncGenerator[Database]:
    """SQLite."""
    database = Database(f"sqlite:///{tmp_path / 'file.db'}")
    yield database
    await database.close()


async def backends(database: Database) -> list[int]:
    """The server's processes for two connections at once."""
    asked = "SELECT pg_backend_pid(), pg_sleep(0.1)"
    rows = await asyncio.gather(*(database.fetch(asked, ()) for _ in range(2)))
    return sorted(found for [[found, _]] in rows)


async def sleeping(database: Database, count: int) -> None:
    """Return when the server is at so many statements that sleep."""
    statement = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event = 'PgSleep'"
    )
    async with asyncio.timeout(10):
        while True:
            async with database.engine.connect() as connection:
                if await connection.scalar(statement) == count:
                    return
            await asyncio.sleep(0.01)


async def test_a_statement_of_the_dialect_is_answered_by_position(database: Database) -> None:
    statement = text("SELECT :first, :second")
    compiled: Any = statement.bindparams(first=7, second="é").compile(dialect=database.dialect)
    names: Sequence[str] = compiled.positiontup

    [row] = await database.fetch(str(compiled), [compiled.params[name] for name in names])

    assert (row[0], row[1]) == (7, "é")


async def test_what_was_just_committed_is_read_and_what_was_not_is_not(database: Database) -> None:
    await execute(database, "CREATE TABLE counted (n integer)")
    for expected in range(3):
        async with database.transaction() as session:
            await (await session.connection()).exec_driver_sql("INSERT INTO counted VALUES (1)")
            assert await counted(database) == expected
        assert await counted(database) == expected + 1


async def test_a_prepared_statement_follows_a_change_of_its_table(database: Database) -> None:
    await execute(database, "CREATE TABLE changing (a integer)", "INSERT INTO changing VALUES (1)")
    rows = [tuple(row) for row in await database.fetch("SELECT * FROM changing", ())]
    assert rows == [(1,)]

    await execute(database, "ALTER TABLE changing ADD COLUMN b varchar(5) DEFAULT 'new'")

    rows = [tuple(row) for row in await database.fetch("SELECT * FROM changing", ())]
    assert rows == [(1, "new")]


async def test_a_statement_that_is_wrong_says_so_and_costs_nobody_a_turn(
    database: Database,
) -> None:
    for is_long in (False, True) * 10:
        with pytest.raises(Exception, match="nowhere"):
            await database.fetch("SELECT 1 FROM nowhere", (), is_long=is_long)
    assert len(await database.fetch("SELECT 1", ())) == 1


async def test_a_closed_handle_reads_nothing(database: Database) -> None:
    await database.fetch("SELECT 1", ())
    await database.close()
    with pytest.raises(Exception, match="closed"):
        await database.fetch("SELECT 1", ())


async def test_queries_go_to_the_replica_and_what_one_wrote_is_read_from_the_primary(
    urls: list[str],
) -> None:
    database, replica = Database(urls[0], read_url=urls[1]), Database(urls[1])
    await execute(database, "CREATE TABLE counted (n integer)")
    await execute(replica, "CREATE TABLE counted (n integer)", "INSERT INTO counted VALUES (1)")
    assert await counted(database) == 1
    [[own]] = await database.fetch_own(COUNT, ())
    assert own == 0
    await database.close()
    await replica.close()


async def test_sixty_readers_share_two_connections(narrow: Database) -> None:
    asked = "SELECT pg_backend_pid(), $1::integer, pg_sleep(0.001)"
    answers = await asyncio.gather(*(narrow.fetch(asked, (number,)) for number in range(60)))
    assert [answer[0][1] for answer in answers] == list(range(60))
    assert len({answer[0][0] for answer in answers}) == 2


async def test_readers_that_give_up_waiting_take_nobodys_turn(narrow: Database) -> None:
    busy = [asyncio.create_task(narrow.fetch("SELECT pg_sleep(0.5)", ())) for _ in range(2)]
    await sleeping(narrow, 2)
    waiting = [asyncio.create_task(narrow.fetch("SELECT 1", ())) for _ in range(6)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    answers = await asyncio.gather(*busy, *waiting, return_exceptions=True)
    cancelled = [isinstance(answer, asyncio.CancelledError) for answer in answers]
    assert cancelled == [False, False, *[True, False] * 3]


async def test_a_cancelled_reader_ends_its_statement_on_the_server(narrow: Database) -> None:
    before = await backends(narrow)
    for _ in range(3):
        tasks = [asyncio.create_task(narrow.fetch("SELECT pg_sleep(60)", ())) for _ in range(2)]
        await sleeping(narrow, 2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await sleeping(narrow, 0)
    async with asyncio.timeout(5):
        assert await backends(narrow) == before


async def test_readers_survive_the_loss_of_every_connection(narrow: Database) -> None:
    before = await backends(narrow)
    await execute(
        narrow,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    after = await backends(narrow)
    assert set(before).isdisjoint(after)


async def test_a_statement_whose_connection_is_lost_is_asked_anew(narrow: Database) -> None:
    [pid, _] = await backends(narrow)
    readers = [
        asyncio.create_task(narrow.fetch("SELECT pg_backend_pid(), pg_sleep(0.5)", ()))
        for _ in range(2)
    ]
    await sleeping(narrow, 2)
    await execute(narrow, f"SELECT pg_terminate_backend({pid})")
    answers = [int((await reader)[0][0]) for reader in readers]
    assert pid not in answers


async def test_arrays_of_anonymous_rows_are_read(narrow: Database) -> None:
    [[rows]] = await narrow.fetch(
        "SELECT ARRAY(SELECT ROW(n, 'n' || n) FROM generate_series(1, 2) n)", ()
    )
    assert [tuple(row) for row in rows] == [(1, "n1"), (2, "n2")]


async def test_a_lost_connection_is_not_asked_to_write_twice(narrow: Database) -> None:
    await execute(narrow, "CREATE TABLE counted (n integer)")
    writing = asyncio.create_task(
        narrow.write_alone(
            "INSERT INTO counted SELECT 1 FROM pg_sleep(60) RETURNING n", (), about="x"
        )
    )
    await sleeping(narrow, 1)
    await execute(
        narrow,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    with pytest.raises(Unavailable):
        await writing
    assert await counted(narrow) == 0


@pytest.mark.parametrize("is_long", [True, False])
async def test_a_long_read_of_a_file_leaves_the_loop_to_others(
    file: Database, *, is_long: bool
) -> None:
    reading = asyncio.create_task(file.fetch(LONG, (), is_long=is_long))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert [tuple(row) for row in reading.result()] == [(3_000_000,)]
    assert turns > 5


async def test_a_cancelled_read_of_a_file_stops(file: Database) -> None:
    async with asyncio.timeout(10):
        for _ in range(10):
            reading = asyncio.create_task(file.fetch(ENDLESS, (), is_long=True))
            await asyncio.sleep(0.02)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
        assert await file.fetch("SELECT 1", (), is_long=True) == [(1,)]


async def test_a_file_that_cannot_be_opened_costs_nobody_a_turn(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'folder' / 'file.db'}")
    (tmp_path / "folder").rename(tmp_path / "gone")

    async with asyncio.timeout(10):
        for _ in range(10):
            with pytest.raises(Unavailable):
                await database.fetch("SELECT 1", (), is_long=True)
        (tmp_path / "gone").rename(tmp_path / "folder")
        assert await database.fetch("SELECT 1", (), is_long=True) == [(1,)]
    await database.close()


async def test_who_gives_up_when_done_stops_nobody_elses_read(
    file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = partial(file.fetch, args=(), is_long=True)
    others = [asyncio.create_task(fetch(ENDLESS)) for _ in range(3)]
    first, second = (asyncio.create_task(fetch(one)) for one in ("SELECT 1", LONG))
    room = sqlite.Room
    release = room.release

    def release_and_give_up(self: sqlite.Room) -> None:
        release(self)
        # Its rows are there, its turn is the next one's, and it has not been told yet.
        asyncio.get_running_loop().call_soon(first.cancel)

    monkeypatch.setattr(room, "release", release_and_give_up)
    with pytest.raises(asyncio.CancelledError):
        await first

    assert await second == [(3_000_000,)]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def test_a_read_of_a_file_changes_nothing(file: Database) -> None:
    await execute(file, "CREATE TABLE counted (n integer)")
    for is_long in (False, True):
        with pytest.raises(Exception, match="readonly"):
            await file.fetch("INSERT INTO counted VALUES (1)", (), is_long=is_long)
    assert await counted(file) == 0
