"""The audit finds whatever there is of QuickBooks' payments without a live payment here."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import text

from db import audit
from db.database import Database
from tests.quickbooks.ledger import Ledger, opened, payment


@pytest.fixture
async def ledger(database: Database) -> AsyncGenerator[Ledger]:
    async with opened(database) as ledger:
        await ledger.bill("145")
        await ledger.bill("146")
        await ledger.apply(payment(i145=100))
        yield ledger


async def corrupt(ledger: Ledger, *statements: str) -> list[str]:
    async with ledger.database.engine.begin() as connection:
        for statement in statements:
            assert (await connection.execute(text(statement))).rowcount == 1
    return await audit.differences(ledger.database)


async def test_allocations_are_counted(ledger: Ledger) -> None:
    report = await audit.report(ledger.database)
    assert report.differences == []
    assert report.checked["QuickBooks allocations"] == 1


@pytest.mark.parametrize(
    ("statement", "how"),
    [
        (
            "UPDATE payments SET source = 'manual'",
            "it was recorded here, but QuickBooks' payment 301 stands on it",
        ),
        (
            "UPDATE quickbooks_payments SET is_deleted = TRUE",
            "it is live, but QuickBooks' payment 301 is deleted",
        ),
        (
            "DELETE FROM quickbooks_payments",
            "no version of QuickBooks' payment 301 is known",
        ),
        (
            "UPDATE quickbooks_allocations SET invoice_id = (SELECT max(id) FROM invoices)",
            "it pays one invoice, but QuickBooks' payment 301 another",
        ),
    ],
)
async def test_what_disagrees_is_named(ledger: Ledger, statement: str, how: str) -> None:
    (found,) = await ledger.payments("145")
    assert await corrupt(ledger, statement) == [f"Payment {found.id} of organization 1: {how}"]


async def test_what_is_left_over_is_named(ledger: Ledger) -> None:
    (found,) = await ledger.payments("145")
    differences = await corrupt(
        ledger,
        "UPDATE payments SET deleted_at = recorded_at",
        "UPDATE invoices SET amount_paid_cents = 0, outstanding_balance_cents = total_cents, "
        "status = 0 WHERE number = 1",
        "DELETE FROM search_words WHERE word = '1042'",
    )
    how = "it is deleted, but QuickBooks' payment 301 still stands on it"
    assert differences == [f"Payment {found.id} of organization 1: {how}"]
