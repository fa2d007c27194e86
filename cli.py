"""The commands of `remit`; those about access and jobs have modules of their own."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import access_commands
import job_commands
from commands import migrated
from db import audit as audits
from db import migrate as migrations
from db.database import Database
from services import demo as demo_data
from services import sweeping
from services.storage import BadStorage, open_storage
from settings import Settings

app = typer.Typer(
    help="Remit: invoices, payments, and what is still owed, over GraphQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(access_commands.organizations, name="organizations")
app.add_typer(access_commands.keys, name="keys")
app.add_typer(job_commands.jobs, name="jobs")


@app.command()
def serve() -> None:
    """Answer GraphQL over HTTP until stopped. See the settings REMIT_HOST and REMIT_PORT."""
    # Only this command needs a web server, and the others start faster without.
    from server import main

    main()


@app.command()
def worker() -> None:
    """Do jobs in the background until stopped, for servers with REMIT_RUN_JOBS=false."""
    from worker import main

    main()


@app.command()
def migrate() -> None:
    """Create the database's tables, or bring them up to date. Run it before `serve`."""

    async def run() -> None:
        database = Database(Settings().primary_url)
        await migrations.upgrade(database)
        await database.close()

    asyncio.run(run())
    typer.echo("The database is up to date.")


@app.command()
def demo(
    invoices: Annotated[int, typer.Option(min=1, help="How many invoices to make.")] = 400,
    seed: Annotated[int, typer.Option(help="Another number makes other data.")] = 7,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing where there is data already.")
    ] = False,
) -> None:
    """Fill an empty database with a freight company's customers, orders, invoices and payments."""
    try:
        asyncio.run(_fill(invoices, seed))
    except demo_data.NotEmpty as error:
        typer.echo(f"{error}.", err=not if_empty)
        if not if_empty:
            typer.echo("Demo data is made only where there is none.", err=True)
            raise typer.Exit(1) from None
    else:
        typer.echo(f"Made {invoices:,} invoices and what belongs to them.")


@app.command()
def audit() -> None:
    """Prove every stored total, balance, status and number from its rows; name what differs."""

    async def run() -> audits.Report:
        async with migrated() as database:
            return await audits.report(database)

    report = asyncio.run(run())
    for difference in report.differences:
        typer.echo(difference)
    checked = ", ".join(f"{number:,} {kind}" for kind, number in report.checked.items())
    typer.echo(f"Checked {checked or 'an empty database'}: {len(report.differences):,} differ.")
    if report.differences:
        raise typer.Exit(1)


@app.command()
def sweep() -> None:
    """Remove documents that never arrived, and files that no document stands for any more."""
    settings = Settings()
    try:
        storage = open_storage(settings.storage_url, settings.data_dir)
    except BadStorage as bad:
        typer.echo(f"REMIT_STORAGE_URL cannot be used. {bad}", err=True)
        raise typer.Exit(1) from None

    async def run() -> sweeping.Swept:
        async with migrated() as database:
            return await sweeping.sweep(database, storage, now=datetime.now(UTC))

    swept = asyncio.run(run())
    typer.echo(
        f"Removed {swept.documents:,} documents that never arrived, {swept.objects:,} files of no "
        f"document, {swept.unfinished:,} unfinished files."
    )


@app.command()
def schema() -> None:
    """Print the API's schema, in GraphQL's own language."""
    # Building it takes longer than most commands.
    from schema import sdl

    typer.echo(sdl(), nl=False)


async def _fill(invoices: int, seed: int) -> None:
    async with migrated() as database:
        with _progress() as progress:
            task = progress.add_task("", total=invoices)
            await demo_data.fill(
                database,
                invoices=invoices,
                seed=seed,
                today=datetime.now(ZoneInfo(demo_data.TIME_ZONE)).date(),
                progress=lambda written: progress.advance(task, written),
            )


def _progress() -> Progress:
    """A bar for whoever looks on; nothing in a log."""
    console = Console(stderr=True)
    columns = (TextColumn("Invoices"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


if __name__ == "__main__":
    app()
