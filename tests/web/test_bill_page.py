"""New invoices: of orders, or of lines of their own."""

import httpx2
import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import Client
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


async def bill_page(people: People, shop: Shop, path: str = "/bill") -> Page:
    return (await people.visit(shop.address, path)).page


async def full_ids(shop: Shop) -> list[str]:
    async with httpx2.AsyncClient(base_url=shop.address) as http:
        asked = "{ invoices(last: 3, orderBy: { field: fullId }) { nodes { fullId total } } }"
        found = (await Client(http).execute(asked))["invoices"]["nodes"]
    return [f"{one['fullId']} {one['total']}" for one in found]


async def test_orders_of_one_customer_are_billed_once_however_often_it_is_clicked(
    people: People, shop: Shop
) -> None:
    page = await bill_page(people, shop)
    await page.get_by_role("checkbox", name="ORDER-3").check()
    await page.get_by_role("checkbox", name="ORDER-4").check()
    # Taken by the address, too.
    await expect(page).to_have_url(await shop.bill_path("ORDER-3", "ORDER-4"))
    preview = page.get_by_role("table", name="Lines of the new invoice")
    await expect(preview.get_by_role("row", name="Total $305.50", exact=True)).to_be_visible()

    await button(page, "Add a line").click()
    line = page.get_by_role("group", name="Line 1")
    await line.get_by_label("Rate", exact=True).fill("10.50")
    await line.get_by_label("Tax rate").fill("9.975")
    await expect(preview.get_by_role("row", name="Total $317.05", exact=True)).to_be_visible()
    await button(page, "Make the invoice").click()
    description = line.get_by_label("Description")
    await expect(description).to_have_accessible_description("This may not be empty")
    await description.fill("Tailgate")
    await button(page, "Make the invoice").dblclick()

    await expect(page.get_by_text("INVOICE-8 is made.")).to_be_focused()
    assert await full_ids(shop) == ["INVOICE-6 640.00", "INVOICE-7 320.00", "INVOICE-8 317.05"]


async def test_an_order_that_another_has_billed_meanwhile_is_refused_at_its_place(
    people: People, shop: Shop
) -> None:
    ann = await bill_page(people, shop, await shop.bill_path("ORDER-3", "ORDER-4"))
    bea = await bill_page(people, shop, await shop.bill_path("ORDER-4"))
    await expect(button(ann, "Make the invoice")).to_be_enabled()
    await button(bea, "Make the invoice").click()
    await expect(bea.get_by_text("INVOICE-8 is made.")).to_be_visible()

    await button(ann, "Make the invoice").click()
    chosen = ann.get_by_role("list", name="Chosen orders").get_by_role("listitem")
    await expect(chosen.nth(1)).to_contain_text(
        "ORDER-4 is on INVOICE-8: delete that invoice before billing the order again"
    )
    await button(ann, "Leave out ORDER-4").click()
    await expect(chosen).to_have_count(1)
    await button(ann, "Make the invoice").click()
    await expect(ann.get_by_text("INVOICE-9 is made.")).to_be_focused()
    assert await full_ids(shop) == ["INVOICE-7 320.00", "INVOICE-8 95.50", "INVOICE-9 210.00"]


async def test_an_order_is_written_down_and_billed_without_a_mouse(
    people: People, shop: Shop
) -> None:
    page = await bill_page(people, shop)
    await button(page, "New order").focus()
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="New order")
    await form.get_by_label("Customer").focus()
    # Whoever types fast gets what was typed, not what an earlier text has found.
    await page.keyboard.type("casc")
    found = page.get_by_role("listbox").get_by_role("option")
    await expect(found).to_have_text(["Cascade Timber CUST-3 · USD"])
    await page.keyboard.press("Enter")
    for typed in ("PO-9", "LOAD-7", "Freight", "Spokane to Boise", "1", "1250"):
        await page.keyboard.press("Tab")
        await page.keyboard.type(typed)
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("ORDER-5 is saved, and chosen below.")).to_be_focused()
    await button(page, "Make the invoice").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("INVOICE-8 is made.")).to_be_focused()
    await expect(page.get_by_role("row", name="Total US$1,250.00", exact=True)).to_be_visible()


async def test_a_page_that_could_not_be_loaded_is_loaded_later(people: People, shop: Shop) -> None:
    person = await people.visit(shop.address)
    await expect(person.page.get_by_role("link", name="INVOICE-6")).to_be_visible()
    async with person.faults.expected("ERR_INTERNET_DISCONNECTED"):
        await person.lose_connection()
        await person.page.get_by_role("link", name="New invoice").click()
        await expect(person.page.get_by_role("heading", level=1)).to_have_text(
            "This page could not be loaded"
        )
    # What stands around it is still there.
    await expect(person.page.get_by_role("link", name="Aging")).to_be_visible()
    person.faults.found.clear()
    await person.find_connection()
    await button(person.page, "Load again").click()
    await expect(person.page.get_by_role("heading", level=1)).to_have_text("New invoice")


async def test_an_address_that_nobody_wrote_bills_no_order_twice_and_leads_out(
    people: People, shop: Shop
) -> None:
    twice = await shop.bill_path("ORDER-3", "ORDER-3")
    page = await bill_page(people, shop, f"{twice}&after=garbage")
    chosen = page.get_by_role("list", name="Chosen orders").get_by_role("listitem")
    await expect(chosen).to_have_text(["ORDER-3 $210.00Leave out"])
    await expect(page.get_by_role("row", name="Total $210.00", exact=True)).to_be_visible()
    await expect(page.get_by_role("alert")).to_contain_text("This is not a cursor")
    await button(page, "First page").click()
    await expect(page.get_by_role("checkbox", name="ORDER-3")).to_be_checked()
    await expect(page.get_by_role("alert")).to_have_count(0)
