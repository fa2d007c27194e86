"""The procedure of the source document on QuickBooks, by mouse and by keyboard alone."""

from collections.abc import AsyncGenerator
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.quickbooks.real_office import Office, office
from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Board, Payments
from tests.web.people import People

pytestmark = pytest.mark.asyncio(loop_scope="session")

AS_HERE = timedelta()


@pytest_asyncio.fixture(loop_scope="session")
async def at_work(database_url: str, tmp_path: Path) -> AsyncGenerator[Office]:
    """Not connected; what comes back comes by webhook, as the next look is an hour away."""
    async with office(database_url, tmp_path, REMIT_QUICKBOOKS_POLL_SECONDS="3600") as opened:
        await opened.invoice(await opened.customer(), "600.00", "400.00")
        yield opened


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
async def test_sync_payment_updates_from_quickbooks(
    people: People, at_work: Office, hand: Hand
) -> None:
    intuit = at_work.environment["REMIT_QUICKBOOKS_API_URL"]
    ann = await people.visit(at_work.server.address, also=[intuit], ahead=AS_HERE)
    board = Board(ann.page, hand)
    await connect(board, at_work.simulator.company.name)
    await board.frame.go_to("Invoices")
    invoice = await board.open("INVOICE-1")
    await hand.press(ann.page.get_by_role("button", name="Export to QuickBooks"))
    await expect(invoice.section("QuickBooks")).to_contain_text("Exported")

    [copy] = at_work.person.see_all("Invoice")
    paid = at_work.person.record_payment(
        {copy["Id"]: "400.00"}, date=date(2026, 3, 2), reference="CHQ-9", note="By post"
    )
    # It appears in the activity, and the status follows.
    await expect(invoice.activity.first).to_contain_text("400.00 CAD; 600.00 outstanding")
    await expect(invoice.activity.first).to_contain_text("QuickBooks")
    await expect(invoice.title).to_contain_text("Partially Paid")
    await board.frame.go_to("Invoices")
    payments = await paid_in_quickbooks(board)

    # It is deleted in QuickBooks only, and then here.
    await expect(payments.items.get_by_role("button")).to_have_count(0)
    at_work.person.delete_payment(paid["Id"])
    await expect(payments.items).to_have_count(0)
    await payments.close()
    await board.shows("INVOICE-1", "Sent", "$0.00", "$1,000.00")


async def connect(board: Board, company: str) -> None:
    """By way of Intuit, where the company is chosen."""
    page, press = board.page, board.hand.press
    await board.frame.go_to("QuickBooks")
    await press(page.get_by_role("button", name="Connect", exact=True))
    await press(page.get_by_role("button", name=f"Connect {company}"))
    await press(page.get_by_role("link", name="QuickBooks in Remit"))
    await expect(page.get_by_role("main")).to_contain_text(company)


async def paid_in_quickbooks(board: Board) -> Payments:
    """Behind Amount paid are the date of each payment, its amount, reference number and notes."""
    await board.shows("INVOICE-1", "Partially Paid", "$400.00", "$600.00")
    payments = await board.payments_of("INVOICE-1")
    [words] = await payments.items.all_inner_texts()
    for told in ("$400.00", "Mar 2, 2026", "CHQ-9", "By post"):
        assert told in words
    return payments
