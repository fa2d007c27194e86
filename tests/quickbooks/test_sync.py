"""Looking at QuickBooks can be asked for where it is connected."""

from datetime import timedelta
from typing import Any

import pytest

from db.database import Database
from domain.errors import QuickBooksNotConnected
from services import quickbooks_pulls
from services.author import Author
from tests.companies import REALM, awaited, connect, put_copy
from tests.conftest import NOW
from tests.quickbooks.ledger import opened
from tests.quickbooks.office import Office

SYNC = "mutation { syncQuickBooks { quickBooks { lastSyncedAt problems } userErrors { code } } }"


async def sync(database: Database, author: Author) -> None:
    async with database.transaction() as session:
        await quickbooks_pulls.sync(session, author)


async def test_it_is_asked_for_once(database: Database) -> None:
    async with opened(database) as ledger:
        await sync(database, ledger.till.author)
        await sync(database, ledger.till.author)
        assert await awaited(database) == [("pullChanges", REALM, "{}")]


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (
            {"tokens": None, "disconnected_at": NOW},
            "QuickBooks is not connected: connect it first",
        ),
        ({"reconnect_reason": "expired"}, "QuickBooks has to be connected again first"),
    ],
)
async def test_without_a_connection_it_is_refused(
    database: Database, rest: dict[str, Any], message: str
) -> None:
    async with opened(database) as ledger:
        await connect(database, **rest)
        with pytest.raises(QuickBooksNotConnected, match=message):
            await sync(database, ledger.till.author)
        assert await awaited(database) == []


async def test_a_company_is_read_from_now_on_unless_it_has_copies(database: Database) -> None:
    """Payments may have changed while another company was connected."""
    async with opened(database) as ledger:
        for exported_at, begins_at in (
            (None, NOW - timedelta(minutes=5)),
            (NOW - timedelta(days=50), NOW - timedelta(days=51)),
        ):
            if exported_at is not None:
                invoice_id = await ledger.bill("145")
                await put_copy(database, invoice_id, quickbooks_id="145", exported_at=exported_at)
            async with database.transaction() as session:
                assert await quickbooks_pulls.beginning(session, 1, REALM, NOW) == begins_at


async def test_over_the_api_it_brings_payments_in(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    office.person.record_payment({theirs: "40.00"})
    answer = (await office.api.execute(SYNC))["syncQuickBooks"]
    assert answer == {"quickBooks": {"lastSyncedAt": None, "problems": []}, "userErrors": []}
    await office.work()
    assert await office.outstanding(invoice) == 60
    answer = (await office.api.execute(SYNC))["syncQuickBooks"]
    assert answer["quickBooks"]["lastSyncedAt"] == "2026-03-10T14:05:00.000Z"


async def test_over_the_api_it_is_refused_without_a_connection(office: Office) -> None:
    await connect(office.database, tokens=None, disconnected_at=NOW)
    answer = (await office.api.execute(SYNC))["syncQuickBooks"]
    errors = [{"code": "QUICKBOOKS_NOT_CONNECTED"}]
    assert answer == {"quickBooks": None, "userErrors": errors}


async def test_problems_are_shown_with_the_connection(office: Office) -> None:
    _, theirs = await office.exported("100.00")
    payment = office.person.record_payment({theirs: "100.01"})["Id"]
    await office.pull()
    found = await office.api.execute("{ quickBooks { problems } }")
    (problem,) = found["quickBooks"]["problems"]
    assert problem.startswith(f"Payment {payment} gives 100.01 CAD to INVOICE-1 in QuickBooks")
