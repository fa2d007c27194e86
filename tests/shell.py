"""Commands as a newcomer runs them: real processes, on SQLite in a folder of their own."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from db.database import Database
from services import demo
from tests.conftest import TODAY
from tests.databases import SQLite
from tests.processes import ROOT


class Shell:
    """Runs commands over one data folder, which does not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "remit.db"
        self._environment = {**os.environ, "REMIT_DATA_DIR": str(folder), "COLUMNS": "200"}
        for name in ("DATABASE_URL", "READ_DATABASE_URL"):
            self._environment.pop(name, None)

    def remit(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output, and what is said beside it."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def set(self, name: str, value: str) -> None:
        self._environment[name] = value

    def run(self, statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return connection.execute(statement).fetchall()

    def migrate(self, sqlite: SQLite) -> None:
        """As the command does it, and faster."""
        folder = self.database.parent
        folder.mkdir(parents=True)
        with sqlite.copy(folder):
            pass

    def fill(self) -> None:
        """As `remit demo --invoices 5` does it, and faster."""
        asyncio.run(_fill(f"sqlite:///{self.database}"))


async def _fill(url: str) -> None:
    database = Database(url)
    await demo.fill(database, invoices=5, seed=7, today=TODAY)
    await database.close()
