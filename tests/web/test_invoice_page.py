"""The invoice's page: what may change until it is sent, what after, and what has."""

import httpx2
import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import Client
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def page_of(people: People, shop: Shop, full_id: str) -> Page:
    person = await people.visit(shop.address, f"/invoices/{full_id}")
    await expect(person.page.get_by_role("heading", level=1)).to_contain_text(full_id)
    return person.page


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def total(page: Page) -> Locator:
    lines = page.get_by_role("table", name="Lines of")
    head = page.get_by_role("rowheader", name="Total", exact=True)
    return lines.get_by_role("row").filter(has=head).get_by_role("cell").first


async def test_it_is_sent_as_of_a_day_that_has_come_and_locked_from_then_on(
    people: People, shop: Shop
) -> None:
    page = await page_of(people, shop, "INVOICE-6")
    await button(page, "Send").click()
    await page.get_by_label("Sent on").fill("2026-03-11")
    await button(page, "Send INVOICE-6").click()
    await expect(page.get_by_text("An invoice cannot be sent in the future")).to_be_visible()
    await page.get_by_label("Sent on").fill("2026-03-10")
    await button(page, "Send INVOICE-6").click()
    await expect(page.get_by_text("INVOICE-6 is sent as of Mar 10, 2026.")).to_be_focused()
    await expect(page.get_by_role("heading", level=1)).to_have_text("INVOICE-6 Sent")
    await expect(button(page, "Add a line")).to_be_hidden()
    await expect(button(page, "Edit line 1")).to_be_hidden()
    await expect(page.get_by_role("listitem").first).to_contain_text("Sent INVOICE-6 on 2026-03-10")


async def test_what_is_refused_stands_at_its_field(people: People, shop: Shop) -> None:
    page = await page_of(people, shop, "INVOICE-6")
    await button(page, "Add a line").click()
    form = page.get_by_role("form", name="Add a line")
    rate = form.get_by_label("Rate", exact=True)
    await button(form, "Save line").click()
    await expect(rate).to_have_accessible_description(
        "An amount is written with digits, such as 94.50"
    )
    await form.get_by_label("Description").fill("Too much taken back")
    await rate.fill("1.00001")
    await button(form, "Save line").click()
    await expect(rate).to_have_accessible_description("At most 4 decimal places are allowed")
    for name in ("Rate", "Quantity"):
        field = form.get_by_label(name, exact=True)
        before = await field.input_value()
        await field.fill("1,234")
        await button(form, "Save line").click()
        await expect(field).to_have_accessible_description(
            "“1,234” may mean two amounts: write 1234 or 1.234"
        )
        await field.fill(before)
    await rate.fill("-641")
    await button(form, "Save line").click()
    await expect(form.get_by_role("alert")).to_have_text("The total may not become negative")
    await expect(rate).to_have_value("-641")
    await expect(total(page)).to_have_text("$640.00")


async def test_nobody_overwrites_what_another_has_changed_meanwhile(
    people: People, shop: Shop
) -> None:
    ann = await page_of(people, shop, "INVOICE-6")
    bea = await page_of(people, shop, "INVOICE-6")
    await button(ann, "Edit details").click()
    await ann.get_by_label("Terms", exact=True).select_option(label="Net 60")
    await button(bea, "Edit details").click()
    await bea.get_by_role("dialog").get_by_label("Notes").fill("Dock 4")
    await button(bea, "Save details").click()
    await expect(bea.get_by_text("The details are saved.")).to_be_focused()

    await button(ann, "Save details").click()
    await expect(ann.get_by_text("INVOICE-6 has been changed since")).to_be_visible()
    await button(ann, "Read again").click()
    await expect(ann.get_by_text("INVOICE-6 has been changed since")).to_be_hidden()
    await button(ann, "Save details").click()

    await expect(ann.get_by_text("The details are saved.")).to_be_focused()
    for page in (ann, bea):
        facts = page.get_by_role("main")
        await expect(facts.get_by_text("Dock 4")).to_be_visible()
        await expect(facts.get_by_text("Net 60")).to_be_visible()
        await expect(facts.get_by_text("May 8, 2026")).to_be_visible()


async def test_read_again_it_shows_what_another_has_written_beside_what_is_typed(
    people: People, shop: Shop
) -> None:
    ann = await page_of(people, shop, "INVOICE-6")
    bea = await page_of(people, shop, "INVOICE-6")
    for page, fields in (
        (bea, {"Address": "9 Box St", "City": "Calgary", "Country code": "CA"}),
        (ann, {"Company": "Factor House"}),
    ):
        await button(page, "Edit details").click()
        for name, text in fields.items():
            await page.get_by_role("dialog").get_by_label(name, exact=True).fill(text)
    await button(bea, "Save details").click()
    await expect(bea.get_by_text("The details are saved.")).to_be_focused()

    await button(ann, "Save details").click()
    await button(ann, "Read again").click()
    form = ann.get_by_role("dialog")
    await expect(form.get_by_label("City", exact=True)).to_have_value("Calgary")
    await expect(form.get_by_label("Company", exact=True)).to_have_value("Factor House")
    await button(ann, "Save details").click()
    await expect(ann.get_by_text("The details are saved.")).to_be_focused()
    for line in ("Factor House", "Calgary"):
        await expect(bea.get_by_role("main").get_by_text(line)).to_be_visible()


