"""The endpoint alone: each status, what is said with it, and what a client sees over a socket."""

import asyncio
import time
from collections.abc import Iterator

import httpx2
import orjson
import pytest

from engine import connection
from engine.documents import Operation
from engine.errors import Result
from engine.negotiation import GRAPHQL, JSON
from engine.requests import BODY_BYTES_MAX, URL_BYTES_MAX
from tests.endpoints import client, endpoint, exchange, served

LARGE = f"A request has at most {BODY_BYTES_MAX:,} bytes"
HEAD = "POST /graphql HTTP/1.1\nhost: x\ncontent-type: application/json\n"


def message(answer: httpx2.Response) -> str:
    [error] = answer.json()["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return error["message"]


async def test_body_that_does_not_arrive_is_waited_for_in_vain() -> None:
    async with served(endpoint(body_seconds=0.1)) as port:
        head, body = await exchange(port, f"{HEAD}content-length: 50\n\n", [b'{"query": '])

    assert head.startswith("HTTP/1.1 408 ")
    assert "vary: Accept" in head
    assert "The body did not arrive within 0.1 seconds" in body


@pytest.mark.parametrize("begun", ["", "POST /graphql HTTP/1.1\nhost: x\n"])
async def test_head_that_does_not_arrive_is_waited_for_in_vain(
    begun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)
    async with served(endpoint()) as port:
        # Some trickle on, so that the connection is never idle.
        head, body = await exchange(port, begun, trickle() if begun else ())

    assert head.startswith("HTTP/1.1 408 Request Timeout")
    assert orjson.loads(body)["errors"] == [
        {
            "message": "The request's head did not arrive within 0.2 seconds",
            "extensions": {"code": "BAD_REQUEST"},
        }
    ]


def trickle() -> Iterator[bytes]:
    for index in range(8):
        time.sleep(0.04)
        yield f"x-{index}: 1\r\n".encode()


async def test_a_second_request_of_a_connection_has_as_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.2)
    async with served(endpoint()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(b"GET /graphql?query={x} HTTP/1.1\r\nhost: x\r\n\r\n")
            assert (await reader.readuntil(b'{"data":{"x":1}}')).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(0.3)
        writer.close()
        await writer.wait_closed()


async def test_head_has_a_length() -> None:
    headers = "".join(f"x-{index}: {'y' * 1000}\n" for index in range(300))
    async with served(endpoint()) as port:
        head, body = await exchange(port, f"GET / HTTP/1.1\n{headers}")

    assert head.startswith("HTTP/1.1 431 Request Header Fields Too Large")
    assert "A request's head has at most 65,536 bytes" in body


async def test_what_is_no_http_is_answered_in_json() -> None:
    async with served(endpoint()) as port:
        head, body = await exchange(port, "HELLO\n\n")

    assert head.startswith("HTTP/1.1 400 Bad Request")
    assert "content-type: application/json" in head
    assert orjson.loads(body)["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


async def test_address_has_a_length() -> None:
    address = "/graphql?query={x}"
    # Commas mean nothing in GraphQL, and are sent as they are.
    address += "," * (URL_BYTES_MAX - len(address))
    async with client(endpoint()) as http:
        passed = await http.get(address)
        refused = await http.get(address + ",")

    assert passed.json() == {"data": {"x": 1}}
    assert refused.status_code == 414
    assert message(refused) == "An address has at most 16,384 bytes"


def chunked(size: int) -> Iterator[bytes]:
    """A body in chunks of 64 KB, whose length nobody has told."""
    for _ in range(size // 2**16):
        yield b"10000\r\n" + b" " * 2**16 + b"\r\n"
    yield b"0\r\n\r\n"


async def test_client_that_sends_too_much_sees_the_answer() -> None:
    size = 3 * 2**20
    async with served(endpoint()) as port:
        declared = await exchange(port, f"{HEAD}content-length: {size}\n\n", [b" " * size])
        streamed = await exchange(port, f"{HEAD}transfer-encoding: chunked\n\n", chunked(size))

    for head, body in (declared, streamed):
        assert head.startswith("HTTP/1.1 413 ")
        assert LARGE in body


async def test_body_at_the_limit_passes() -> None:
    body = b'{"query":"{x}"}'.ljust(BODY_BYTES_MAX)
    async with client(endpoint()) as http:
        passed = await http.post("/", content=body, headers={"content-type": JSON})
        refused = await http.post("/", content=body + b" ", headers={"content-type": JSON})

    assert passed.json() == {"data": {"x": 1}}
    assert refused.status_code == 413
    assert message(refused) == LARGE


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"content-type": f"{JSON}; charset=latin-1"}, "as application/json in UTF-8"),
        ({"content-type": f"{JSON}; charset=utf-16"}, "as application/json in UTF-8"),
        ({"content-type": JSON, "content-encoding": "gzip"}, "without compression"),
        ({"content-type": JSON, "content-encoding": "br, identity"}, "without compression"),
    ],
)
async def test_other_encodings_are_refused(headers: dict[str, str], words: str) -> None:
    async with client(endpoint()) as http:
        answer = await http.post("/", content=b'{"query":"{x}"}', headers=headers)

    assert answer.status_code == 415
    assert words in message(answer)


