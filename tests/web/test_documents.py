"""Files on an invoice's page: dropped or chosen, downloaded, removed, refused."""

from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATH = "/invoices/INVOICE-5"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2_000)
DROPPED = """bytes => {
    const transfer = new DataTransfer();
    const file = new File([new Uint8Array(bytes)], 'pod 7.pdf', { type: 'application/pdf' });
    transfer.items.add(file);
    return transfer;
}"""


async def page_of(people: People, shop: Shop) -> Page:
    return (await people.visit(shop.address, PATH)).page


def place(page: Page) -> Locator:
    return page.get_by_role("group", name="Attach documents")


def row(page: Page, file_name: str) -> Locator:
    head = page.get_by_role("rowheader", name=file_name)
    return page.get_by_role("table", name="Documents").get_by_role("row").filter(has=head)


async def attach(page: Page, file_name: str, kind: str) -> Locator:
    form = page.get_by_role("form", name=file_name)
    await form.get_by_label("Document type").select_option(label=kind)
    await form.get_by_role("button", name="Attach").click()
    return form


def written(folder: Path, sizes: dict[str, int]) -> list[Path]:
    for name, size in sizes.items():
        (folder / name).write_bytes(b"-" * size)
    return [folder / name for name in sizes]


async def downloaded(page: Page, file_name: str) -> bytes:
    async with page.expect_download() as download:
        await page.get_by_role("link", name=file_name).click()
    file = await download.value
    assert file.suggested_filename == file_name
    return (await file.path()).read_bytes()


async def test_a_dropped_file_is_attached_and_comes_back_byte_by_byte(
    people: People, shop: Shop
) -> None:
    page = await page_of(people, shop)
    transfer = await page.evaluate_handle(DROPPED, [*PDF])
    for event in ("dragover", "drop"):
        await place(page).dispatch_event(event, {"dataTransfer": transfer})
    form = await attach(page, "pod 7.pdf", "Proof of delivery")

    await expect(
        page.get_by_role("status").filter(has_text="pod 7.pdf is attached.")
    ).to_be_focused()
    await expect(form).to_be_hidden()
    await expect(row(page, "pod 7.pdf")).to_contain_text("Proof of delivery3 kB")
    assert await downloaded(page, "pod 7.pdf") == PDF


async def test_a_chosen_file_is_attached_and_removed(people: People, shop: Shop) -> None:
    page = await page_of(people, shop)
    file = FilePayload(name="dock.png", mimeType="image/png", buffer=PNG)
    await page.get_by_label("Add files").set_input_files(file)
    await page.get_by_role("form", name="dock.png").get_by_label("Description").fill("Bay 4")
    await attach(page, "dock.png", "Other")
    await expect(row(page, "dock.png")).to_contain_text("Bay 4")
    assert await downloaded(page, "dock.png") == PNG

    await page.get_by_role("button", name="Remove dock.png", exact=True).click()
    await page.get_by_role("button", name="Yes, remove dock.png").click()
    await expect(page.get_by_role("status").filter(has_text="dock.png is removed.")).to_be_focused()
    await expect(page.get_by_text("Nothing is attached yet.")).to_be_visible()


async def test_a_file_is_too_large_by_one_byte(people: People, shop: Shop, tmp_path: Path) -> None:
    page = await page_of(people, shop)
    sizes = {"largest.txt": 26_214_400, "larger.txt": 26_214_401}
    await page.get_by_label("Add files").set_input_files(written(tmp_path, sizes))

    larger = page.get_by_role("form", name="larger.txt")
    await expect(larger.get_by_role("alert")).to_have_text("A document may have 25 MB at most.")
    await expect(larger.get_by_role("button", name="Attach")).to_be_disabled()
    largest = await attach(page, "largest.txt", "Other")
    await expect(row(page, "largest.txt")).to_contain_text("25 MB")
    await expect(largest).to_be_hidden()


async def test_a_file_that_is_not_what_it_is_called_is_refused_in_words(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, PATH)
    page = person.page
    file = FilePayload(name="bill.pdf", mimeType="application/pdf", buffer=PNG)
    await page.get_by_label("Add files").set_input_files(file)
    async with person.faults.expected("console: .* 415 "):
        form = await attach(page, "bill.pdf", "Invoice")
        await expect(form.get_by_role("alert")).to_have_text(
            "These bytes are not application/pdf, as the document was said to be"
        )
    await form.get_by_role("button", name="Leave out").click()
    await expect(form).to_be_hidden()
    await expect(page.get_by_text("Nothing is attached yet.")).to_be_visible()


async def test_what_was_said_of_an_attached_file_cannot_be_changed_while_its_bytes_are_sent_again(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, PATH)
    page = person.page
    file = FilePayload(name="dock.png", mimeType="image/png", buffer=PNG)
    await page.get_by_label("Add files").set_input_files(file)
    form = page.get_by_role("form", name="dock.png")
    await form.get_by_label("Document type").select_option(label="Other")
    description = form.get_by_label("Description")
    await description.fill("Bay 4")
    async with person.faults.expected("ERR_FAILED"):
        await page.route("**/documents/**", fail)
        await description.press("Enter")
        await expect(form.get_by_role("alert")).to_contain_text("The file is still here")
        await page.unroute("**/documents/**")
    again = form.get_by_role("button", name="Try again")
    await expect(again).to_be_focused()
    for label in ("Document type", "Description"):
        await expect(form.get_by_label(label)).to_be_disabled()
    await expect(form).to_contain_text("To change what is said of it, leave it out")
    await again.click()
    await expect(row(page, "dock.png")).to_contain_text("Bay 4")
    assert await downloaded(page, "dock.png") == PNG


async def fail(route: Route) -> None:
    await route.abort()
