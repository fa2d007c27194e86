"""The rows that everything is measured on: demo data, the same in PostgreSQL and in SQLite.

They are made once and kept. Each run works on a copy, because payments change them.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Column, inspect
from sqlmodel import SQLModel

from benchmarks.cluster import Cluster
from db import migrate, tables
from db.database import Database
from services import demo

# Fixed, so that every run on every machine sees the same rows, down to their ids.
_TODAY = date(2026, 1, 15)
_SEED = 7
_OTHER_ORGANIZATION = 2
# The other organization has a copy of the first so many invoices and all that belongs to them.
_OTHER_SHARE = 10
_OTHER_MAX = 10_000

_INVOICES = "organization_id = 1 AND number <= {number}"
_OF_INVOICES = "organization_id = 1 AND {key} IN (SELECT id FROM invoices WHERE " + _INVOICES + ")"
# Table by table, in an order that foreign keys allow: which rows the other organization gets.
_SHARED: Sequence[tuple[type[SQLModel], str]] = (
    (tables.Address, "organization_id = 1"),
    (tables.Customer, "organization_id = 1"),
    (tables.Invoice, _INVOICES),
    (tables.LineItem, _OF_INVOICES.replace("{key}", "invoice_id")),
    (tables.Payment, _OF_INVOICES.replace("{key}", "invoice_id")),
    (tables.Activity, _OF_INVOICES.replace("{key}", "invoice_id")),
    (
        tables.SearchWord,
        "organization_id = 1 AND (object_id LIKE 'customer%' OR "
        + _OF_INVOICES.replace("{key}", "object_id").removeprefix("organization_id = 1 AND ")
        + " OR object_id IN (SELECT p.id FROM payments p JOIN invoices i ON i.id = p.invoice_id"
        " AND i.organization_id = 1 WHERE p.organization_id = 1 AND i.number <= {number}))",
    ),
)


def postgresql(cluster: Cluster, invoices: int) -> str:
    """The name of the database with so many invoices; it is made if it is missing."""
    name = f"remit_bench_{invoices}"
    if not cluster.exists(name):
        unfinished = f"{name}_unfinished"
        cluster.create(unfinished)
        asyncio.run(_fill(cluster.url_of(unfinished), invoices))
        cluster.run("VACUUM ANALYZE", unfinished)
        cluster.rename(unfinished, name)
        cluster.run("CHECKPOINT")
    else:
        asyncio.run(_upgrade(cluster.url_of(name)))
    return name


def sqlite(folder: Path, invoices: int) -> Path:
    path = folder / f"remit-{invoices}.db"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        _forget(unfinished)
        asyncio.run(_fill(f"sqlite:///{unfinished}", invoices))
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(path)
    else:
        asyncio.run(_upgrade(f"sqlite:///{path}"))
    return path


def sqlite_copy(source: Path) -> str:
    """The URL of a fresh copy."""
    target = source.with_suffix(".run")
    _forget(target)
    shutil.copyfile(source, target)
    return f"sqlite:///{target}"


def _forget(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


async def _upgrade(url: str) -> None:
    """What was made before the last migration is still good."""
    database = Database(url)
    await migrate.upgrade(database)
    await database.close()


async def _fill(url: str, invoices: int) -> None:
    typer.echo(f"Making {invoices:,} invoices ...")
    database = Database(url)
    await migrate.upgrade(database)
    await demo.fill(database, invoices=invoices, seed=_SEED, today=_TODAY, progress=_told(invoices))
    async with database.transaction() as session:
        connection = await session.connection()
        for statement in _other_organization(min(invoices // _OTHER_SHARE, _OTHER_MAX)):
            await connection.exec_driver_sql(statement)
    await database.close()


def _told(total: int) -> Callable[[int], None]:
    written = 0

    def tell(more: int) -> None:
        nonlocal written
        before, written = written, written + more
        if before * 10 // total != written * 10 // total:
            typer.echo(f"  {written:,}")

    return tell


def _other_organization(invoices: int) -> list[str]:
    """The SQL that gives another organization rows in the same tables, and right books."""
    into = "INSERT INTO organizations (id, name, time_zone, currency, created_at)"
    count = "INSERT INTO counters (organization_id, name, value)"
    other = _OTHER_ORGANIZATION
    founded = f"{other}, 'Other Ltd.', time_zone, currency, created_at"
    # Orders are left out, and so are the numbers of more invoices.
    value = f"CASE name WHEN 'orders' THEN 0 WHEN 'invoices' THEN {invoices} ELSE value END"
    return [
        f"{into} SELECT {founded} FROM organizations WHERE id = 1",
        *(_copied(table, where.format(number=invoices)) for table, where in _SHARED),
        f"{count} SELECT {other}, name, {value} FROM counters WHERE organization_id = 1",
    ]


def _copied(table: type[SQLModel], where: str) -> str:
    mapped = inspect(table)
    columns = [(column.name, _other_value(column)) for column in mapped.columns]
    names = ", ".join(name for name, _ in columns)
    values = ", ".join(value for _, value in columns)
    name = mapped.local_table
    return f"INSERT INTO {name} ({names}) SELECT {values} FROM {name} WHERE {where}"


def _other_value(column: Column[Any]) -> str:
    """Ids begin with the time: another first digit makes other ids that sort alike."""
    match column.name:
        case "organization_id":
            return str(_OTHER_ORGANIZATION)
        case "order_id" | "copied_from_id":
            return "NULL"
        case "id" | "object_id" | "invoice_id" | "customer_id":
            return f"replace({column.name}, '_0', '_1')"
        case name if name.endswith("_address_id"):
            return f"replace({name}, '_0', '_1')"
        case name:
            return name
