"""The server as a process of its own, which can be stopped, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from db.database import Database
from tests.organizations import made_organization

ROOT = Path(__file__).parent.parent
WAIT_SECONDS = 30


class Server:
    """One address, and a process that listens there while it runs."""

    def __init__(
        self, database_url: str, folder: Path, *, module: str = "server", **settings: str
    ) -> None:
        self._module = module
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._environment = environment(database_url, folder, REMIT_PORT=str(self.port), **settings)
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, wait: bool = True) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                httpx2.get(f"{self.address}/healthz", timeout=5).raise_for_status()
            except httpx2.TransportError:
                assert self._running.poll() is None, self.log.read_text()
                assert time.monotonic() < until, self.log.read_text()
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        self._running.kill()
        self._running.wait()

    def terminate(self) -> None:
        self._running.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """The exit code, when it has ended."""
        return self._running.wait(WAIT_SECONDS)

    @property
    def _running(self) -> "subprocess.Popen[bytes]":
        assert self.process is not None, "it was not started"
        return self.process


def environment(database_url: str, folder: Path, **settings: str) -> dict[str, str]:
    """Of a process over this database and nothing else."""
    kept = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    return {**kept, "DATABASE_URL": database_url, "REMIT_DATA_DIR": str(folder), **settings}


@contextmanager
def server(
    database_url: str, folder: Path, *, module: str = "server", **settings: str
) -> Generator[Server]:
    """Started, and killed at the end if it is still there."""
    made = Server(database_url, folder, module=module, **settings)
    try:
        made.start()
        yield made
    finally:
        made.kill()


async def add_organization(database_url: str) -> None:
    """The one that a server without keys serves."""
    database = Database(database_url)
    await made_organization(database)
    await database.close()
