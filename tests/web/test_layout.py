"""A page looks the same whichever pages have been opened before: their style sheets stay."""

import asyncio
from collections.abc import AsyncGenerator
from difflib import ndiff

import pytest
from playwright.async_api import Page, expect

from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Where everything stands, and how it is coloured.
LOOK = """() => [...document.querySelectorAll('main, main *')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { display, color, backgroundColor, fontSize, fontWeight } = getComputedStyle(element);
    const box = [x, y, width, height].map((length) => Math.round(length)).join(' ');
    const name = `${element.tagName.toLowerCase()} ${element.className}`;
    return [name, box, display, color, backgroundColor, fontSize, fontWeight].join(', ');
})"""
_LOOKS = 50


async def looks_of(page: Page) -> list[str]:
    """On the screen, and on paper."""
    await expect(page.get_by_text("Loading…")).to_have_count(0)
    # What the mouse is over looks different.
    await page.mouse.move(0, 0)
    looks: list[str] = []
    for media in ("screen", "print"):
        await page.emulate_media(media=media)
        looks += [f"{media}: {look}" for look in await page.evaluate(LOOK)]
    await page.emulate_media(media="screen")
    return looks


async def changes_since(page: Page, before: list[str]) -> list[str]:
    """What stays different however long it is waited for."""
    now = await looks_of(page)
    for _ in range(_LOOKS):
        if now == before:
            break
        await asyncio.sleep(0.1)
        now = await looks_of(page)
    return [line for line in ndiff(before, now) if line[0] in "-+"]


async def each_page(page: Page) -> AsyncGenerator[str]:
    """By the links that lead from one to the next: nothing is loaded anew."""
    board = Board(page, Mouse())
    await board.shows("INVOICE-3", "Partially Paid", "$400.00", "$600.00")
    yield "Invoices"
    invoice = await board.open("INVOICE-3")
    await expect(invoice.activity.first).to_be_visible()
    await expect(invoice.payments.field("Amount")).to_be_visible()
    yield "invoice"
    await page.get_by_role("link", name="Acme Freight").click()
    await page.get_by_role("table", name="Statement").wait_for()
    yield "statement"
    for name in ("QuickBooks", "Aging", "Cheque", "New invoice"):
        await board.frame.go_to(name)
        await expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        yield name


async def test_it_looks_the_same_on_the_way_back(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address)).page
    await Board(page, Mouse()).frame.is_live()
    before = [(name, await looks_of(page)) async for name in each_page(page)]
    for name, looks in reversed(before):
        assert (name, await changes_since(page, looks)) == (name, [])
        await page.go_back()


async def test_payments_look_the_same_after_the_other_pages(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address)).page
    board = Board(page, Mouse())
    payments = await board.payments_of("INVOICE-3")
    await expect(payments.items).to_have_count(1)
    before = await looks_of(page)
    await payments.close()

    async for _ in each_page(page):
        pass
    await board.frame.go_to("Invoices")
    await board.payments_of("INVOICE-3")
    assert await changes_since(page, before) == []
