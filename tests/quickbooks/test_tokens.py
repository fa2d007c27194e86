"""Access tokens: kept, refreshed in time, by one at a time, and given up where there are none."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from db import quickbooks_connections as connections
from db.database import Database
from db.errors import Unavailable
from quickbooks.errors import Disconnected, NeedsReconnect, Retryable
from quickbooks.tokens import AccessTokens
from quickbooks.vault import Vault
from services import quickbooks_connections as service
from services.author import Author
from tests.conftest import TODAY
from tests.quickbooks.simulator import Kind, Mishap
from tests.quickbooks.world import QuickBooksWorld

REFRESH = "token.refresh_token"


@pytest.fixture
async def other(database_url: str) -> AsyncGenerator[Database]:
    """The database as another process has it."""
    database = Database(database_url)
    yield database
    await database.close()


async def test_a_token_is_used_until_five_minutes_before_its_end(
    connected: QuickBooksWorld,
) -> None:
    tokens = connected.access_tokens()
    first = await tokens()
    connected.clock.advance(timedelta(minutes=54, seconds=59))
    assert await tokens() == first
    connected.clock.advance(timedelta(seconds=1))
    second = await tokens()
    assert second != first
    assert await tokens() == second
    assert connected.simulator.count(REFRESH) == 1


async def test_many_in_two_processes_refresh_once(
    connected: QuickBooksWorld, other: Database
) -> None:
    connected.simulator.switches.rotate_always = True
    connected.simulator.switches.stale_refresh_revokes = True
    connected.simulator.go_wrong(Mishap("delay", REFRESH, seconds=0.3))
    connected.clock.advance(timedelta(hours=1))
    both = (connected.access_tokens(), connected.access_tokens(other))
    found = await asyncio.gather(*(tokens() for tokens in both * 4))
    assert len(set(found)) == 1
    assert connected.simulator.count(REFRESH) == 1


async def test_a_token_that_two_were_refused_with_is_refreshed_once(
    connected: QuickBooksWorld, other: Database
) -> None:
    both = (connected.access_tokens(), connected.access_tokens(other))
    refused = await both[0]()
    found = await asyncio.gather(*(tokens(refused) for tokens in both * 4))
    assert len(set(found)) == 1
    assert refused not in found
    assert connected.simulator.count(REFRESH) == 1


async def test_new_tokens_are_stored_before_they_are_used(connected: QuickBooksWorld) -> None:
    connected.simulator.switches.rotate_always = True
    before = connected.tokens_of(await connected.connection())
    used = await connected.access_tokens()(before.access)
    row = await connected.connection()
    after = connected.tokens_of(row)
    assert used == after.access
    assert after.refresh == connected.simulator.grants.grants[0].refresh_token != before.refresh
    assert (row.refresh_owner, row.refresh_until) == (None, None)
    assert row.access_expires_at == connected.clock() + timedelta(hours=1)
    assert row.refresh_expires_at == connected.clock() + timedelta(seconds=8_726_400)


async def test_without_a_place_to_store_them_new_tokens_are_not_used(
    connected: QuickBooksWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies, or as good as that, between the answer and the row."""

    async def die(*_args: object, **_rest: object) -> bool:
        raise asyncio.CancelledError

    before = await connected.connection()
    refused = connected.tokens_of(before).access
    with monkeypatch.context() as patch:
        patch.setattr(connections, "store_refreshed", die)
        with pytest.raises(asyncio.CancelledError):
            await connected.access_tokens()(refused)
    assert (await connected.connection()).tokens == before.tokens

    # Nobody else may, until the time of whoever died is over; then all goes on.
    dead = await connected.connection()
    assert dead.refresh_until == connected.clock() + timedelta(seconds=20)
    connected.clock.advance(timedelta(seconds=20))
    assert await connected.access_tokens()(refused) != refused
    assert connected.simulator.count(REFRESH) == 2


