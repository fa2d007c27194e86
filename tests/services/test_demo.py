"""Demo data is right, the same for the same seed, and shows everything there is to see."""

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, select
from sqlmodel import SQLModel
from typeid.base32 import decode

from db import audit, bulk, organizations, tables
from db.database import Database
from domain.activity import ActivityKind
from domain.aging import AgingBucket, bucket
from domain.invoice import InvoiceStatus
from domain.line_item import LineItemType
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms
from services import demo
from services.demo import books
from tests.conftest import NOW, TODAY
from tests.databases import PostgreSQL, SQLite

THIS_MORNING = datetime.combine(TODAY, time(), UTC)


async def rows_of(database: Database, table: type[SQLModel]) -> Sequence[Any]:
    return await database.read_own(
        select(*inspect(table).columns).order_by(*inspect(table).primary_key)
    )


async def everything(database: Database) -> dict[str, Sequence[Any]]:
    return {name: await rows_of(database, getattr(tables, name)) for name in tables.__all__}


async def filled(url: str, *, seed: int = 7, today: date = TODAY) -> dict[str, Sequence[Any]]:
    database = Database(url)
    await demo.fill(database, invoices=60, seed=seed, today=today)
    rows = await everything(database)
    await database.close()
    return rows


@pytest.fixture
def urls(sqlite: SQLite, postgresql: PostgreSQL, tmp_path: Path) -> Generator[Sequence[str]]:
    """One empty database of each kind."""
    with ExitStack() as stack:
        yield [stack.enter_context(server.copy(tmp_path)) for server in (sqlite, postgresql)]


@pytest.fixture
async def company(database: Database) -> Database:
    await demo.fill(database, invoices=400, seed=7, today=TODAY)
    return database


async def test_every_derived_value_is_what_its_rows_make_it(company: Database) -> None:
    report = await audit.report(company)
    assert report.differences == []
    assert report.checked["invoices"] == 400


async def test_same_seed_and_day_make_the_same_rows_on_every_database(
    urls: Sequence[str],
) -> None:
    rows, same = [await filled(url) for url in urls]
    assert rows == same
    assert len(rows["Invoice"]) == 60


async def test_another_seed_makes_other_rows(urls: Sequence[str]) -> None:
    rows, other = [await filled(url, seed=seed) for seed, url in enumerate(urls)]
    assert all(rows[table] != other[table] for table in ("Customer", "Order", "Invoice"))


async def test_another_day_makes_other_rows(urls: Sequence[str]) -> None:
    days = (TODAY, TODAY + timedelta(days=1))
    rows, other = [await filled(url, today=day) for day, url in zip(days, urls, strict=True)]
    assert all(rows[table] != other[table] for table in ("Order", "Invoice", "Payment"))


async def test_400_invoices_show_all_there_is_of_invoices(company: Database) -> None:
    invoices = await rows_of(company, tables.Invoice)
    live = [invoice for invoice in invoices if invoice.deleted_at is None]
    assert len(invoices) == 400
    assert 0 < len(invoices) - len(live) < 20
    assert {invoice.status for invoice in live} == set(InvoiceStatus)
    assert {invoice.terms for invoice in invoices} == set(PaymentTerms)
    assert {invoice.is_due_date_manual for invoice in invoices} == {True, False}
    assert {invoice.currency for invoice in invoices} == {"CAD", "USD", "MXN"}
    assert {
        bucket((TODAY - invoice.due_date).days)
        for invoice in live
        if invoice.status is not InvoiceStatus.CREATED and invoice.outstanding_balance_cents
    } == set(AgingBucket)


async def test_400_invoices_show_all_there_is_of_payments(company: Database) -> None:
    payments = await rows_of(company, tables.Payment)
    batches = Counter(payment.batch_id for payment in payments if payment.batch_id)
    assert {payment.method for payment in payments} == {*PaymentMethod, None}
    assert {payment.source for payment in payments} == set(PaymentSource)
    assert {
        payment.recorded_by for payment in payments if payment.source is PaymentSource.QUICKBOOKS
    } == {"QuickBooks"}
    assert any(payment.deleted_at for payment in payments)
    assert set(batches.values()) > {2, 3}


