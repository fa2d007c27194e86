"""The simulator on a port: within a test's event loop, or as a process of its own."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from .api import Api
from .control import Control
from .exchange import Connections
from .oauth import OAuth
from .pages import Pages
from .simulator import Simulator


def app_of(simulator: Simulator) -> ASGIApp:
    parts = (Api(simulator), OAuth(simulator), Control(simulator), Pages(simulator))
    routes = [route for part in parts for route in part.routes()]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with simulator.webhooks.sending():
            yield

    return Connections(Starlette(routes=routes, lifespan=lifespan))


@asynccontextmanager
async def running(
    simulator: Simulator, port: int = 0, host: str = "127.0.0.1"
) -> AsyncGenerator[str]:
    """Its address, for as long as the block lasts."""
    async with served(app_of(simulator), port, host) as url:
        yield url


@asynccontextmanager
async def served(app: ASGIApp, port: int = 0, host: str = "127.0.0.1") -> AsyncGenerator[str]:
    """The address of any application."""
    # Named TCP, as asyncio sends small answers at once only where it knows that.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        # Not `serve`: it takes over signals, and looks only ten times a second whether to stop.
        await server.startup(sockets=[listener])
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            await _end(server)


async def _end(server: uvicorn.Server) -> None:
    """At once: uvicorn's own end sleeps a tenth of a second, and waits for whoever hangs."""
    for each in server.servers:
        each.close()
    state = server.server_state
    tasks = [*state.tasks]
    for connection in [*state.connections]:
        connection.transport.abort()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await server.lifespan.shutdown()