async def test_whoever_waits_for_one_that_died_gives_up_after_a_while(
    connected: QuickBooksWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = await connections.find(connected.database, 1)
    assert seen is not None
    now = connected.clock()
    async with connected.database.transaction() as session:
        until = now + timedelta(seconds=20)
        assert await connections.take_refresh(session, seen, owner="x", now=now, until=until)
    monkeypatch.setattr("quickbooks.tokens._STORING", timedelta(seconds=-4.7))
    with pytest.raises(Retryable, match="are being refreshed"):
        await connected.access_tokens()(connected.tokens_of(await connected.connection()).access)
    assert connected.simulator.count(REFRESH) == 0


async def test_a_database_that_is_away_for_a_moment_loses_no_token(
    connected: QuickBooksWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected.simulator.switches.rotate_always = True
    store, failures = connections.store_refreshed, [1, 2]

    async def sometimes(*args: Any, **rest: Any) -> bool:
        if failures:
            failures.pop()
            raise Unavailable("gone")
        return await store(*args, **rest)

    monkeypatch.setattr(connections, "store_refreshed", sometimes)
    monkeypatch.setattr("quickbooks.tokens._STORE_AGAIN_SECONDS", (0, 0))
    refused = connected.tokens_of(await connected.connection()).access
    used = await connected.access_tokens()(refused)
    assert connected.tokens_of(await connected.connection()).access == used


async def test_refused_for_good_the_connection_is_marked(connected: QuickBooksWorld) -> None:
    tokens = connected.access_tokens()
    refused = await tokens()
    connected.simulator.disconnect()
    for _ in "ab":
        with pytest.raises(NeedsReconnect, match="Connect QuickBooks again"):
            await tokens(refused)
    assert connected.simulator.count(REFRESH) == 1
    assert (await connected.connection()).reconnect_reason is not None


async def test_refused_where_another_has_refreshed_meanwhile_its_tokens_are_used(
    connected: QuickBooksWorld, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that hung for longer than its time comes with the old refresh token."""
    connected.simulator.switches.rotate_always = True
    slow = connected.access_tokens()
    refused = await slow()
    refresh, found = slow.keeping.oauth.refresh, list[str]()

    async def hung(refresh_token: str) -> object:
        monkeypatch.undo()
        connected.clock.advance(timedelta(seconds=20))
        found.append(await connected.access_tokens(other)(refused))
        return await refresh(refresh_token)

    monkeypatch.setattr(slow.keeping.oauth, "refresh", hung)
    assert await slow(refused) == found[0]
    assert (await connected.connection()).reconnect_reason is None


@pytest.mark.parametrize("kind", ["drop_before", "html", "server_error"])
async def test_an_outage_changes_nothing_and_the_next_may_try_at_once(
    connected: QuickBooksWorld, kind: Kind
) -> None:
    before = await connected.connection()
    refused = connected.tokens_of(before).access
    connected.simulator.go_wrong(Mishap(kind, REFRESH))
    with pytest.raises(Retryable):
        await connected.access_tokens()(refused)
    assert await connected.connection() == before
    assert await connected.access_tokens()(refused) != refused


async def test_disconnected_while_intuit_is_asked_the_new_tokens_are_revoked(
    connected: QuickBooksWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected.simulator.switches.rotate_always = True
    tokens = connected.access_tokens()
    refused = await tokens()
    refresh = tokens.keeping.oauth.refresh

    async def meanwhile(refresh_token: str) -> object:
        author = Author(1, "Ann", connected.clock(), TODAY)
        async with connected.database.transaction() as session:
            await service.disconnect(session, author)
        return await refresh(refresh_token)

    monkeypatch.setattr(tokens.keeping.oauth, "refresh", meanwhile)
    with pytest.raises(Disconnected):
        await tokens(refused)
    assert await connected.work() == 1
    assert [grant.revoked for grant in connected.simulator.grants.grants] == [True]


async def test_tokens_are_those_of_one_company(connected: QuickBooksWorld) -> None:
    keeping = connected.access_tokens().keeping
    for organization_id, realm_id in ((1, "42"), (2, connected.simulator.company.realm)):
        with pytest.raises(Disconnected):
            await AccessTokens(keeping, organization_id, realm_id)()


async def test_with_another_key_nobody_has_to_connect_again(
    connected: QuickBooksWorld, caplog: pytest.LogCaptureFixture
) -> None:
    row = await connected.connection()
    row.tokens = Vault([Fernet.generate_key()]).seal(1, row.realm_id, connected.tokens_of(row))
    async with connected.database.transaction() as session:
        await connections.connect(session, row)
    with pytest.raises(Retryable, match="REMIT_TOKEN_KEY") as raised:
        await connected.access_tokens()()
    assert raised.value.pause == timedelta(minutes=15)
    assert (await connected.connection()).reconnect_reason is None
    assert [record.levelname for record in caplog.records] == ["ERROR"]
