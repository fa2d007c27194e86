"""The invoice's page: its review, what else may change, and its documents."""

from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Locator, Page, expect

from domain.access import Role
from tests.client import Client
from tests.web import axe
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

PDF = b"%PDF-1.4\n" + bytes(range(256))


async def page_of(people: People, shop: Shop, full_id: str) -> Page:
    person = await people.visit(shop.address, f"/invoices/{full_id}")
    await expect(person.page.get_by_role("heading", level=1)).to_contain_text(full_id)
    return person.page


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def total(page: Page, name: str = "Total") -> Locator:
    lines = page.get_by_role("table", name="Lines of")
    head = page.get_by_role("rowheader", name=name, exact=True)
    return lines.get_by_role("row").filter(has=head).get_by_role("cell").first


async def write_line(form: Locator, description: str, quantity: str, rate: str) -> None:
    await form.get_by_label("Description").fill(description)
    await form.get_by_label("Quantity").fill(quantity)
    await form.get_by_label("Rate", exact=True).fill(rate)


async def test_lines_are_added_changed_and_removed(people: People, shop: Shop) -> None:
    page = await page_of(people, shop, "INVOICE-6")
    await button(page, "Add a line").click()
    form = page.get_by_role("form", name="Add a line")
    await form.get_by_label("Type").select_option(label="Detention")
    await write_line(form, "Two hours at the dock", "2", "45,50")
    await form.get_by_label("Tax rate").fill("13")
    await button(form, "Save line").click()
    await expect(page.get_by_text("The line is added.")).to_be_focused()
    await expect(total(page, "Sub total")).to_have_text("$731.00")
    await expect(total(page, "Taxes")).to_have_text("$11.83")
    await expect(total(page)).to_have_text("$742.83")

    await button(page, "Edit line 2").click()
    form = page.get_by_role("form", name="Edit line 2")
    await form.get_by_label("Quantity").fill("1.5")
    await form.get_by_label("Quantity").press("Enter")
    await expect(page.get_by_text("Line 2 is saved.")).to_be_focused()
    await expect(total(page)).to_have_text("$717.12")

    await button(page, "Remove line 2").click()
    await button(page, "Yes, remove line 2").click()
    await expect(page.get_by_text("Line 2 is removed.")).to_be_focused()
    await expect(total(page)).to_have_text("$640.00")


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


async def test_a_changed_order_is_billed_anew(people: People, shop: Shop) -> None:
    page = await page_of(people, shop, "INVOICE-7")
    notice = page.get_by_role("region", name="Outdated")
    await expect(notice).to_contain_text("ORDER-2 changed after INVOICE-7 was made")
    await button(notice, "Delete and bill again").click()
    await page.get_by_label("Reason").fill("Two hours more")
    await button(page, "Delete INVOICE-7").click()

    await expect(page.get_by_text("INVOICE-7 is deleted.")).to_be_focused()
    await expect(page.get_by_role("checkbox", name="ORDER-2")).to_be_checked()
    await button(page, "Make the invoice").click()
    await expect(page.get_by_text("INVOICE-8 is made.")).to_be_focused()
    await expect(total(page)).to_have_text("$365.00")
    await page.goto("/invoices/INVOICE-7")
    await expect(page.get_by_role("heading", level=1)).to_have_text("There is no INVOICE-7")


async def test_documents_are_dragged_in_downloaded_and_removed(
    people: People, shop: Shop, tmp_path: Path
) -> None:
    page = await page_of(people, shop, "INVOICE-5")
    await drag_in(page, "pod.pdf", PDF)
    form = page.get_by_role("form", name="pod.pdf")
    await form.get_by_label("Document type").select_option(label="Proof of delivery")
    await form.get_by_label("Description").fill("Signed by J. Roy")
    await button(form, "Attach").click()
    await expect(page.get_by_text("pod.pdf is attached.")).to_be_visible()
    await expect(form).to_be_hidden()

    async with page.expect_download() as download:
        await page.get_by_role("link", name="pod.pdf").click()
    await (await download.value).save_as(tmp_path / "downloaded.pdf")
    assert (tmp_path / "downloaded.pdf").read_bytes() == PDF

    await button(page, "Remove pod.pdf").click()
    await button(page, "Yes, remove pod.pdf").click()
    await expect(page.get_by_text("pod.pdf is removed.")).to_be_focused()
    await expect(page.get_by_text("Nothing is attached yet.")).to_be_visible()


async def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(
    people: People, shop: Shop, tmp_path: Path
) -> None:
    person = await people.visit(shop.address, "/invoices/INVOICE-5")
    page = person.page
    (tmp_path / "pod.pdf").write_bytes(b"no such thing")
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(26_214_401)
    files = [tmp_path / "pod.pdf", tmp_path / "film.mp4"]
    await page.get_by_label("Add files").set_input_files(files)
    form = page.get_by_role("form", name="pod.pdf")
    await form.get_by_label("Document type").select_option(label="Other")
    async with person.faults.expected("415"):
        await button(form, "Attach").click()
    await expect(form.get_by_role("alert")).to_have_text(
        "These bytes are not application/pdf, as the document was said to be"
    )
    await button(form, "Leave out").click()
    await expect(page.get_by_text("Nothing is attached yet.")).to_be_visible()
    large = page.get_by_role("form", name="film.mp4")
    await expect(large.get_by_role("alert")).to_have_text("A document may have 25 MB at most.")
    await expect(button(large, "Attach")).to_be_disabled()


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


async def test_who_may_only_look_is_offered_nothing_else(
    people: People, shop_with_keys: Shop
) -> None:
    person = await people.visit(shop_with_keys.address, "/")
    async with person.faults.expected("401"):
        await person.page.reload()
    await person.page.get_by_label("API key").fill(shop_with_keys.keys[Role.VIEWER])
    await button(person.page, "Open the board").click()
    await person.page.get_by_role("link", name="INVOICE-6").click()
    await expect(person.page.get_by_role("heading", level=1)).to_contain_text("INVOICE-6")
    await expect(button(person.page, "Print")).to_be_visible()
    buttons = person.page.get_by_role("main").get_by_role("button")
    await expect(buttons).to_have_text(["Print"])


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/invoices/INVOICE-6", "/invoices/INVOICE-7", "/bill"])
async def test_axe_finds_nothing(people: People, shop: Shop, path: str, color_scheme: str) -> None:
    dark = color_scheme == "dark"
    person = await people.visit(shop.address, path, color_scheme="dark" if dark else "light")
    await expect(person.page.get_by_role("table").first).to_be_visible()
    await expect(person.page.get_by_text("Loading…")).to_have_count(0)
    assert await axe.violations(person.page) == []


async def drag_in(page: Page, name: str, content: bytes) -> None:
    """What a browser tells the page when a file is dropped on it."""
    made = await page.evaluate_handle(
        """([name, bytes]) => {
            const dragged = new DataTransfer();
            const file = new File([new Uint8Array(bytes)], name, { type: "application/pdf" });
            dragged.items.add(file);
            return dragged;
        }""",
        [name, list(content)],
    )
    place = page.get_by_role("group", name="Attach documents")
    for event in ("dragover", "drop"):
        await place.dispatch_event(event, {"dataTransfer": made})
