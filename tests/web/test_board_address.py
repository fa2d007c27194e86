"""What narrows, sorts and turns the board: all of it stands in the address."""

import asyncio
import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.factories import create_customer, create_invoice
from tests.web.hands import Mouse
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

# By their numbers, the newest first.
ALL = (7, 6, 5, 4, 3, 2, 1)


@dataclass
class Filtered:
    """The board as one narrows it."""

    page: Page

    async def shows(self, *numbers: int) -> None:
        heads = self.page.get_by_role("rowheader", name=re.compile("^INVOICE-"))
        await expect(heads).to_have_text([f"INVOICE-{number}" for number in numbers])

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    async def choose(self, menu: str, *words: str) -> None:
        await self.button(f"{menu}:").click()
        for word in words:
            await self.page.get_by_role("group", name=menu).get_by_label(word, exact=True).click()
        await self.page.keyboard.press("Escape")

    async def write(self, label: str, text: str) -> None:
        await Mouse().write(self.page.get_by_label(label, exact=True), text)

    async def has_address(self, wanted: dict[str, list[str]]) -> None:
        await self.page.wait_for_url(_has(wanted))


def _has(wanted: dict[str, list[str]]) -> Callable[[str], bool]:
    return lambda url: parse_qs(urlsplit(url).query) == wanted


async def board_of(people: People, shop: Shop, path: str = "/") -> Filtered:
    return Filtered((await people.visit(shop.address, path)).page)


async def test_filters_and_order_survive_a_reload_and_are_gone_back_through(
    people: People, shop: Shop
) -> None:
    board = await board_of(people, shop)
    await board.choose("Status", "Sent", "Partially Paid")
    await board.shows(5, 4, 3, 1)
    await board.page.get_by_label("Overdue").check()
    await board.shows(3, 1)
    column = board.page.get_by_role("columnheader", name="Total")
    await column.get_by_role("button").click()
    await expect(column).to_have_attribute("aria-sort", "ascending")
    await board.shows(3, 1)
    await column.get_by_role("button").click()
    await board.shows(1, 3)
    status = ["sent", "partiallyPaid"]
    await board.has_address({"status": status, "overdue": ["yes"], "sort": ["-total"]})

    await board.page.reload()
    await board.shows(1, 3)
    await expect(column).to_have_attribute("aria-sort", "descending")
    await expect(board.button("Status: Sent, Partially Paid")).to_be_visible()
    await expect(board.page.get_by_label("Overdue")).to_be_checked()
    for rows in ((3, 1), (3, 1), (5, 4, 3, 1), (5, 4, 1), ALL):
        await board.page.go_back()
        await board.shows(*rows)
    await board.has_address({})
    await board.page.go_forward()
    await board.shows(5, 4, 1)


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        ("Invoice", (1, 2, 3, 4, 5, 6, 7)),
        ("Customer", (2, 3, 5, 1, 6, 7, 4)),
        ("Due date", (1, 2, 3, 4, 5, 6, 7)),
        ("Status", (6, 7, 1, 4, 5, 3, 2)),
        ("Outstanding balance", (2, 7, 3, 6, 5, 1, 4)),
    ],
)
async def test_a_column_sorts_upwards_then_downwards_then_not(
    people: People, shop: Shop, column: str, rows: tuple[int, ...]
) -> None:
    board = await board_of(people, shop)
    head = board.page.get_by_role("columnheader").get_by_role("button", name=column, exact=True)
    await head.click()
    await board.shows(*rows)
    await head.click()
    await board.shows(*reversed(rows))
    await head.click()
    await board.shows(*ALL)


async def test_a_search_and_a_customer_narrow_the_board(people: People, shop: Shop) -> None:
    board = await board_of(people, shop)
    await board.write("Search", "bor")
    await board.shows(7, 6, 1)
    await board.has_address({"search": ["bor"]})
    await board.page.reload()
    await board.shows(7, 6, 1)
    await board.button("Clear filters").click()
    await board.shows(*ALL)
    await Mouse().find(board.page.get_by_role("combobox", name="Customer"), "Acme")
    await board.shows(5, 3, 2)
    await board.write("Search", "nobody")
    await expect(board.page.get_by_text("No invoice matches.")).to_be_visible()
    await board.button("Show all invoices").click()
    await board.shows(*ALL)


