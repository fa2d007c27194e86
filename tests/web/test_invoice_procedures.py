"""The procedures of the source document on invoices: from an order's lines to a bill."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.factories import line
from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Frame
from tests.web.people import People
from tests.web.sheets import Bill, Sheet
from tests.web.shop import Shop

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize(
        ("one_shop", "hand"),
        [("sqlite_shop", Mouse()), ("postgresql_shop", Keyboard())],
        ids=["sqlite, by mouse", "postgresql, by keyboard"],
        indirect=["one_shop"],
    ),
]

LINES = """query ($fullId: String!) { invoice(by: { fullId: $fullId }) {
    status sentAt
    lineItems { type quantity rate total }
} }"""

ALREADY = "ORDER-2 is on INVOICE-7: delete that invoice before billing the order again"


async def lines_of(shop: Shop, full_id: str) -> dict[str, Any]:
    async with shop.asked() as api:
        return (await api.execute(LINES, fullId=full_id))["invoice"]


async def test_an_order_is_billed_its_lines_reviewed_and_sent(
    people: People, either_shop: Shop, hand: Hand
) -> None:
    page = (await people.visit(either_shop.address)).page
    await Frame(page, hand).go_to("New invoice")
    bill = Bill(page, hand)
    await bill.choose("ORDER-3")
    await bill.choose("ORDER-4")
    await expect(bill.chosen).to_contain_text(["ORDER-3 $210.00", "ORDER-4 $95.50"])
    await expect(bill.preview.get_by_role("row").last).to_have_text("Total$305.50")
    sheet = await bill.make()
    await sheet.shows("INVOICE-8", "Created")
    await sheet.says("INVOICE-8 is made. Look it through, then send it.")

    await review(sheet)

    await sheet.send("INVOICE-8")
    await sheet.says("INVOICE-8 is sent as of Mar 10, 2026.")
    await sheet.shows("INVOICE-8", "Sent")
    # What the customer has been sent is not changed any more.
    for name in ("Add a line", "Edit line", "Remove line"):
        await expect(page.get_by_role("button", name=name)).to_have_count(0)
    invoice = await lines_of(either_shop, "INVOICE-8")
    assert (invoice["status"], invoice["sentAt"]) == ("sent", "2026-03-10")
    assert [
        (one["type"], float(one["quantity"]), float(one["rate"]), float(one["total"]))
        for one in invoice["lineItems"]
    ] == [("freight", 1, 99.95, 99.95), ("detention", 2, 45.25, 102.27)]


async def review(sheet: Sheet) -> None:
    """A line is added, one changed, one removed."""
    await sheet.add_line(
        "Detention",
        description="Two hours at the dock",
        quantity="2",
        rate="45,25",
        tax_rate="13",
    )
    await sheet.says("The line is added.")
    await expect(sheet.sum("Taxes")).to_have_text("$11.77")
    await expect(sheet.sum("Total")).to_have_text("$407.77")
    await sheet.edit_line(2, "Freight", rate="99.95")
    await sheet.says("Line 2 is saved.")
    await sheet.remove_line(1)
    await sheet.says("Line 1 is removed.")
    await expect(sheet.sum("Total")).to_have_text("$202.22")


async def test_a_changed_order_is_billed_anew_when_its_invoice_is_deleted(
    people: People, either_shop: Shop, hand: Hand
) -> None:
    page = (await people.visit(either_shop.address, "/invoices/INVOICE-6")).page
    sheet = await Sheet(page, hand).shows("INVOICE-6", "Created")
    await Frame(page, hand).is_live()
    await expect(sheet.outdated).to_be_hidden()
    await add_to_order(either_shop, "ORDER-1", "60.25")

    await expect(sheet.outdated).to_contain_text(
        "ORDER-1 changed after INVOICE-6 was made, and the invoice still says what it said before."
    )
    # The invoice has copies of the lines, which do not follow.
    await expect(sheet.sum("Total")).to_have_text("$640.00")
    await sheet.press("Delete and bill again", sheet.outdated)
    await sheet.delete("INVOICE-6", "The order has changed")

    await sheet.says("INVOICE-6 is deleted.")
    bill = Bill(page, hand)
    await expect(bill.chosen).to_contain_text(["ORDER-1 $700.25"])
    await bill.make()
    await sheet.shows("INVOICE-8", "Created")
    await expect(sheet.outdated).to_be_hidden()
    await expect(sheet.sum("Total")).to_have_text("$700.25")
    anew = (await lines_of(either_shop, "INVOICE-8"))["lineItems"]
    assert [float(one["total"]) for one in anew] == [640, 60.25]
    assert await lines_of(either_shop, "INVOICE-6") is None


async def test_an_order_is_not_billed_twice(people: People, either_shop: Shop, hand: Hand) -> None:
    path = await either_shop.bill_path("ORDER-2")
    page = (await people.visit(either_shop.address, path)).page
    bill = Bill(page, hand)
    await expect(bill.chosen).to_contain_text(["ORDER-2 is on INVOICE-7 already."])
    await bill.make()
    await expect(bill.chosen).to_contain_text([ALREADY])
    await expect(page).to_have_url(path)
    await hand.press(bill.chosen.get_by_role("link", name="INVOICE-7"))
    await expect(Sheet(page, hand).outdated).to_contain_text("ORDER-2 changed after INVOICE-7")


async def add_to_order(shop: Shop, full_id: str, rate: str) -> None:
    """By somebody else, over the API."""
    query = "query ($fullId: String!) { order(by: { fullId: $fullId }) { id } }"
    async with shop.asked() as api:
        order = (await api.execute(query, fullId=full_id))["order"]
        await api.done("addLineItem", "order { id }", parentId=order["id"], lineItem=line(rate))
