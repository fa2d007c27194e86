"""What commands have in common: a database that is up to date, and how they refuse."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlmodel.ext.asyncio.session import AsyncSession

from db import migrate
from db.database import Database
from domain.errors import DomainError
from settings import Settings

T = TypeVar("T")


@asynccontextmanager
async def migrated() -> AsyncGenerator[Database]:
    """The database, or the advice to migrate it."""
    database = Database(Settings().primary_url)
    try:
        if not await migrate.is_current(database):
            raise refused("The database is not up to date. Run: remit migrate")
        yield database
    finally:
        await database.close()


def run(work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """Do it in one transaction. What was refused is told in its words."""

    async def whole() -> T:
        async with migrated() as database, database.transaction() as session:
            return await work(session)

    try:
        return asyncio.run(whole())
    except DomainError as error:
        option = "".join(f" (--{step.replace('_', '-')})" for step in error.path[:1])
        raise refused(f"{error.message}{option}") from None


def refused(words: str) -> typer.Exit:
    """Told, and to be raised."""
    typer.echo(words, err=True)
    return typer.Exit(1)


def show(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = Table(box=None, header_style="bold")
    for name in head:
        # An id is there to be copied, however narrow the terminal is.
        table.add_column(name, overflow="fold", no_wrap=name == head[0])
    for row in rows:
        # A name is text, whatever brackets are in it.
        table.add_row(*map(Text, row))
    Console().print(table)
