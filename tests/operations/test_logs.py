"""What a real server writes to its log: a line a request, and nothing that a client has sent."""

import asyncio
import errno
import json
import re
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from db.database import Database
from endpoints.watch import Watch
from tests.clerks import PAY
from tests.databases import SQLite
from tests.endpoints import client, endpoint
from tests.live.watchers import connected
from tests.processes import WAIT_SECONDS, Server, add_organization, server

Serve = Callable[..., Server]

JSON = {"REMIT_LOG_FORMAT": "json"}
SECRET = "WIRE-4711-NOBODY-SEES-THIS"


def lines(running: Server) -> list[dict[str, Any]]:
    """Those that are JSON; the greeting is for people."""
    found = running.log.read_text().splitlines()
    return [json.loads(line) for line in found if line.startswith('{"')]


async def send(running: Server, query: str, headers: dict[str, str], **variables: Any) -> Any:
    async with httpx2.AsyncClient(base_url=running.address) as http:
        body = {"query": query, "variables": variables}
        return await http.post("/graphql", json=body, headers=headers)


@pytest.fixture
async def url(database_url: str) -> str:
    await add_organization(database_url)
    return database_url


@pytest.fixture(scope="module")
def serve(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Generator[Serve]:
    """Servers for all that is told alike whatever the database."""
    with ExitStack() as stack:

        def serve(**settings: str) -> Server:
            folder = tmp_path_factory.mktemp("logs")
            url = stack.enter_context(sqlite.copy(folder))
            asyncio.run(add_organization(url))
            return stack.enter_context(server(url, folder, **settings))

        yield serve


@pytest.fixture(scope="module")
def running(serve: Serve) -> Server:
    return serve(**JSON)


async def test_a_request_is_a_line_without_values(running: Server) -> None:
    payment = {"invoiceId": SECRET, "amount": "1", "method": "wire", "referenceNumber": SECRET}
    named = PAY.replace("mutation (", "mutation Pay(")
    headers = {"x-request-id": "shop-1:7.b", "authorization": f"Bearer {SECRET}"}
    answer = await send(running, named, headers, input=payment)
    [line] = [one for one in lines(running) if one["request_id"] == "shop-1:7.b"]

    assert answer.headers["x-request-id"] == "shop-1:7.b"
    assert line.pop("timestamp").endswith("Z")
    assert 0 < line.pop("duration_ms") < 10_000
    assert line == {
        "level": "info",
        "event": "request",
        "request_id": "shop-1:7.b",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Pay",
        "outcome": "OK",
        "organization_id": 1,
    }
    assert SECRET not in running.log.read_text()


async def test_a_request_id_that_is_no_word_is_replaced(running: Server) -> None:
    for bad in ("two words", 'x","level":"fatal', "x" * 101, ""):
        answer = await send(running, "{ viewer { name } }", {"x-request-id": bad})
        made = answer.headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{16}", made)
        assert lines(running)[-1]["request_id"] == made


async def test_an_unexpected_error_is_told_under_its_id_and_the_requests(
    url: str, tmp_path: Path
) -> None:
    database = Database(url)
    with server(url, tmp_path, **JSON) as running:
        async with database.transaction() as session:
            connection = await session.connection()
            await connection.execute(text("ALTER TABLE payments RENAME TO payments_gone"))
        query = "query ($word: String) { payments(filter: {search: $word}) { totalCount } }"
        answer = await send(running, query, {}, word=SECRET)
        [error] = [one for one in lines(running) if one["level"] == "error"]
        [line] = [one for one in lines(running) if one.get("operation") == ""]
    await database.close()

    error_id = answer.json()["errors"][0]["extensions"]["id"]
    assert error_id in error["event"]
    assert error["logger"] == "engine.errors"
    assert error["request_id"] == line["request_id"] == answer.headers["x-request-id"]
    assert "Traceback" in error["exception"]
    assert line["outcome"] == "INTERNAL_SERVER_ERROR"
    assert SECRET not in running.log.read_text()


def test_the_level_leaves_requests_out(serve: Serve) -> None:
    running = serve(**JSON, REMIT_LOG_LEVEL="warning")
    answer = httpx2.get(f"{running.address}/nowhere")
    assert answer.headers["x-request-id"]
    assert lines(running) == []


def test_for_people_a_line_is_one_line_without_escapes(serve: Serve) -> None:
    running = serve(REMIT_LOG_FORMAT="console")
    httpx2.get(f"{running.address}/a%1b[31mred%0aline")
    [line] = [one for one in running.log.read_text().splitlines() if "line" in one]

    assert "status=404" in line
    assert "operation=None" in line
    assert "\x1b" not in line


async def test_a_log_that_cannot_be_written_stops_no_request() -> None:
    def full(event: str, **_: Any) -> None:
        raise OSError(errno.ENOSPC, event)

    async with client(Watch(endpoint(), full, None)) as http:
        answer = await http.post("/", json={"query": "{x}"})

    assert answer.json() == {"data": {"x": 1}}


async def told_of(running: Server, request_id: str, count: int) -> list[dict[str, Any]]:
    """So many lines, when they are there."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        found = [line for line in lines(running) if line.get("request_id") == request_id]
        if len(found) >= count:
            return found
        assert time.monotonic() < until, found
        await asyncio.sleep(0.02)


async def test_a_socket_and_what_is_asked_over_it_are_lines(running: Server) -> None:
    head = {"x-request-id": "board-7"}
    async with connected(running.port, additional_headers=head) as client:
        assert client.socket.response is not None
        assert client.socket.response.headers["x-request-id"] == "board-7"
        await client.begin({"Authorization": f"Bearer {SECRET}"})
        key = await client.watch("subscription Board { invoiceChanged { kind } }")
        await client.data("query Name { viewer { name } }")
        await client.ask("query Nothing { nothing }")
        await client.hear()
        await client.say({"type": "complete", "id": key})
        await client.ping()
        await client.say("nonsense")
        await client.closed()
    told = await told_of(running, "board-7", count=5)
    assert [(one["event"], one.get("operation"), one.get("outcome")) for one in told] == [
        ("subscription", "Board", "BEGUN"),
        ("request", "Name", "OK"),
        ("request", None, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription", "Board", "ENDED"),
        ("websocket", None, None),
    ]
    assert [one["method"] for one in told] == ["WEBSOCKET"] * 5
    assert [one["path"] for one in told] == ["/graphql"] * 5
    assert [one["organization_id"] for one in told] == [1] * 5
    assert told[-1]["code"] == 4400
    assert SECRET not in running.log.read_text()
