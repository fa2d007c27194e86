"""Where the focus goes when what had it goes away: who works by keyboard goes on from there."""

import pytest
from playwright.async_api import Page, expect

from tests.web.hands import Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop
from tests.web.test_board_address import write_many

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).first.focus()
    await page.keyboard.press("Enter")


async def test_a_button_that_is_gone_leaves_it_to_what_stood_around_it(
    people: People, shop: Shop
) -> None:
    page = (await people.visit(shop.address, "/?overdue=yes")).page
    await press(page, "Clear filters")
    await expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()
    # On the body it would begin again at the top of the page.
    await expect(page.locator("search > .row").first).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("searchbox")).to_be_focused()


async def test_the_last_page_keeps_it(people: People, shop: Shop) -> None:
    await write_many(shop)
    page = (await people.visit(shop.address, "/")).page
    following = page.get_by_role("button", name="Next")
    await press(page, "Next")
    await page.get_by_text("26\N{EN DASH}").wait_for()
    await expect(following).to_be_focused()
    await expect(following).to_be_disabled()


async def test_a_refusal_leaves_it_on_the_button(people: People, shop: Shop) -> None:
    board = Board((await people.visit(shop.address)).page, Keyboard())
    payments = await board.payments_of("INVOICE-5")
    await payments.hand.write(payments.field("Amount"), "750.01")
    await payments.save()
    await expect(payments.field("Amount")).to_have_accessible_description(
        "Only 750.00 CAD is outstanding"
    )
    await expect(payments.form.get_by_role("button", name="Save")).to_be_focused()


async def test_going_back_closes_the_payments_and_returns_it(people: People, shop: Shop) -> None:
    board = Board((await people.visit(shop.address)).page, Mouse())
    await board.payments_of("INVOICE-5")
    await board.page.go_back()
    opener = board.row("INVOICE-5").get_by_role("button", name="Amount paid")
    await expect(opener).to_be_focused()


async def test_payments_that_were_closed_are_no_step_back(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/aging")).page
    await page.get_by_role("link", name="Invoices").click()
    board = Board(page, Mouse())
    for _ in range(2):
        await (await board.payments_of("INVOICE-5")).close()
        await page.wait_for_url("**/")
    await page.go_back()
    await expect(page).to_have_url(f"{shop.address}/aging")
