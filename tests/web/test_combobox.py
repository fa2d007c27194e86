"""A field that searches as one types: what is chosen can be taken back, by hand and by ear."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.web.hands import Mouse
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def field_of(people: People, shop: Shop) -> tuple[Page, Locator]:
    page = (await people.visit(shop.address)).page
    return page, page.get_by_role("combobox", name="Customer")


@pytest.mark.parametrize("key", ["Backspace", "Delete"])
async def test_what_is_chosen_is_cleared_after_a_click(
    people: People, shop: Shop, key: str
) -> None:
    page, field = await field_of(people, shop)
    await Mouse().find(field, "Acme")
    await expect(field).to_have_value("Acme Freight")
    await expect(page).to_have_url(re.compile("customer="))
    await page.get_by_role("heading", level=1).click()

    await field.click()
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press(key)
    await expect(page).not_to_have_url(re.compile("customer="))
    await page.keyboard.press("Escape")
    await expect(field).to_have_value("")


async def test_a_list_of_nothing_is_a_list_all_the_same(people: People, shop: Shop) -> None:
    page, field = await field_of(people, shop)
    await field.fill("Nobody")
    await expect(page.get_by_text("No customer matches")).to_be_visible()
    controlled = page.locator(f"[id='{await field.get_attribute('aria-controls')}']")
    await expect(controlled).to_have_role("listbox")
    await expect(controlled.get_by_role("option")).to_have_count(0)
    await expect(page.get_by_role("status").filter(has_text="No customer")).to_be_visible()
