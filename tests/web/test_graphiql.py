"""GraphiQL: there at once, with examples and the board's key, and all of it from here."""

import time

import pytest
from playwright.async_api import Locator, Page, expect

from domain.access import Role
from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")


def result(page: Page) -> Locator:
    return page.get_by_role("region", name="Result Window")


async def ready(page: Page) -> None:
    editor = page.get_by_role("region", name="Operation Editor")
    await expect(editor.get_by_text("Welcome")).to_be_visible()


async def execute(page: Page) -> None:
    await page.get_by_role("button", name="Execute query").click()


async def test_it_is_ready_within_three_seconds(people: People, shop: Shop) -> None:
    took: list[float] = []
    for _ in range(3):
        began = time.monotonic()
        page = (await people.visit(shop.address, "/graphql")).page
        await ready(page)
        took.append(time.monotonic() - began)
        await execute(page)
        await expect(result(page)).to_contain_text("Demo admin")
    # A busy machine may be late; three times it is not chance.
    assert min(took) < 3, took


async def test_an_example_is_opened_and_answered(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/graphql")).page
    await page.get_by_role("button", name="Board", exact=True).click()
    await expect(page.get_by_role("tab", name="Board")).to_be_visible()
    await execute(page)
    await expect(result(page)).to_contain_text("INVOICE-3 · Acme Freight")


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
