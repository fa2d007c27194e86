"""The page of the connection: what is done there is said, and the focus stays where one works."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.databases import SQLite
from tests.quickbooks.real_office import Office, office
from tests.web.people import People

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASKED = "Asked to export 1 invoice."
DISCONNECT = "mutation { disconnectQuickBooks { userErrors { message } } }"


@pytest_asyncio.fixture(loop_scope="session")
async def connected(sqlite: SQLite, tmp_path: Path) -> AsyncGenerator[Office]:
    with sqlite.copy(tmp_path) as database_url:
        async with office(database_url, tmp_path) as opened:
            await opened.connect()
            yield opened


async def page_of(connected: Office, people: People) -> Page:
    person = await people.visit(connected.server.address, "/quickbooks", ahead=timedelta())
    await expect(person.page.get_by_role("banner").get_by_role("status")).to_have_text("Live")
    return person.page


async def test_what_is_said_twice_is_heard_twice(connected: Office, people: People) -> None:
    customer = await connected.customer()
    page = await page_of(connected, people)
    said = page.get_by_role("status").filter(has_text=ASKED)
    for _ in range(2):
        await connected.invoice(customer, "100.00")
        await page.get_by_role("button", name="Export all 1").click()
        await expect(said).to_be_focused()

    # What another does later takes the focus from nobody.
    link = page.get_by_role("link", name="Aging")
    await link.focus()
    await connected.client.execute(DISCONNECT)
    await connected.invoice(customer, "100.00")
    await expect(page.get_by_text("No company is connected.")).to_be_visible()
    await expect(link).to_be_focused()


async def test_who_does_not_disconnect_goes_on_where_they_were(
    connected: Office, people: People
) -> None:
    page = await page_of(connected, people)
    opens = page.get_by_role("button", name="Disconnect…")
    await opens.click()
    dialog = page.get_by_role("dialog", name="Disconnect QuickBooks")
    # Nothing but these two: each way out gives the focus back.
    await expect(dialog.get_by_role("button")).to_have_text(["Close", "Disconnect"])
    await dialog.get_by_role("button", name="Close").click()
    await expect(opens).to_be_focused()

    await opens.click()
    await dialog.get_by_role("button", name="Disconnect").click()
    await expect(page.get_by_text("QuickBooks is disconnected.")).to_be_focused()
