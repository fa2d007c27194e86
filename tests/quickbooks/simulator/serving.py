"""The simulator on a port: within a test's event loop, or as a process of its own."""

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
from .simulator import Simulator


def app_of(simulator: Simulator) -> ASGIApp:
    parts = (Api(simulator), OAuth(simulator), Control(simulator))
    routes = [route for part in parts for route in part.routes()]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with simulator.webhooks.sending():
            yield

    return Connections(Starlette(routes=routes, lifespan=lifespan))


@asynccontextmanager
async def running(simulator: Simulator, port: int = 0) -> AsyncGenerator[str]:
    """Its address, for as long as the block lasts."""
    # Named TCP, as asyncio sends small answers at once only where it knows that.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        config = uvicorn.Config(
            app_of(simulator),
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        # Not `serve`: it takes over signals, and looks only ten times a second whether to stop.
        await server.startup(sockets=[listener])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            await server.shutdown(sockets=[listener])