async def test_400_invoices_show_all_there_is_of_orders_and_lines(company: Database) -> None:
    lines = await rows_of(company, tables.LineItem)
    orders = {order.id: order for order in await rows_of(company, tables.Order)}
    links = await rows_of(company, tables.InvoiceOrder)
    live = {link.order_id: link for link in links if link.released_at is None}
    assert {line.type for line in lines} == set(LineItemType)
    assert {line.tax_rate_e4 for line in lines} >= {0, 50_000, 99_750, 130_000}
    assert any(line.amount_cents < 0 for line in lines)
    assert any(line.invoice_id and not line.copied_from_id for line in lines)
    assert orders.keys() > live.keys()
    assert any(link.position == 2 for link in live.values())
    outdated = [
        link
        for link in live.values()
        if link.line_items_digest != orders[link.order_id].line_items_digest
    ]
    assert 0 < len(outdated) < 30


async def test_every_change_of_an_invoice_is_told(company: Database) -> None:
    told: dict[str, list[Any]] = {}
    kinds = set[ActivityKind]()
    for activity in await rows_of(company, tables.Activity):
        kinds.add(activity.kind)
        told.setdefault(activity.invoice_id, []).append(activity)
    for invoice in await rows_of(company, tables.Invoice):
        history = sorted(told[invoice.id], key=lambda activity: activity.occurred_at)
        assert history[0].kind is ActivityKind.CREATED
        assert history[0].message.startswith(f"Created INVOICE-{invoice.number} for ")
        assert history[0].occurred_at == invoice.created_at
        assert history[-1].occurred_at == invoice.updated_at
        assert invoice.version == len(history)
    # Documents have bytes, which no demo brings.
    of_documents = {ActivityKind.DOCUMENT_ATTACHED, ActivityKind.DOCUMENT_REMOVED}
    # QuickBooks has to answer.
    of_exports = {ActivityKind.EXPORTED, ActivityKind.EXPORT_FAILED}
    assert kinds == set(ActivityKind) - of_documents - of_exports


async def test_nothing_lies_in_the_future(company: Database) -> None:
    for rows in (await everything(company)).values():
        for row in rows:
            assert all(value < THIS_MORNING for value in row if isinstance(value, datetime))
    for payment in await rows_of(company, tables.Payment):
        assert payment.payment_date <= payment.recorded_at.date()
    for invoice in await rows_of(company, tables.Invoice):
        assert invoice.invoice_date == invoice.created_at.date()
        assert invoice.sent_at is None or invoice.invoice_date <= invoice.sent_at < TODAY


async def test_ids_are_those_of_the_time_of_creation(company: Database) -> None:
    for table, prefix in ((tables.Order, "order"), (tables.Invoice, "invoice")):
        rows = await rows_of(company, table)
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        for row in rows:
            uuid = UUID(bytes=decode(row.id.removeprefix(f"{prefix}_")))
            assert uuid.version == 7
            milliseconds = timedelta(milliseconds=uuid.int >> 80)
            assert datetime(1970, 1, 1, tzinfo=UTC) + milliseconds == row.created_at


async def test_what_is_there_is_not_mixed_with(company: Database) -> None:
    before = await everything(company)
    with pytest.raises(demo.NotEmpty, match=r"^Demo Freight Ltd. has data already: 400 invoices"):
        await demo.fill(company, invoices=3, seed=9, today=TODAY)
    assert await everything(company) == before


async def test_an_organization_without_data_is_filled(database: Database) -> None:
    async with database.transaction() as session:
        await organizations.create(
            session,
            organization_id=1,
            name="Ours",
            time_zone="Europe/Berlin",
            currency="EUR",
            created_at=NOW,
        )
    await demo.fill(database, invoices=3, seed=7, today=TODAY)
    [organization] = await rows_of(database, tables.Organization)
    assert organization.name == "Ours"
    assert len(await rows_of(database, tables.Invoice)) == 3
    assert await audit.differences(database) == []


async def test_books_are_right_after_every_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_AT_A_TIME", 40)
    written: list[int] = []
    await demo.fill(database, invoices=100, seed=7, today=TODAY, progress=written.append)
    assert written == [40, 40, 20]
    assert await audit.differences(database) == []


@pytest.mark.parametrize("number", [1, 2])
async def test_few_are_right_as_well(database: Database, number: int) -> None:
    await demo.fill(database, invoices=number, seed=7, today=TODAY)
    assert len(await rows_of(database, tables.Invoice)) == number
    assert await audit.differences(database) == []


@pytest.mark.parametrize(("draft", "table"), books.TABLES.items())
def test_drafts_have_the_columns_of_their_tables(draft: Any, table: type[SQLModel]) -> None:
    columns = bulk.columns_of(table)
    assert columns[0] == "organization_id"
    written_as_it_is = getattr(draft, "_fields", None)
    assert written_as_it_is in (None, tuple(columns))
    assert set(columns) <= set(dir(draft))
