"""Every page and every form is for everybody: by eye and by ear, in light and dark, on a phone."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.factories import create_customer, create_invoice, send_invoice
from tests.web import axe
from tests.web.people import DESKTOP, PHONE, People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

Opens = Callable[[Page], Awaitable[None]]
# What reaches beyond the window without a box of its own to scroll in.
SIDEWAYS = """() => {
    const root = document.scrollingElement;
    root.scrollLeft = 1_000;
    return root.scrollLeft;
}"""


def press(*names: str) -> Opens:
    """Buttons, one after another."""

    async def do(page: Page) -> None:
        for name in names:
            await page.get_by_role("button", name=name).first.click()

    return do


async def nothing(page: Page) -> None:
    """As it is when it has been opened."""


async def choose_file(page: Page) -> None:
    file = FilePayload(name="a.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
    await page.get_by_label("Add files").set_input_files(file)


async def choose_customer(page: Page) -> None:
    customer = page.get_by_role("combobox", name="Customer")
    await customer.fill("Acme")
    await page.get_by_role("option", name="Acme").click()
    await page.get_by_role("checkbox", name="INVOICE-3").check()
    await page.get_by_label("Amount for INVOICE-3").fill("600.01")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Only 600.00 CAD is outstanding").wait_for()


async def refuse_invoice(page: Page) -> None:
    await page.get_by_role("checkbox", name="ORDER-3").check()
    await press("Add a line", "Make the invoice")(page)
    await page.get_by_text("An amount is written with digits").wait_for()


async def refuse(page: Page) -> None:
    await page.get_by_label("Amount", exact=True).fill("ten")
    await page.get_by_role("button", name="Save").click()


async def follow_customer(page: Page) -> None:
    await page.get_by_role("table").get_by_role("link", name="Acme Freight").click()
    await page.get_by_role("table", name="Statement").wait_for()


async def open_list(page: Page) -> None:
    await page.get_by_role("combobox", name="Customer").click()
    await page.get_by_role("option").first.wait_for()


async def find_nobody(page: Page) -> None:
    await page.get_by_role("combobox", name="Customer").fill("Nobody")
    await page.get_by_text("No customer matches").wait_for()


# By what is seen: where, and what is done there.
VIEWS: dict[str, tuple[str, Opens]] = {
    "board": ("/", nothing),
    "filters": ("/?overdue=yes&sort=total", press("More filters", "Status: any")),
    "customers": ("/", open_list),
    "no customers": ("/", find_nobody),
    "nothing": ("/?search=nobody", nothing),
    "payments": ("/?pay=INVOICE-3", refuse),
    "edit payment": ("/?pay=INVOICE-3", press("Edit the payment")),
    "delete payment": ("/?pay=INVOICE-3", press("Delete the payment")),
    "paid": ("/?pay=INVOICE-2", nothing),
    "invoice": ("/invoices/INVOICE-7", press("Remove line 1")),
    "add line": ("/invoices/INVOICE-7", press("Add a line")),
    "edit line": ("/invoices/INVOICE-7", press("Edit line 1", "Save line")),
    "send": ("/invoices/INVOICE-7", press("Send")),
    "details": ("/invoices/INVOICE-7", press("Edit details")),
    "delete": ("/invoices/INVOICE-7", press("Delete and bill again")),
    "documents": ("/invoices/INVOICE-3", choose_file),
    "no invoice": ("/invoices/INVOICE-99", nothing),
    "bill": ("/bill", refuse_invoice),
    "new order": ("/bill", press("New order")),
    "cheque": ("/cheque", choose_customer),
    "aging": ("/aging", nothing),
    "statement": ("/aging", follow_customer),
    "quickbooks": ("/quickbooks", nothing),
}


async def faults_of(page: Page) -> list[str]:
    """Of what is open, as everybody sees it."""
    found: list[str] = []
    for viewport in (DESKTOP, PHONE):
        await page.set_viewport_size(viewport)
        if await page.evaluate(SIDEWAYS):
            found.append(f"scrolls sideways at {viewport['width']} pixels")
        for color_scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=color_scheme)
            found += await axe.violations(page)
    return found


@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing_and_nothing_reaches_beyond_the_window(
    people: People, sqlite_shop: Shop, view: str
) -> None:
    path, do = VIEWS[view]
    page = (await people.visit(sqlite_shop.address, path)).page
    await page.get_by_role("heading", level=1).wait_for()
    await do(page)
    await expect(page.get_by_text("Loading…")).to_have_count(0)
    assert await faults_of(page) == []


async def test_the_form_for_a_key_is_for_everybody(people: People, shop_with_keys: Shop) -> None:
    person = await people.visit(shop_with_keys.address)
    async with person.faults.expected("console: .* 401 "):
        await person.page.get_by_label("API key").fill("remit_1_nobody")
        await person.page.get_by_role("button", name="Open the board").click()
        await person.page.get_by_text("This key is not valid.").wait_for()
    assert await faults_of(person.page) == []


async def test_a_name_however_long_pushes_nothing_out_of_sight(people: People, shop: Shop) -> None:
    async with shop.asked() as api:
        customer = await create_customer(api, "Transport" * 18)
        await send_invoice(api, await create_invoice(api, "10.00", customerId=customer["id"]))
    page = (await people.visit(shop.address, "/aging")).page
    owed = page.get_by_role("row", name="Transport").get_by_role("cell").last
    await expect(owed).to_be_in_viewport(ratio=1)
    await page.goto(f"{shop.address}/customers/{customer['id']}")
    await page.get_by_role("table", name="Statement").wait_for()
    assert await faults_of(page) == []
