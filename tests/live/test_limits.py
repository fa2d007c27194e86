"""What one client may take of a server: each bound, and that it is told."""

import asyncio
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from engine import sockets
from tests.databases import SQLite
from tests.live.conftest import Live
from tests.live.watchers import KINDS, SECONDS, Watcher, connected, refused, watcher


@pytest.fixture
def databases(sqlite: SQLite) -> SQLite:
    """What is said before anything is read is the same on both."""
    return sqlite


async def test_a_message_of_more_than_256_kb_closes_the_socket(live: Live) -> None:
    async with connected(live.port) as client:
        await client.begin()
        await client.say({"type": "ping", "payload": {"x": "x" * 2**18}})

        code, _ = await client.closed()

    assert code == 1009


async def test_who_says_nothing_is_let_go(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sockets.INIT_SECONDS == 5
    monkeypatch.setattr(sockets, "INIT_SECONDS", 0.05)
    async with connected(live.port) as client:
        assert await client.closed() == (4408, "Connection initialisation timeout")


async def test_operations_of_a_socket_are_bounded(live: Live) -> None:
    async with connected(live.port) as client:
        await client.begin()
        for _ in range(20):
            await client.watch(KINDS)
        key = await client.ask(KINDS)

        assert await client.hear() == {
            "type": "error",
            "id": key,
            "payload": [
                {
                    "message": "A socket has at most 20 operations at once",
                    "extensions": {"code": "BAD_REQUEST"},
                }
            ],
        }
        await client.say({"type": "complete", "id": "7"})
        await client.watch(KINDS)


async def test_sockets_of_a_server_are_bounded(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SOCKETS_MAX", 2)
    async with connected(live.port), connected(live.port):
        status, body = await refused(live.port)

        assert status == 503
        assert body["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}

    # Those have gone, which the server learns in its time.
    await until_let_in(live.port)


async def until_let_in(port: int) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            with suppress(InvalidStatus):
                async with connected(port):
                    return


async def test_subscriptions_of_a_server_are_bounded(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.running.SUBSCRIPTIONS_MAX", 2)
    async with watcher(live.port) as one, watcher(live.port) as other:
        key = await one.ask(KINDS)
        message = await one.hear()
        assert (message["type"], message["id"]) == ("error", key)
        assert message["payload"] == [
            {
                "message": "This server has 2 subscriptions, its most. Try again",
                "extensions": {"code": "SERVICE_UNAVAILABLE"},
            }
        ]
        await other.say({"type": "complete", "id": "1"})
        await other.ping()
        await one.watch(KINDS)


async def flooded(client: Watcher, frames: int) -> tuple[int, str]:
    async def flood() -> None:
        for _ in range(frames):
            await client.socket.ping()

    flooding = asyncio.create_task(flood())
    try:
        return await client.closed()
    finally:
        flooding.cancel()
        await asyncio.wait([flooding])
        assert flooding.cancelled() or isinstance(flooding.exception(), ConnectionClosed | None)


async def test_a_flood_of_frames_closes_the_socket(live: Live) -> None:
    async with connected(live.port) as client:
        await client.begin()

        assert await flooded(client, 5_000) == (4429, "At most 100 messages a second")


async def test_a_flood_of_messages_closes_the_socket(live: Live) -> None:
    async with connected(live.port) as client:
        await client.begin()
        # More than the clock's next second could let through.
        for _ in range(250):
            await client.say({"type": "pong"})

        assert await client.closed() == (4429, "At most 100 messages a second")


async def test_too_many_rows_are_not_watched(live: Live) -> None:
    rows = "a: activity(first: 100) { nodes { id } } b: activity(last: 100) { nodes { id } }"
    deep = f"customer {{ invoices(first: 100) {{ nodes {{ {rows} }} }} }}"
    query = f"subscription {{ invoiceChanged {{ invoice {{ {deep} }} }} }}"
    async with connected(live.port) as client:
        await client.begin()
        await client.ask(query)
        message = await client.hear()

        assert message["type"] == "error"
        [error] = message["payload"]
        assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert error["extensions"]["costMax"] == 20_000
