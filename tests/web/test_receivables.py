"""What is owed: by how late it is, and by each customer."""

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from tests.client import Client
from tests.conftest import TODAY
from tests.factories import create_customer, create_invoice, send_invoice
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Of another customer, by how many days they are past due: the first and the last of each bucket.
LATE = {1: "1.00", 30: "2.00", 31: "4.00", 60: "8.00", 61: "16.00", 90: "32.00", 91: "64.00"}
# By the words of the segment: what it comes to, and the numbers of its invoices.
SEGMENTS = {
    "Not yet due": ("$750.00", (5,)),
    "1\N{EN DASH}30 days": ("$603.00", (9, 8, 3)),
    "31\N{EN DASH}60 days": ("$12.00", (11, 10)),
    "61\N{EN DASH}90 days": ("$1,178.00", (13, 12, 1)),
    "Over 90 days": ("$64.00", (14,)),
}


async def write_late_invoices(api: Client) -> None:
    customer = await create_customer(api, "Dorado Paper")
    for days, rate in LATE.items():
        due = TODAY - timedelta(days)
        invoice = await create_invoice(
            api, rate, customerId=customer["id"], invoiceDate=due, dueDate=due
        )
        await send_invoice(api, invoice)


async def aging_of(people: People, shop: Shop) -> Page:
    async with shop.asked() as api:
        await write_late_invoices(api)
    return (await people.visit(shop.address, "/aging")).page


async def shows(page: Page, outstanding: str, numbers: tuple[int, ...]) -> None:
    """The board, of exactly these invoices, which come to exactly that."""
    heads = page.get_by_role("rowheader", name=re.compile("^INVOICE-"))
    await expect(heads).to_have_text([f"INVOICE-{number}" for number in numbers])
    sums = page.get_by_role("row", name="All in")
    await expect(sums.get_by_role("cell").last).to_have_text(outstanding)


async def test_each_part_of_the_bar_leads_to_its_invoices(people: People, shop: Shop) -> None:
    page = await aging_of(people, shop)
    bar = page.get_by_role("list", name="Parts of what is owed in CAD").get_by_role("listitem")
    await expect(bar).to_have_text([f"{name} {owed}" for name, (owed, _) in SEGMENTS.items()])
    for place, (owed, numbers) in enumerate(SEGMENTS.values()):
        await bar.nth(place).get_by_role("link").click()
        await shows(page, owed, numbers)
        await page.go_back()


async def test_a_customers_amounts_lead_to_theirs(people: People, shop: Shop) -> None:
    page = await aging_of(people, shop)
    table = page.get_by_role("table", name="Owed in CAD")
    row = table.get_by_role("row", name="Dorado Paper")
    await expect(row.get_by_role("cell")).to_have_text(
        ["$0.00", "$3.00", "$12.00", "$48.00", "$64.00", "$127.00"]
    )
    await row.get_by_role("link", name="$48.00").click()
    await shows(page, "$48.00", (13, 12))
    await page.go_back()
    await row.get_by_role("link", name="$127.00").click()
    await shows(page, "$127.00", (14, 13, 12, 11, 10, 9, 8))


async def test_another_day_is_told_of_and_stands_in_the_address(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/aging")).page
    await page.get_by_label("As of").fill("2026-01-31")
    # What was paid later is still owed on that day.
    table = page.get_by_role("table", name="Owed in CAD")
    owed = table.get_by_role("row", name="All customers").get_by_role("cell").last
    await expect(owed).to_have_text("$2,630.00")
    await expect(page).to_have_url(re.compile("asOf=2026-01-31"))
    await page.reload()
    await expect(owed).to_have_text("$2,630.00")
    await expect(page.get_by_role("list").get_by_role("link")).to_have_count(0)


async def test_a_day_is_typed_as_slowly_as_one_likes(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/aging")).page
    field = page.get_by_label("As of")
    await field.focus()
    for digit in "01312026":
        await page.keyboard.press(digit)
        await asyncio.sleep(0.35)
    await expect(field).to_have_value("2026-01-31")
    await expect(page).to_have_url(re.compile("asOf=2026-01-31"))
    # A day of the first century is none; the one that holds is shown again.
    await field.fill("0026-01-31")
    await asyncio.sleep(0.35)
    await field.blur()
    await expect(field).to_have_value("2026-01-31")


async def test_a_statement_closes_with_what_the_customer_owes(people: People, shop: Shop) -> None:
    page = (await people.visit(shop.address, "/aging")).page
    await page.get_by_role("table").get_by_role("link", name="Acme Freight").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Acme Freight")
    await expect(page.get_by_role("definition").last).to_have_text("$1,350.00")
    rows = page.get_by_role("table", name="Statement").get_by_role("row")
    await expect(rows.last).to_have_text("Mar 10, 2026Closing balance$1,350.00")
    await expect(rows).to_have_count(8)

    await page.get_by_label("From").fill("2026-03-01")
    await expect(rows).to_contain_text(
        [
            "Date",
            "Mar 1, 2026Opening balance$1,100.00",
            "Mar 2, 2026",
            "Mar 5, 2026",
            "Mar 10, 2026Closing balance$1,350.00",
        ]
    )
    await page.reload()
    await expect(rows.nth(1)).to_have_text("Mar 1, 2026Opening balance$1,100.00")
    await rows.nth(2).get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("INVOICE-2 Paid")
