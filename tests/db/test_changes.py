"""Committed changes are told: after the commit, in order, all of them, to whom they concern."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db import changes, notified
from db.changes import Ended, InvoiceChanged, Subscriber, announce
from db.database import Database
from db.errors import Unavailable
from db.tables import Invoice
from domain.activity import ActivityKind
from tests.conftest import NOW
from tests.databases import PostgreSQL

SECONDS = 10


def change(number: int = 1, organization_id: int = 1) -> InvoiceChanged:
    moment = NOW + timedelta(milliseconds=number)
    invoice_id = f"invoice_{number:026}"
    return InvoiceChanged(organization_id, invoice_id, "customer_1", ActivityKind.SENT, moment)


async def watch(database: Database, organization_id: int = 1) -> Subscriber:
    return await database.changes.subscribe(organization_id, invoice_id=None, customer_id=None)


async def heard(subscriber: Subscriber) -> InvoiceChanged:
    async with asyncio.timeout(SECONDS):
        return await subscriber.next()


def values(found: InvoiceChanged) -> tuple[Any, ...]:
    return tuple(getattr(found, name) for name in InvoiceChanged.__slots__)


def invoice() -> Invoice:
    make: Any = Invoice
    return make(organization_id=1, id="invoice_1", customer_id="customer_1")


async def test_what_is_committed_is_told_afterwards(database: Database) -> None:
    subscriber = await watch(database)
    async with database.transaction() as session:
        announce(session, invoice(), ActivityKind.SENT, NOW)
        await asyncio.sleep(0)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await subscriber.next()

    found = await heard(subscriber)
    assert values(found) == (1, "invoice_1", "customer_1", ActivityKind.SENT, NOW)


async def test_what_is_rolled_back_is_not_told(database: Database) -> None:
    subscriber = await watch(database)
    with suppress(ZeroDivisionError):
        async with database.transaction() as session:
            announce(session, invoice(), ActivityKind.SENT, NOW)
            raise ZeroDivisionError
    database.changes.tell([change(7)])

    assert (await heard(subscriber)).invoice_id == change(7).invoice_id


async def test_thousands_at_once_are_all_told_in_their_order(database: Database) -> None:
    subscriber = await watch(database)
    for first in range(0, 2_000, 200):
        told = [change(number) for number in range(first, first + 200)]
        database.changes.tell(told)
        found = [await heard(subscriber) for _ in told]
        assert [values(one) for one in found] == [values(one) for one in told]


async def test_each_organization_is_told_its_own(database: Database) -> None:
    ours, theirs = await watch(database), await watch(database, 2)
    database.changes.tell([change(1, 2), change(2, 1), change(3, 2)])

    assert values(await heard(ours)) == values(change(2, 1))
    assert [values(await heard(theirs)) for _ in range(2)] == [
        values(change(1, 2)),
        values(change(3, 2)),
    ]


async def test_who_falls_behind_is_told_to_read_again_and_keeps_nothing(database: Database) -> None:
    slow, quick = await watch(database), await watch(database)
    for number in range(changes.WAITING_MAX + 1):
        database.changes.tell([change(number)])
        await heard(quick)

    with pytest.raises(Ended, match="fallen behind"):
        await slow.next()
    database.changes.tell([change(9_999)])
    await heard(quick)
    with pytest.raises(Ended, match="fallen behind"):
        await slow.next()


async def test_who_has_left_is_told_nothing(database: Database) -> None:
    left, stays = await watch(database), await watch(database)
    database.changes.unsubscribe(left)
    database.changes.unsubscribe(left)
    database.changes.tell([change()])
    await heard(stays)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await left.next()


async def test_a_stop_ends_all_and_lets_nobody_in(database: Database) -> None:
    subscriber = await watch(database)
    database.changes.stop()

    with pytest.raises(Ended, match="is being stopped"):
        await subscriber.next()
    with pytest.raises(Ended, match="is being stopped"):
        await watch(database)


async def test_what_is_told_at_the_end_still_arrives(database: Database, database_url: str) -> None:
    if database.is_sqlite:
        # It tells itself only.
        return
    other = Database(database_url)
    subscriber = await watch(database)
    other.changes.tell([change()])
    await other.close()

    assert values(await heard(subscriber)) == values(change())


class TestOnPostgreSQL:
    """By NOTIFY and LISTEN."""

    @pytest.fixture
    def databases(self, postgresql: PostgreSQL) -> PostgreSQL:
        return postgresql

    async def listening(self, database: Database) -> int:
        rows = await database.read_own(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')"
            )
        )
        return rows[0][0]

    async def test_where_nobody_watches_nobody_listens(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notified, "LOOK_SECONDS", 0.05)
        assert await self.listening(database) == 0
        subscriber = await watch(database)
        # It is looked at meanwhile.
        await asyncio.sleep(0.2)
        assert await self.listening(database) == 1
        database.changes.unsubscribe(subscriber)
        async with asyncio.timeout(SECONDS):
            while await self.listening(database):
                pass

        again = await watch(database)
        database.changes.tell([change()])
        assert values(await heard(again)) == values(change())

    @pytest.mark.parametrize("payload", ["", "none", "[[1]]", "[7]", '[[1,"a","b","unheard",0]]'])
    async def test_words_of_another_version_are_a_reason_to_read_again(
        self, database: Database, payload: str
    ) -> None:
        subscriber = await watch(database)
        await database.fetch_own("SELECT pg_notify($1, $2)", (notified.CHANNEL, payload))
        with pytest.raises(Ended, match="may have been missed"):
            await heard(subscriber)

    async def test_many_who_come_at_once_share_one_connection(self, database: Database) -> None:
        found = await asyncio.gather(*(watch(database) for _ in range(50)))
        assert await self.listening(database) == 1
        database.changes.tell([change()])

        assert {values(await heard(one)) for one in found} == {values(change())}


async def test_without_a_database_nobody_watches(postgresql: PostgreSQL) -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        await watch(database)
    await database.close()