async def test_amounts_days_and_currency_narrow_the_board(people: People, shop: Shop) -> None:
    board = await board_of(people, shop)
    await board.button("More filters").click()
    await board.choose("Currency", "CAD")
    await board.write("Outstanding at least", "620,00")
    await board.shows(6, 5, 1)
    await expect(board.page.get_by_role("row", name="All in CAD")).to_have_text(
        "All in CAD: 3 invoices$2,520.00$0.00$2,520.00"
    )
    await board.page.get_by_label("Due date from").fill("2026-03-10")
    await board.page.get_by_label("Due date to").fill("2026-04-04")
    await board.shows(5)
    await board.page.reload()
    await board.shows(5)
    await expect(board.button("More filters (4)")).to_have_attribute("aria-expanded", "true")
    at_least = board.page.get_by_label("Outstanding at least")
    await board.write("Outstanding at least", "much")
    await expect(at_least).to_have_accessible_description("Not an amount such as 94.50")


async def test_an_address_that_nobody_wrote_shows_the_way_out(people: People, shop: Shop) -> None:
    board = await board_of(people, shop, "/?currency=garbage&status=garbage&sort=garbage")
    await board.shows(*ALL)
    await board.page.goto(f"{shop.address}/?search=bor&after=garbage")
    await expect(board.page.get_by_role("alert")).to_contain_text("This is not a cursor")
    await board.button("First page").click()
    await board.shows(7, 6, 1)
    await board.has_address({"search": ["bor"]})


async def test_pages_are_turned_there_and_back(people: People, shop: Shop) -> None:
    await write_many(shop)
    board = await board_of(people, shop)
    first, second = range(31, 6, -1), range(6, 0, -1)
    pages = board.page.get_by_role("navigation", name="Pages of invoices")
    await board.shows(*first)
    await expect(pages).to_contain_text("1\N{EN DASH}25 of 31")
    await board.button("Next").click()
    await board.shows(*second)
    await expect(pages).to_contain_text("26\N{EN DASH}31 of 31")
    await board.page.reload()
    await board.shows(*second)
    await board.page.go_back()
    await board.shows(*first)
    await board.page.go_forward()
    await board.button("Previous").click()
    await board.shows(*first)
    await board.page.get_by_label("Rows a page").select_option("50")
    await board.shows(*first, *second)
    # The sums are of all pages.
    await expect(board.page.get_by_role("row", name="All in CAD")).to_contain_text("$4,580.00")


async def test_a_page_is_turned_only_when_it_is_there(people: People, shop: Shop) -> None:
    await write_many(shop)
    board = await board_of(people, shop)
    await board.shows(*range(31, 6, -1))
    asked_for = asyncio.Event()

    async def hold(route: Route) -> None:
        await asked_for.wait()
        await route.continue_()

    await board.page.route("**/graphql", hold)
    await board.page.get_by_role("columnheader").get_by_role("button", name="Total").click()
    # It is still the page of the order before.
    await board.button("Next").click()
    asked_for.set()
    await board.shows(*range(8, 32), 7)
    await expect(board.page.get_by_role("alert")).to_have_count(0)
    await board.button("Next").click()
    await board.shows(2, 6, 5, 3, 1, 4)


async def write_many(shop: Shop) -> None:
    """24 more, from INVOICE-8 on."""
    async with shop.asked() as api:
        customer = await create_customer(api, "Dorado Paper")
        for _ in range(24):
            await create_invoice(api, "10.00", customerId=customer["id"])


async def test_a_file_has_the_invoices_that_the_board_shows(people: People, shop: Shop) -> None:
    board = await board_of(people, shop, "/?status=partiallyPaid&status=paid&sort=fullId")
    await board.shows(2, 3)
    async with board.page.expect_download() as download:
        await board.button("Download CSV").click()
    file = await download.value
    assert file.suggested_filename.endswith(".csv")
    text = (await file.path()).read_bytes().decode("utf-8-sig")
    assert [
        (row["fullId"], row["outstandingBalance"], row["lineItems.total"])
        for row in csv.DictReader(StringIO(text))
    ] == [
        ("INVOICE-2", "0.00", "500.00"),
        ("INVOICE-3", "600.00", "600.00"),
        ("INVOICE-3", "600.00", "400.00"),
    ]
