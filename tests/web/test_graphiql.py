"""GraphiQL: there at once, with examples and the board's key, and all of it from here."""

import time
from contextlib import suppress

import pytest
from playwright.async_api import Locator, Page, expect

from domain.access import Role
from tests.factories import record_payment
from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHANGES = "subscription Changes { invoiceChanged { kind invoice { fullId outstandingBalance } } }"


def result(page: Page) -> Locator:
    return page.get_by_role("region", name="Result Window")


async def ready(page: Page) -> None:
    editor = page.get_by_role("region", name="Operation Editor")
    await expect(editor.get_by_text("Welcome")).to_be_visible()


async def execute(page: Page) -> None:
    await page.get_by_role("button", name="Execute query").click()


async def test_it_is_soon_ready(people: People, shop: Shop) -> None:
    began = time.monotonic()
    page = (await people.visit(shop.address, "/graphql")).page
    await ready(page)
    # Three on a machine that does nothing else: tests.web.jank measures it.
    assert time.monotonic() - began < 15
    await execute(page)
    await expect(result(page)).to_contain_text("Demo admin")


async def test_an_example_is_opened_and_answered(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/graphql")).page
    # As early as it can be pressed.
    await page.get_by_role("button", name="Board", exact=True).click()
    for name in ("Welcome", "Board"):
        await expect(page.get_by_role("tab", name=name)).to_be_visible()
    await execute(page)
    await expect(result(page)).to_contain_text("INVOICE-3 · Acme Freight")


@pytest.mark.parametrize(
    ("example", "answered"),
    [
        ("BillOrders", '"userErrors": []'),
        ("RecordPayment", '"userErrors": []'),
        ("Statement", '"closingBalance": 2000'),
        ("Aging", '"asOf": "2026-03-10"'),
    ],
)
async def test_what_an_example_speaks_of_is_found_here(
    people: People, shop: Shop, example: str, answered: str
) -> None:
    page = (await people.visit(shop.address, "/graphql")).page
    await page.get_by_role("button", name=example, exact=True).click()
    await expect(page.get_by_role("tab", name=example)).to_be_visible()
    await execute(page)
    await expect(result(page)).to_contain_text(answered)


async def test_a_key_is_asked_for_and_kept_for_the_board(
    people: People, shop_with_keys: Shop
) -> None:
    ann = await people.visit(shop_with_keys.address, "/graphql")
    async with ann.faults.expected("status of 401"):
        await expect(ann.page.get_by_text("An API key is needed.")).to_be_visible()
        await ready(ann.page)
        await ann.page.get_by_label("API key").fill(shop_with_keys.keys[Role.ADMIN])
        await ann.page.get_by_role("button", name="Use key").click()
        await execute(ann.page)
        await expect(result(ann.page)).to_contain_text("The admin")
        await ann.page.get_by_role("link", name="Invoice Board").click()
        await Board(ann.page, Mouse()).shows("INVOICE-5", "Sent", "$0.00", "$750.00")


async def test_a_subscription_shows_a_change(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/graphql")).page
    await ready(page)
    editor = page.get_by_role("region", name="Operation Editor").get_by_role("textbox")
    await editor.press("ControlOrMeta+A")
    await page.keyboard.insert_text(CHANGES)
    # What is executed is what the editor has been read as.
    await expect(page.get_by_role("tab", name="Changes")).to_be_visible()
    await execute(page)
    async with shop.asked() as api:
        invoice = await shop.invoice("INVOICE-5")
        # Nothing on the page says that the server listens already.
        for _ in range(20):
            await record_payment(api, invoice, "1.00")
            with suppress(AssertionError):
                await expect(result(page)).to_contain_text("INVOICE-5", timeout=1_000)
                break
        paid = await record_payment(api, invoice, "50.00")
    owed = float(paid["invoice"]["outstandingBalance"])
    await expect(result(page)).to_contain_text(f'"outstandingBalance": {owed:.0f}')
    await page.get_by_role("button", name="Stop").click()
