"""Small endpoints over a schema of one field, and the requests that reach them."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import uvicorn
from graphql import build_schema

from engine import frames
from engine.connection import Connection
from engine.documents import Documents, Operation
from engine.errors import Result
from engine.http import BODY_SECONDS, Endpoint
from engine.limits import Limits
from engine.running import Execute, MakeContext, Running
from engine.trusted import Trusted

SCHEMA = build_schema("""
    type Query { x: Int, y: Int }
    type Mutation { x: Int }
    type Subscription { x: Int }
""")


async def answer_one(_operation: Operation, _given: object, _context: object) -> Result:
    return Result({"x": 1})


async def watch_nothing(_operation: Operation, _given: object, _context: object) -> Result:
    return Result(None)


def endpoint(
    execute: Execute = answer_one,
    trusted: Trusted | None = None,
    *,
    context: MakeContext = lambda _scope, _headers: None,
    body_seconds: float = BODY_SECONDS,
    **seconds: float,
) -> Endpoint:
    known = Documents(SCHEMA, Limits())
    running = Running(known, execute, watch_nothing, context, trusted, **seconds)
    return Endpoint(running, body_seconds=body_seconds)


@asynccontextmanager
async def client(app: Any) -> AsyncGenerator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield http


@asynccontextmanager
async def served(app: Any, **settings: Any) -> AsyncGenerator[int]:
    """A real server in this process; answers its port."""
    config = uvicorn.Config(
        app,
        port=0,
        log_level="warning",
        access_log=False,
        lifespan="off",
        http=Connection,
        **frames.SETTINGS,
        **settings,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


async def exchange(port: int, head: str, parts: Iterable[bytes] = ()) -> tuple[str, str]:
    """Send these bytes to a real server; answers what came back, head and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.replace("\n", "\r\n").encode())
        for part in parts:
            writer.write(part)
            await writer.drain()
        async with asyncio.timeout(10):
            answered = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = int(answered.lower().split("content-length: ")[1].split("\r\n")[0])
            return answered, (await reader.readexactly(length)).decode()
    finally:
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def alive(app: Any) -> AsyncGenerator[None]:
    """The application between its start and its end, without a server."""
    said = asyncio.Queue[str]()
    heard = asyncio.Queue[dict[str, str]]()

    async def send(message: dict[str, str]) -> None:
        said.put_nowait(message["type"])

    running = asyncio.create_task(app({"type": "lifespan"}, heard.get, send))
    heard.put_nowait({"type": "lifespan.startup"})
    assert await said.get() == "lifespan.startup.complete"
    try:
        yield
    finally:
        heard.put_nowait({"type": "lifespan.shutdown"})
        await running