async def test_identity_is_no_compression() -> None:
    async with client(endpoint()) as http:
        headers = {"content-encoding": "Identity"}
        answer = await http.post("/", json={"query": "{x}"}, headers=headers)

    assert answer.json() == {"data": {"x": 1}}


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
async def test_only_get_and_post_are_answered(method: str) -> None:
    async with client(endpoint()) as http:
        answer = await http.request(method, "/")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    if method != "HEAD":
        assert message(answer) == "Send operations by POST, or queries by GET"


async def test_batch_is_refused_in_words() -> None:
    async with client(endpoint()) as http:
        answer = await http.post("/", json=[{"query": "{x}"}, {"query": "{x}"}])

    assert answer.status_code == 400
    assert message(answer) == "Send one operation at a time: there are no batches"


async def test_type_that_is_not_spoken_is_refused_in_json() -> None:
    async with client(endpoint()) as http:
        answer = await http.post("/", json={"query": "{x}"}, headers={"accept": "text/csv"})

    assert answer.status_code == 406
    assert message(answer) == "Accept application/graphql-response+json or application/json"


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_what_nobody_foresaw_is_a_well_formed_answer(
    accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_operation: Operation, _given: object, _context: object) -> Result:
        raise RuntimeError("secret")

    async with client(endpoint(fail)) as http:
        answer = await http.post("/", json={"query": "{x}"}, headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.json()["data"] is None
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert error["extensions"]["id"] in caplog.text
    assert "secret" not in answer.text
    assert "secret" in caplog.text


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 503)])
async def test_operation_that_takes_too_long_is_stopped(accept: str, status: int) -> None:
    stopped: list[str] = []

    async def take_long(operation: Operation, _given: object, _context: object) -> Result:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.append(operation.definition.operation.value)
            raise
        return Result({"x": 1})

    async with client(endpoint(take_long, query_seconds=0.05, mutation_seconds=0.06)) as http:
        answers = [
            await http.post("/", json={"query": query}, headers={"accept": accept})
            for query in ("{x}", "mutation {x}")
        ]

    assert stopped == ["query", "mutation"]
    assert [answer.status_code for answer in answers] == [status, status]
    assert [answer.headers["vary"] for answer in answers] == ["Accept", "Accept"]
    assert [answer.json() for answer in answers] == [
        {"errors": [{"message": words, "extensions": {"code": "REQUEST_TIMEOUT"}}]}
        for words in (
            "The request took more than 0.05 seconds and was stopped",
            (
                "The request took more than 0.06 seconds and was stopped. "
                "Look whether it was carried out before you repeat it"
            ),
        )
    ]


async def test_whose_key_is_looked_up_for_too_long_is_asked_to_try_again() -> None:
    async def context() -> None:
        await asyncio.sleep(60)

    slow = endpoint(context=lambda _scope, _headers: context(), query_seconds=0.05)
    async with client(slow) as http:
        answer = await http.post("/", json={"query": "{x}"})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    [error] = answer.json()["errors"]
    assert error == {
        "message": "The key could not be looked up within 0.05 seconds. Try again",
        "extensions": {"code": "SERVICE_UNAVAILABLE"},
    }


@pytest.mark.parametrize("query", ["subscription {x}", "query a {x} subscription b {x}"])
async def test_subscription_without_a_stream_is_refused_in_words(query: str) -> None:
    async with client(endpoint()) as http:
        params = {"query": query, "operationName": "b" if "query" in query else ""}
        answers = [
            await http.post("/", json=params, headers={"accept": GRAPHQL}),
            await http.get("/", params=params, headers={"accept": GRAPHQL}),
        ]

    for answer in answers:
        assert answer.status_code == 400
        [error] = answer.json()["errors"]
        assert error["message"] == (
            "A subscription is answered by a stream: accept text/event-stream, or subscribe over a "
            "websocket (graphql-transport-ws)"
        )
        assert error["extensions"] == {"code": "BAD_REQUEST"}
