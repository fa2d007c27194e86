"""What it costs a request to be asked for its key, when the key is known."""

import asyncio
import gc
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

import typer
from starlette.types import Message

from app import create_app
from benchmarks import figures
from benchmarks.figures import Figure
from db import migrate, organizations
from db.database import Database
from domain.access import Role
from endpoints.access import Access, ByKey, Demo
from engine.requests import Headers
from services import keys
from services.files import Files
from services.signing import Signer
from services.storage import open_storage

GOAL_MICROSECONDS = 50

_NOW = datetime(2026, 3, 10, tzinfo=UTC)
_BODY = b'{"query":"{ viewer { name } }"}'
_CALLS, _REQUESTS = 50_000, 5_000


def measure(rounds: int) -> None:
    """Measure in turns, without a web server; CPU time in microseconds, medians."""
    with tempfile.TemporaryDirectory() as folder:
        asked, without, with_key = asyncio.run(_measured(f"sqlite:///{folder}/remit.db", rounds))
    more = median(with_key) - median(without)
    typer.echo(f"{more:.1f} µs more for the key, {median(asked):.1f} of it to look it up")
    figure = Figure("CPU time a request for its key", more, "µs", GOAL_MICROSECONDS)
    raw = {"asked_us": asked, "without_us": without, "with_key_us": with_key}
    figures.write("access", "make bench-access", [figure], raw)


async def _measured(url: str, rounds: int) -> tuple[list[float], list[float], list[float]]:
    database = Database(url)
    await migrate.upgrade(database)
    async with database.transaction() as session:
        organization = await organizations.create(
            session,
            organization_id=1,
            name="Demo Freight",
            time_zone="America/Toronto",
            currency="CAD",
            created_at=_NOW,
        )
        _, key = await keys.create(
            session, organization_id=1, name="Board", role=Role.CLERK, now=_NOW
        )
    by_key = ByKey(database)
    ways = [_requests(database, Demo(organization), None), _requests(database, by_key, key)]
    asked = _asked(by_key, key)
    found: list[list[float]] = [[], [], []]
    gc.disable()
    for _ in range(rounds):
        for times, way in zip(found, [asked, *ways], strict=True):
            times.append(await way())
    await database.close()
    return found[0], found[1], found[2]


def _asked(access: ByKey, key: str) -> Callable[[], Awaitable[float]]:
    """Only the question."""

    async def run() -> float:
        scope = _scope(key)
        headers = Headers(scope)
        first: Any = access.viewer(scope, headers, _NOW)
        if asyncio.iscoroutine(first):
            await first
        began = process_time_ns()
        for _ in range(_CALLS):
            access.viewer(scope, headers, _NOW)
        return (process_time_ns() - began) / _CALLS / 1_000

    return run


def _requests(
    database: Database, access: Access, key: str | None
) -> Callable[[], Awaitable[float]]:
    """Whole requests, as the web server hands them over."""
    files = Files(Signer(b"benchmark", "http://test"), open_storage("memory:///", Path()))
    app = create_app(database, access, files=files, clock=lambda: datetime.now(UTC))
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": _BODY, "more_body": False}

    async def send(message: Message) -> None:
        if "status" in message:
            statuses.append(message["status"])

    async def run() -> float:
        statuses.clear()
        await app(_scope(key), receive, send)
        began = process_time_ns()
        for _ in range(_REQUESTS):
            await app(_scope(key), receive, send)
        took = process_time_ns() - began
        if set(statuses) != {200}:
            raise typer.Exit(1)
        return took / _REQUESTS / 1_000

    return run


def _scope(key: str | None) -> dict[str, Any]:
    headers = [(b"host", b"test"), (b"content-type", b"application/json")]
    if key is not None:
        headers.append((b"authorization", b"Bearer " + key.encode()))
    return {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": headers,
        "client": ("192.0.2.1", 4000),
    }
