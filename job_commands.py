"""The commands about jobs that were given up: `remit jobs`."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs as queue
from db import migrate
from db.database import Database
from settings import Settings

T = TypeVar("T")

jobs = typer.Typer(help="What is done in the background, and was given up.", no_args_is_help=True)

_HEAD = ("id", "organization", "kind", "key", "attempts", "error")


@jobs.command("list")
def list_jobs() -> None:
    """Show the jobs that were given up, with what went wrong in the last attempt."""
    table = Table(box=None, header_style="bold")
    for name in _HEAD:
        # An id is there to be copied, however narrow the terminal is.
        table.add_column(name, overflow="fold", no_wrap=name == "id")
    for one in _run(queue.dead):
        row = (one.id, str(one.organization_id), one.kind, one.key, str(one.attempts), one.error)
        # What QuickBooks answers is text, whatever brackets are in it.
        table.add_row(*(Text(cell or "") for cell in row))
    Console().print(table)


@jobs.command("retry")
def retry_jobs(
    job: Annotated[
        str | None, typer.Option("--job", help="Its id, as in the list: job_...")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All that were given up.")] = False,
) -> None:
    """Let a job that was given up begin anew, or all of them."""
    if (job is None) is not every:
        raise _refused("Say which job to retry: --job ID, or --all")
    now = datetime.now(UTC)
    revived = _run(lambda session: queue.revive(session, job_id=job, now=now))
    if job is not None and not revived:
        raise _refused(f"No job {job} was given up. See: remit jobs list")
    typer.echo(f"{revived:,} {'job begins' if revived == 1 else 'jobs begin'} anew.")


def _run(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    async def run() -> T:
        database = Database(Settings().primary_url)
        try:
            if not await migrate.is_current(database):
                raise _refused("The database is not up to date. Run: remit migrate")
            async with database.transaction() as session:
                return await work(session)
        finally:
            await database.close()

    return asyncio.run(run())


def _refused(words: str) -> typer.Exit:
    typer.echo(words, err=True)
    return typer.Exit(1)
