"""However many documents pass through the server at once, it holds little of them in memory."""

import asyncio
import hashlib
import re
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from db.database import Database
from tests.client import Client
from tests.factories import create_invoice
from tests.files import PDF, attach, found
from tests.organizations import made_organization
from tests.test_readme import ROOT, WAIT_SECONDS, environment, wait_for

MAX = 26_214_400
PIECE = bytes(2**16)
AT_ONCE = 10
# All that pass through at once come to 262 MB.
HELD_BYTES_MAX = 60 * 10**6


@pytest.fixture
async def organization(database: Database) -> None:
    await made_organization(database)


@pytest.fixture
def server(organization: None, database_url: str, tmp_path: Path) -> Generator[tuple[str, int]]:
    """A server in a process of its own: its address, and the process's number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [sys.executable, ROOT / "server.py"],
        env=environment(tmp_path, REMIT_PORT=str(port), DATABASE_URL=database_url),
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/graphql")
        yield f"http://127.0.0.1:{port}", served.pid
    finally:
        served.terminate()
        served.wait(WAIT_SECONDS)


def peak_bytes(pid: int) -> int:
    """The most memory that the process has ever held."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+([0-9]+) kB", status)[0]) * 1024


async def pieces(number: int) -> AsyncGenerator[bytes]:
    """As large as a document may be, each another."""
    begun = PDF + b"%09d" % number
    yield begun
    left = MAX - len(begun)
    while left:
        piece = PIECE[:left]
        left -= len(piece)
        yield piece


async def upload(http: httpx2.AsyncClient, document: dict[str, Any], number: int) -> None:
    response = await http.put(document["uploadUrl"], content=pieces(number))
    assert response.status_code == 201, response.text


async def download(http: httpx2.AsyncClient, url: str) -> str:
    digest = hashlib.sha256()
    async with http.stream("GET", url) as response:
        assert response.status_code == 200
        async for part in response.aiter_bytes():
            digest.update(part)
    return digest.hexdigest()


async def test_memory_does_not_grow_with_what_passes_through(server: tuple[str, int]) -> None:
    address, pid = server
    async with httpx2.AsyncClient(base_url=address, timeout=120) as http:
        api = Client(http)
        invoice_id = (await create_invoice(api, "100.00"))["id"]
        first = await attach(api, invoice_id)
        assert (await http.put(first["uploadUrl"], content=PDF)).status_code == 201
        documents = [await attach(api, invoice_id) for _ in range(AT_ONCE)]
        before = peak_bytes(pid)

        await asyncio.gather(*(upload(http, one, n) for n, one in enumerate(documents)))
        taken_in = peak_bytes(pid)
        urls = [(await found(api, one["id"]))["url"] for one in documents]
        digests = await asyncio.gather(*(download(http, url) for url in urls))
        let_out = peak_bytes(pid)

    assert len(set(digests)) == AT_ONCE
    assert taken_in - before < HELD_BYTES_MAX
    assert let_out - before < HELD_BYTES_MAX
