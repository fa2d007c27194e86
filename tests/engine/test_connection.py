"""Connections that bring no request: none is kept for as long as its client likes."""

import asyncio
from typing import Any

import pytest

from tests.endpoints import endpoint, exchange, served

ASK = "GET /graphql?query={x} HTTP/1.1\nhost: x\n\n"
# Refused at once, and its body never comes.
PUT = "PUT /graphql HTTP/1.1\nhost: x\ncontent-length: 1000\n\n"
POST = "POST /graphql HTTP/1.1\nhost: x\ncontent-type: application/json\n"


@pytest.mark.parametrize("head", [ASK, PUT])
async def test_who_says_nothing_that_is_a_request_is_let_go(head: str) -> None:
    async with served(endpoint(), timeout_keep_alive=0.2) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.replace("\n", "\r\n").encode())
        await reader.readuntil(b"}")
        writer.write(b"\r\n")
        async with asyncio.timeout(5):
            await reader.read()
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    "begun",
    [
        # After the last chunk there may be more headers; and each chunk may have extensions.
        "0\nx: ",
        "0\n" + "x: y\n" * 1_000,
        "1;",
    ],
)
async def test_what_belongs_to_no_head_and_no_body_has_a_length(begun: str) -> None:
    async with served(endpoint()) as port:
        head = f"{POST}transfer-encoding: chunked\n\n{begun}"
        answer, body = await exchange(port, head, [b"y" * 400_000])

    assert answer.startswith("HTTP/1.1 431 Request Header Fields Too Large")
    assert "A request's head has at most 65,536 bytes" in body


async def test_a_body_may_come_in_many_small_chunks() -> None:
    body = b'{"query":"{x}"}'.ljust(20_000)
    chunks = [b"1\r\n%c\r\n" % byte for byte in body]
    parts = [b"".join(chunks[start : start + 500]) for start in range(0, len(chunks), 500)]
    async with served(endpoint()) as port:
        head = f"{POST}transfer-encoding: chunked\n\n"
        answer, answered = await exchange(port, head, [*parts, b"0\r\nx-checksum: 1\r\n\r\n"])

    assert answer.startswith("HTTP/1.1 200 ")
    assert answered == '{"data":{"x":1}}'


async def test_a_connection_may_bring_any_number_of_requests() -> None:
    ask = f"GET /graphql?query={{x}} HTTP/1.1\r\nhost: x\r\nx: {'y' * 10_000}\r\n\r\n".encode()
    async with served(endpoint()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(20):
            writer.write(ask)
            assert (await reader.readuntil(b'{"data":{"x":1}}')).startswith(b"HTTP/1.1 200 ")
        writer.close()
        await writer.wait_closed()


UPGRADE = (
    "GET /graphql HTTP/1.1\nhost: x\nconnection: Upgrade\nupgrade: websocket\n"
    "sec-websocket-version: 13\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\n\n"
)
PING, PONG = b"\x89\x80\0\0\0\0", b"\x8a\0"


async def test_a_socket_is_not_idle_whatever_was_asked_before_over_its_connection() -> None:
    queries = endpoint()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await queries(scope, receive, send)
            return
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async with served(app, timeout_keep_alive=0.1) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(ASK.replace("\n", "\r\n").encode())
        await reader.readuntil(b"}}")
        writer.write(UPGRADE.replace("\n", "\r\n").encode())
        await reader.readuntil(b"\r\n\r\n")
        # Several times as long as a connection is kept that waits for a request.
        await asyncio.sleep(0.5)
        writer.write(PING)
        async with asyncio.timeout(5):
            assert await reader.readexactly(2) == PONG
        writer.close()
        await writer.wait_closed()
