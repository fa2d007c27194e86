"""The commands about jobs that were given up: `remit jobs`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from commands import refused, run, show
from db import jobs as queue

jobs = typer.Typer(help="What is done in the background, and was given up.", no_args_is_help=True)

_HEAD = ("id", "organization", "kind", "key", "attempts", "error")


@jobs.command("list")
def list_jobs() -> None:
    """Show the jobs that were given up, with what went wrong in the last attempt."""
    show(
        _HEAD,
        [
            (
                one.id,
                str(one.organization_id),
                one.kind,
                one.key,
                str(one.attempts),
                one.error or "",
            )
            for one in run(queue.dead)
        ],
    )


@jobs.command("retry")
def retry_jobs(
    job: Annotated[
        str | None, typer.Option("--job", help="Its id, as in the list: job_...")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All that were given up.")] = False,
) -> None:
    """Let a job that was given up begin anew, or all of them."""
    if (job is None) is not every:
        raise refused("Say which job to retry: --job ID, or --all")
    now = datetime.now(UTC)
    revived = run(lambda session: queue.revive(session, job_id=job, now=now))
    if job is not None and not revived:
        raise refused(f"No job {job} was given up. See: remit jobs list")
    typer.echo(f"{revived:,} {'job begins' if revived == 1 else 'jobs begin'} anew.")
