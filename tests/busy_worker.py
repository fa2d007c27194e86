"""A worker as a process of its own, whose jobs do what their payload says.

`write` writes a row of its own and appends the key to the file; `hang` never ends. It is told the
file, for how many seconds it has a job, and how many it has to stop in.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

import worker
from db.database import Database
from services.jobs import Handlers, Task
from settings import Settings
from tests.queues import PUSH, write


class Busy:
    """Tells of what it does in a file, one line a job."""

    def __init__(self, told: Path) -> None:
        self._told = told

    async def do(self, task: Task) -> None:
        with self._told.open("a") as file:
            file.write(f"{os.getpid()} {task.lease.key}\n")
        match task.lease.payload:
            case "hang":
                await asyncio.Event().wait()
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "slow":
                await asyncio.sleep(1)
            case _:
                pass
        async with task.finish() as session:
            await write(session, task.lease.key)

    async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
        await write(session, f"{task.lease.key} failed")


@asynccontextmanager
async def busy(_settings: Settings, _database: Database) -> AsyncGenerator[Handlers]:
    yield {PUSH: Busy(Path(sys.argv[1]))}


if __name__ == "__main__":
    worker.STOP_SECONDS = int(sys.argv[3])
    worker.main(busy, timedelta(seconds=float(sys.argv[2])))
