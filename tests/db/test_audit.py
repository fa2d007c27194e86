"""The audit finds every kind of corruption, names it in words, and finds nothing else."""

from typing import Any

import pytest
from sqlalchemy import text

from db import audit
from db.audit import reading
from db.database import Database
from tests.bookkeeper import keep_books
from tests.corruptions import CORRUPTIONS

WITHOUT_CHECKS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
    FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""


@pytest.fixture
async def books(database: Database) -> Database:
    await keep_books(database, organization_id=1)
    return database


async def corrupt(database: Database, statement: str) -> None:
    """Change what constraints would not let anybody change."""
    async with database.engine.begin() as connection:
        if database.is_sqlite:
            await connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        else:
            for unchecked in (await connection.scalars(text(WITHOUT_CHECKS))).all():
                await connection.exec_driver_sql(unchecked)
        changed = await connection.execute(text(statement))
        assert changed.rowcount == 1


async def scalar(database: Database, statement: str) -> Any:
    async with database.engine.connect() as connection:
        return (await connection.execute(text(statement))).scalar_one()


async def test_an_honest_database_differs_in_nothing(books: Database) -> None:
    report = await audit.report(books)
    assert report.differences == []
    assert report.checked == {
        "customers": 3,
        "orders": 3,
        "line items": 10,
        "invoices": 2,
        "payments": 2,
        "search words": 29,
    }


async def test_a_database_without_organizations_differs_in_nothing(database: Database) -> None:
    assert await audit.differences(database) == []


@pytest.mark.parametrize("what", CORRUPTIONS)
async def test_a_corrupted_value_is_named(books: Database, what: str) -> None:
    statement, subject, how = CORRUPTIONS[what]
    await corrupt(books, statement)
    assert await audit.differences(books) == [f"{subject} of organization 1: {how}"]


async def test_the_digest_of_an_order_is_proved(books: Database) -> None:
    digest = await scalar(books, "SELECT line_items_digest FROM orders WHERE number = 3")
    await corrupt(books, "UPDATE orders SET line_items_digest = 'beef' WHERE number = 3")
    how = f"digest is stored as beef, its line items give {digest}"
    assert await audit.differences(books) == [f"ORDER-3 of organization 1: {how}"]


async def test_a_payment_that_changes_makes_its_invoice_wrong(books: Database) -> None:
    await corrupt(books, "UPDATE payments SET amount_cents = 14000 WHERE deleted_at IS NULL")
    assert await audit.differences(books) == [
        f"INVOICE-1 of organization 1: {how}"
        for how in (
            "amount paid is stored as 33.00, its payments come to 140.00",
            "outstanding balance is stored as 100.00, total less payments comes to -7.00",
            "its payments, 140.00, are more than its total, 133.00",
        )
    ]


async def test_a_payment_of_a_deleted_invoice_is_named(books: Database) -> None:
    payment_id = await scalar(books, "SELECT id FROM payments WHERE deleted_at IS NOT NULL")
    await corrupt(books, "UPDATE payments SET deleted_at = NULL WHERE deleted_at IS NOT NULL")
    how = "“1042” does not find it, but is one of its words"
    assert await audit.differences(books) == [
        "INVOICE-2 of organization 1: it is deleted, but its payments are not",
        f"Payment {payment_id} of organization 1: {how}",
    ]


async def test_a_word_of_a_deleted_payment_is_named(books: Database) -> None:
    payment_id = await scalar(books, "SELECT id FROM payments WHERE deleted_at IS NOT NULL")
    await corrupt(
        books,
        "INSERT INTO search_words SELECT 1, id, '1042' FROM payments WHERE deleted_at IS NOT NULL",
    )
    how = "“1042” finds it, but is none of its words"
    assert await audit.differences(books) == [f"Payment {payment_id} of organization 1: {how}"]


async def test_a_gap_in_the_numbers_is_named(books: Database) -> None:
    await corrupt(books, "UPDATE invoices SET number = 7 WHERE number = 2")
    assert await audit.differences(books) == [
        "The numbers of invoices of organization 1: 2 is missing",
        "The counter of invoices of organization 1: it stands at 2, the highest number is 7",
    ]


async def test_numbers_begin_at_one(books: Database) -> None:
    await corrupt(books, "UPDATE invoices SET number = 0 WHERE number = 2")
    assert await audit.differences(books) == [
        "The numbers of invoices of organization 1: 1 is missing",
        "The counter of invoices of organization 1: it stands at 2, the highest number is 1",
    ]


async def test_a_due_date_set_by_hand_is_nobodys_business(books: Database) -> None:
    await corrupt(
        books,
        "UPDATE invoices SET due_date = '2026-12-24', is_due_date_manual = TRUE WHERE number = 1",
    )
    assert await audit.differences(books) == []


async def test_every_organization_is_audited(books: Database) -> None:
    await keep_books(books, organization_id=2)
    await corrupt(
        books, "UPDATE counters SET value = 9 WHERE name = 'orders' AND organization_id = 2"
    )
    assert await audit.differences(books) == [
        "The counter of orders of organization 2: it stands at 9, the highest number is 3"
    ]


async def test_pages_of_any_size_find_the_same(
    books: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await corrupt(books, CORRUPTIONS["word of no invoice"][0])
    await corrupt(books, CORRUPTIONS["order line amount"][0])
    at_once = await audit.report(books)
    monkeypatch.setattr(reading, "PAGE_SIZE", 1)
    assert await audit.report(books) == at_once