async def test_a_line_that_is_being_typed_stays_when_another_sends_the_invoice(
    people: People, shop: Shop
) -> None:
    ann = await page_of(people, shop, "INVOICE-7")
    await button(ann, "Add a line").click()
    form = ann.get_by_role("form", name="Add a line")
    await form.get_by_label("Description").fill("Tailgate")
    await form.get_by_label("Rate", exact=True).fill("10")
    bea = await page_of(people, shop, "INVOICE-7")
    await button(bea, "Send").click()
    await button(bea, "Send INVOICE-7").click()
    await expect(ann.get_by_role("heading", level=1)).to_contain_text("Sent")
    await expect(form.get_by_label("Description")).to_have_value("Tailgate")
    for press in ("Save line", "Read again", "Save line"):
        await button(form, press).click()
    await expect(form.get_by_role("alert")).to_contain_text("sent")
    await button(form, "Cancel").click()
    await expect(form).to_be_hidden()


async def test_what_could_not_be_read_again_is_still_refused(people: People, shop: Shop) -> None:
    ann = await people.visit(shop.address, "/invoices/INVOICE-6")
    stale = ann.page.get_by_text("INVOICE-6 has been changed since")
    await button(ann.page, "Edit details").click()
    await ann.page.get_by_label("Terms", exact=True).select_option(label="Net 60")
    async with shop.asked() as api:
        invoice = await shop.invoice("INVOICE-6")
        await api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Dock 4")
    await button(ann.page, "Save details").click()
    await expect(stale).to_be_visible()

    async with ann.faults.expected("ERR_INTERNET_DISCONNECTED|WebSocket"):
        await ann.lose_connection()
        await button(ann.page, "Read again").click()
        await expect(ann.page.get_by_text("It could not be read.")).to_be_visible()
        await expect(stale).to_be_visible()
        await expect(button(ann.page, "Read again")).to_be_focused()

        await ann.find_connection()
        await button(ann.page, "Read again").click()
        await expect(ann.page.get_by_text("It has been read again.")).to_be_focused()
        await expect(ann.page.get_by_text("Live", exact=True)).to_be_visible()
    await expect(stale).to_be_hidden()
    await button(ann.page, "Save details").click()
    await expect(ann.page.get_by_text("The details are saved.")).to_be_focused()


async def test_lines_are_changed_one_at_a_time(people: People, shop: Shop) -> None:
    """Saved beside another form, that one would take it for somebody else's change."""
    page = await page_of(people, shop, "INVOICE-6")
    for opens, rate in (("Add a line", "10"), ("Edit line 1", "20")):
        await button(page, opens).click()
        form = page.get_by_role("form", name=opens)
        for name in ("Add a line", "Edit line", "Remove line"):
            await expect(page.get_by_role("button", name=name)).to_have_count(0)
        await form.get_by_label("Rate", exact=True).fill(rate)
        await form.get_by_label("Description").fill("At the dock")
        await button(form, "Save line").click()
        await expect(form).to_be_hidden()
    await expect(total(page)).to_have_text("$30.00")
    await expect(page.get_by_role("button", name="Edit line")).to_have_count(2)


async def test_quickbooks_that_is_not_connected_is_said_with_the_way_there(
    people: People, shop: Shop
) -> None:
    page = await page_of(people, shop, "INVOICE-5")
    await button(page, "Export to QuickBooks").click()
    await expect(page.get_by_text("QuickBooks is not connected: connect it first")).to_be_visible()
    await page.get_by_role("link", name="To the connection").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("QuickBooks")


async def test_activity_goes_on_from_page_to_page(people: People, shop: Shop) -> None:
    async with httpx2.AsyncClient(base_url=shop.address) as http:
        api = Client(http)
        invoice_id = (await api.execute('{ invoice(by: { fullId: "INVOICE-5" }) { id } }'))[
            "invoice"
        ]["id"]
        for number in range(45):
            await api.done("updateInvoice", "invoice { id }", id=invoice_id, notes=f"{number}")
    page = await page_of(people, shop, "INVOICE-5")
    entries = page.locator("section").filter(has=page.get_by_role("heading", name="Activity"))
    await expect(entries.get_by_role("listitem")).to_have_count(20)
    await button(entries, "Show more").click()
    await expect(entries.get_by_role("listitem")).to_have_count(40)
    await button(entries, "Show more").click()
    await expect(entries.get_by_role("listitem")).to_have_count(47)
    await expect(entries.get_by_role("listitem").last).to_contain_text("Created INVOICE-5")
    await expect(button(entries, "Show more")).to_be_hidden()
