"""What the server refuses stands at its field, in the server's words; what was typed stays."""

from datetime import date
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.factories import create_invoice
from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.sheets import Sheet
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

STALE = "INVOICE-6 has been changed since: it is at version 2, not 1. Read it again"
EMPTY = "INVOICE-8 has no line items: add one before sending it"


async def page_of(people: People, shop: Shop, path: str) -> Page:
    return (await people.visit(shop.address, path)).page


async def sheet_of(people: People, shop: Shop, full_id: str) -> Sheet:
    return Sheet(await page_of(people, shop, f"/invoices/{full_id}"), Mouse())


async def refuses(field: Locator, words: str) -> None:
    await expect(field).to_have_accessible_description(words)
    await expect(field).to_have_attribute("aria-invalid", "true")


async def test_a_payments_day_and_amount_are_refused_at_their_fields(
    people: People, shop: Shop
) -> None:
    board = Board(await page_of(people, shop, "/"), Mouse())
    payments = await board.payments_of("INVOICE-5")
    await payments.fill(
        day=date(2026, 3, 11), method="Wire", reference="W-9", notes="", amount="10.005"
    )
    await payments.save()
    await refuses(payments.field("Amount"), "At most 2 decimal places are allowed")
    await Mouse().write(payments.field("Amount"), "10")
    await payments.save()
    await refuses(
        payments.field("Payment date"), "A payment cannot be dated in the future (2026-03-11)"
    )
    await expect(payments.field("Reference number")).to_have_value("W-9")
    assert (await shop.invoice("INVOICE-5"))["payments"] == []


async def test_what_is_no_amount_at_all_is_refused_as_well(people: People, shop: Shop) -> None:
    board = Board(await page_of(people, shop, "/"), Mouse())
    payments = await board.payments_of("INVOICE-5")
    amount = payments.field("Amount")
    for typed in ("", "ten", "1e3", "1,000.00"):
        await amount.fill(typed)
        await payments.save()
        await refuses(amount, "An amount is written with digits, such as 94.50")
    for typed, pair in (
        ("1,250", "1250 or 1.25"),
        ("1.250", "1250 or 1.25"),
        ("10,000", "10000 or 10"),
    ):
        await amount.fill(typed)
        await payments.save()
        await refuses(amount, f"“{typed}” may mean two amounts: write {pair}")
    await amount.fill("-5")
    await payments.save()
    await refuses(amount, "A payment must be more than zero")
    assert (await shop.invoice("INVOICE-5"))["payments"] == []


async def test_a_year_of_two_digits_is_refused_at_the_day(people: People, shop: Shop) -> None:
    board = Board(await page_of(people, shop, "/"), Mouse())
    payments = await board.payments_of("INVOICE-5")
    await payments.field("Payment date").fill("0026-03-10")
    await payments.save()
    await refuses(payments.field("Payment date"), "A year has four digits, such as 2026")
    assert (await shop.invoice("INVOICE-5"))["payments"] == []


async def test_what_was_done_is_not_said_beside_what_is_refused(people: People, shop: Shop) -> None:
    board = Board(await page_of(people, shop, "/"), Mouse())
    payments = await board.payments_of("INVOICE-5")
    await Mouse().write(payments.field("Amount"), "20")
    await payments.save()
    await payments.says("Recorded: $20.00. $730.00 outstanding.")
    await Mouse().write(payments.field("Amount"), "999")
    await payments.save()
    await refuses(payments.field("Amount"), "Only 730.00 CAD is outstanding")
    await payments.says("")


async def test_an_invoice_without_lines_is_not_sent(people: People, shop: Shop) -> None:
    async with shop.asked() as api:
        empty = await create_invoice(api)
    sheet = await sheet_of(people, shop, empty["fullId"])
    await sheet.press("Send")
    dialog = sheet.dialog("Send INVOICE-8")
    await sheet.press("Send INVOICE-8", dialog)
    await expect(dialog.get_by_role("alert")).to_have_text(EMPTY)


async def test_an_address_is_refused_at_its_field(people: People, shop: Shop) -> None:
    sheet = await sheet_of(people, shop, "INVOICE-6")
    await sheet.press("Edit details")
    dialog = sheet.dialog("Details of INVOICE-6")
    for label, text in (("Address", "1 Main St"), ("City", "Barrie"), ("Country code", "Canada")):
        await dialog.get_by_label(label, exact=True).fill(text)
    await sheet.press("Save details", dialog)
    await refuses(
        dialog.get_by_label("Country code"), "This is not an ISO 3166-1 country code, such as CA"
    )


async def test_a_statement_that_ends_before_it_begins_is_refused_at_its_day(
    people: People, shop: Shop
) -> None:
    page = await page_of(people, shop, "/")
    await page.get_by_role("link", name="Acme Freight").first.click()
    await page.get_by_label("From").fill("2026-03-11")
    await expect(page.get_by_label("From")).to_have_accessible_description(
        "from must not be after to"
    )


async def test_a_line_typed_too_slowly_is_not_lost(people: People, shop: Shop) -> None:
    sheet = await sheet_of(people, shop, "INVOICE-6")
    await sheet.press("Edit line 1")
    form = sheet.page.get_by_role("form", name="Edit line 1")
    await Mouse().write(form.get_by_label("Rate", exact=True), "700")
    await changed_meanwhile(shop, "INVOICE-6", notes="Call first")
    await sheet.press("Save line", form)
    await sheet.press("Read again", form)
    await sheet.press("Save line", form)
    await sheet.says("Line 1 is saved.")
    await expect(sheet.sum("Total")).to_have_text("$700.00")


async def changed_meanwhile(shop: Shop, full_id: str, **change: Any) -> None:
    """By somebody else."""
    query = "query ($fullId: String!) { invoice(by: { fullId: $fullId }) { id } }"
    async with shop.asked() as api:
        invoice = (await api.execute(query, fullId=full_id))["invoice"]
        await api.done("updateInvoice", "invoice { id }", id=invoice["id"], **change)
