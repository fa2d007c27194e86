"""What is typed of a new invoice or order is kept, and what is refused stays where it belongs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.web.hands import Mouse
from tests.web.people import People
from tests.web.sheets import Bill
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

API = "**/graphql"
UNREACHED = "The server cannot be reached. This page goes on by itself when it can."
REFUSED = "This may not be empty"


async def bill_of(people: People, shop: Shop, *full_ids: str) -> Bill:
    page = (await people.visit(shop.address, "/bill")).page
    bill = Bill(page, Mouse())
    for full_id in full_ids:
        await bill.choose(full_id)
    return bill


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


async def add_line(place: Page | Locator, number: int, description: str) -> Locator:
    await button(place, "Add a line").click()
    line = place.get_by_role("group", name=f"Line {number}")
    await line.get_by_label("Description").fill(description)
    await line.get_by_label("Rate", exact=True).fill("10")
    return line


async def pick_customer(bill: Bill, name: str) -> None:
    await bill.hand.find(bill.page.get_by_role("combobox", name="Customer"), name)


async def fail(route: Route) -> None:
    await route.abort()


async def lose_answer(route: Route) -> None:
    """What was asked is done, and nobody hears of it."""
    if '"input":' in (route.request.post_data or ""):
        await route.fetch()
        await route.abort()
    else:
        await route.continue_()


@asynccontextmanager
async def held(page: Page) -> AsyncGenerator[None]:
    """The server answers nothing meanwhile."""
    is_over = asyncio.Event()

    async def hold(route: Route) -> None:
        await is_over.wait()
        await route.continue_()

    await page.route(API, hold)
    yield
    is_over.set()
    await page.unroute_all(behavior="wait")


async def test_an_order_whose_answer_is_lost_may_have_been_saved(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, "/bill")
    bill = Bill(person.page, Mouse())
    await pick_customer(bill, "Acme")
    await button(person.page, "New order").click()
    dialog = person.page.get_by_role("dialog", name="New order")
    line = dialog.get_by_role("group", name="Line 1")
    await line.get_by_label("Description").fill("Spokane to Boise")
    await line.get_by_label("Rate", exact=True).fill("1250")
    async with person.faults.expected("ERR_FAILED"):
        await person.page.route(API, lose_answer)
        await button(dialog, "Save the order").click()
        await expect(dialog.get_by_role("alert")).to_have_text(
            "The server cannot be reached. The order may have been saved all the same: "
            "look for it in the list before you save it again."
        )
        await person.page.unroute(API)
    await button(dialog, "Close").click()
    await expect(person.page.get_by_role("checkbox", name="ORDER-5")).to_be_visible()
