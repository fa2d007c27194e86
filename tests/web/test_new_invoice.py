"""What is typed of a new invoice or order is kept, and what is refused stays where it belongs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Page, Response, Route, expect

from tests.factories import create_order
from tests.web.hands import Mouse
from tests.web.people import People
from tests.web.sheets import Bill
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

API = "**/graphql"
UNREACHED = "The server cannot be reached. This page goes on by itself when it can."
REFUSED = "This may not be empty"


async def bill_of(people: People, shop: Shop, *full_ids: str) -> Bill:
    page = (await people.visit(shop.address, "/bill")).page
    bill = Bill(page, Mouse())
    for full_id in full_ids:
        await bill.choose(full_id)
    return bill


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


async def add_line(place: Page | Locator, number: int, description: str) -> Locator:
    await button(place, "Add a line").click()
    line = place.get_by_role("group", name=f"Line {number}")
    await line.get_by_label("Description").fill(description)
    await line.get_by_label("Rate", exact=True).fill("10")
    return line


async def pick_customer(bill: Bill, name: str) -> None:
    await bill.hand.find(bill.page.get_by_role("combobox", name="Customer"), name)


async def fail(route: Route) -> None:
    await route.abort()


async def lose_answer(route: Route) -> None:
    """What was asked is done, and nobody hears of it."""
    if '"input":' in (route.request.post_data or ""):
        await route.fetch()
        await route.abort()
    else:
        await route.continue_()


def is_made(answer: Response) -> bool:
    return '"idempotencyKey"' in (answer.request.post_data or "")


@asynccontextmanager
async def held(page: Page) -> AsyncGenerator[None]:
    """The server answers nothing meanwhile."""
    is_over = asyncio.Event()

    async def hold(route: Route) -> None:
        await is_over.wait()
        await route.continue_()

    await page.route(API, hold)
    yield
    is_over.set()
    await page.unroute_all(behavior="wait")


async def test_what_is_typed_stays_when_the_last_order_is_left_out(
    people: People, shop: Shop
) -> None:
    bill = await bill_of(people, shop, "ORDER-3")
    line = await add_line(bill.page, 1, "Tailgate")
    await bill.page.get_by_label("Notes").fill("Call first")
    await bill.page.get_by_role("checkbox", name="ORDER-3").uncheck()
    await expect(bill.chosen).to_have_count(0)
    await bill.choose("ORDER-3")
    await button(bill.page, "Leave out ORDER-3").click()
    await expect(bill.chosen).to_have_count(0)
    said = bill.page.get_by_role("status").filter(has_text="ORDER-3 is left out.")
    await expect(said).to_be_focused()

    await expect(line.get_by_label("Description")).to_have_value("Tailgate")
    await expect(bill.page.get_by_label("Notes")).to_have_value("Call first")
    sheet = await bill.make()
    await sheet.shows("INVOICE-8", "Created")
    await expect(sheet.sum("Total")).to_have_text("$10.00")


async def test_a_refusal_does_not_slide_to_another_line(people: People, shop: Shop) -> None:
    bill = await bill_of(people, shop, "ORDER-3")
    await refused_and_removed(bill.page, "Make the invoice")


async def test_a_refusal_does_not_slide_to_another_line_of_an_order(
    people: People, shop: Shop
) -> None:
    bill = await bill_of(people, shop, "ORDER-3")
    await button(bill.page, "New order").click()
    dialog = bill.page.get_by_role("dialog", name="New order")
    await button(dialog, "Remove line 1").click()
    await refused_and_removed(dialog, "Save the order")


async def refused_and_removed(place: Page | Locator, send: str) -> None:
    """The first line is refused; the second moves up into its place."""
    refused = (await add_line(place, 1, "")).get_by_label("Description")
    await add_line(place, 2, "Tailgate")
    await button(place, send).click()
    await expect(refused).to_have_accessible_description(REFUSED)
    await expect(button(place, send)).to_be_focused()
    await button(place, "Remove line 1").click()
    await expect(button(place, "Add a line")).to_be_focused()
    await expect(refused).to_have_value("Tailgate")
    await expect(refused).to_have_accessible_description("")
    await expect(place.get_by_text(REFUSED)).to_have_count(0)


async def test_a_refusal_is_announced_and_does_not_slide_to_another_order(
    people: People, shop: Shop
) -> None:
    ann = await bill_of(people, shop, "ORDER-3", "ORDER-4")
    bob = await bill_of(people, shop, "ORDER-3")
    await (await bob.make()).shows("INVOICE-8", "Created")
    await button(ann.page, "Make the invoice").click()
    await expect(ann.chosen.nth(0).get_by_role("alert")).to_contain_text(
        "ORDER-3 is on INVOICE-8: delete that invoice"
    )
    await button(ann.page, "Leave out ORDER-3").click()
    await expect(ann.chosen).to_have_count(1)
    await expect(ann.chosen).to_contain_text("ORDER-4 $95.50")
    await expect(ann.page.get_by_role("alert")).to_have_count(0)


async def test_the_other_orders_stay_while_one_is_left_out(people: People, shop: Shop) -> None:
    bill = await bill_of(people, shop, "ORDER-3", "ORDER-4")
    async with held(bill.page):
        await button(bill.page, "Leave out ORDER-4").click()
        await expect(bill.chosen).to_have_count(1)
        await expect(bill.chosen).to_contain_text("ORDER-3 $210.00")
        await expect(bill.preview.get_by_role("row").last).to_have_text("Total$210.00")


async def test_that_an_order_cannot_be_read_is_said_and_nothing_typed_is_lost(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, "/bill")
    bill = Bill(person.page, Mouse())
    await bill.choose("ORDER-3")
    form = person.page.locator("form").filter(has=button(person.page, "Make the invoice"))
    line = await add_line(form, 1, "Tailgate")
    async with person.faults.expected("ERR_FAILED"):
        await person.page.route(API, fail)
        await person.page.get_by_role("checkbox", name="ORDER-4").check()
        await expect(form.get_by_role("alert")).to_have_text(UNREACHED)
        await expect(button(form, "Make the invoice")).to_be_disabled()
        await person.page.unroute(API)
    await expect(bill.chosen).to_contain_text(["ORDER-3 $210.00", "ORDER-4 $95.50"])
    await expect(line.get_by_label("Description")).to_have_value("Tailgate")


async def test_no_other_customer_is_billed_while_one_is_being_read(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, "/bill")
    page = person.page
    bill = Bill(page, Mouse())
    await pick_customer(bill, "Acme")
    await expect(page.get_by_text("For Acme Freight, in CAD")).to_be_visible()
    customer = page.get_by_role("combobox", name="Customer")
    await customer.fill("Cascade")
    await page.get_by_role("option", name="Cascade").wait_for()
    async with held(page):
        await customer.press("Enter")
        await expect(page.get_by_text("For Acme Freight")).to_have_count(0)
        await expect(button(page, "Make the invoice")).to_have_count(0)
    await expect(page.get_by_text("For Cascade Timber, in USD")).to_be_visible()

    await customer.fill("Borealis")
    await page.get_by_role("option", name="Borealis").wait_for()
    async with person.faults.expected("ERR_FAILED"):
        await page.route(API, fail)
        await customer.press("Enter")
        # Once for the orders, once for the customer.
        await expect(page.get_by_role("main").get_by_text(UNREACHED)).to_have_count(2)
        await expect(button(page, "Make the invoice")).to_have_count(0)
        await page.unroute(API)
    await expect(page.get_by_text("For Borealis Foods, in CAD")).to_be_visible()


async def test_no_more_orders_are_chosen_than_can_be_read_at_once(
    people: People, shop: Shop
) -> None:
    async with shop.asked() as api:
        one = await create_order(api, "1.00", poNumber="FIRST")
        customer = one["customer"]["id"]
        ids = [(await create_order(api, "1.00", customer_id=customer))["id"] for _ in range(100)]
    path = f"/bill?customer={customer}&orders={','.join(ids)}&search=FIRST"
    bill = Bill((await people.visit(shop.address, path)).page, Mouse())
    await expect(bill.chosen).to_have_count(100)
    await expect(button(bill.page, "Make the invoice")).to_be_enabled()
    box = bill.page.get_by_role("checkbox", name=one["fullId"])
    await expect(box).to_be_disabled()
    await bill.chosen.first.get_by_role("button").click()
    await box.check()
    await expect(bill.chosen.last).to_contain_text(one["fullId"])


async def test_an_order_whose_answer_is_lost_may_have_been_saved(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, "/bill")
    bill = Bill(person.page, Mouse())
    await pick_customer(bill, "Acme")
    await button(person.page, "New order").click()
    dialog = person.page.get_by_role("dialog", name="New order")
    line = dialog.get_by_role("group", name="Line 1")
    await line.get_by_label("Description").fill("Spokane to Boise")
    await line.get_by_label("Rate", exact=True).fill("1250")
    async with person.faults.expected("ERR_FAILED"):
        await person.page.route(API, lose_answer)
        await button(dialog, "Save the order").click()
        await expect(dialog.get_by_role("alert")).to_have_text(
            "The server cannot be reached. The order may have been saved all the same: "
            "look for it in the list before you save it again."
        )
        await person.page.unroute(API)
    await button(dialog, "Close").click()
    await expect(person.page.get_by_role("checkbox", name="ORDER-5")).to_be_visible()


async def test_an_invoice_that_was_made_before_it_was_changed_is_not_made_again_unasked(
    people: People, shop: Shop
) -> None:
    person = await people.visit(shop.address, "/bill")
    page = person.page
    bill = Bill(page, Mouse())
    await pick_customer(bill, "Acme")
    await add_line(page, 1, "Tailgate")
    async with person.faults.expected("ERR_FAILED"):
        await page.route(API, lose_answer)
        await button(page, "Make the invoice").click()
        await expect(page.get_by_text("Nothing of this form is lost")).to_be_visible()
        await page.unroute(API)
    await page.get_by_label("Notes").fill("Call first")
    await button(page, "Make the invoice").click()
    refusal = page.get_by_role("alert").filter(has_text="made already")
    await expect(refusal).to_contain_text("as it was before the last change")
    await button(page, "Start anew").click()

    await expect(page.get_by_role("status").filter(has_text="anew")).to_be_focused()
    await expect(page.get_by_label("Notes")).to_have_value("")
    await add_line(page, 1, "Detention")
    sheet = await bill.make()
    await sheet.shows("INVOICE-9", "Created")


async def test_what_is_typed_of_an_invoice_is_there_again(people: People, shop: Shop) -> None:
    bill = await bill_of(people, shop)
    await pick_customer(bill, "Acme")
    line = await add_line(bill.page, 1, "Tailgate")
    customer = bill.page.get_by_role("combobox", name="Customer")
    # To look for another customer, and think better of it, chooses none.
    await customer.click()
    await customer.press("B")
    await customer.press("Backspace")
    await customer.press("Escape")
    await expect(customer).to_have_value("Acme Freight")
    await expect(line.get_by_label("Description")).to_have_value("Tailgate")
    await bill.page.reload()
    await expect(line.get_by_label("Description")).to_have_value("Tailgate")
    await bill.page.get_by_role("link", name="Aging").click()
    await bill.page.go_back()
    await expect(line.get_by_label("Description")).to_have_value("Tailgate")
    await (await bill.make()).shows("INVOICE-8", "Created")
    await bill.page.go_back()
    await expect(button(bill.page, "Make the invoice")).to_be_visible()
    await expect(bill.page.get_by_role("group", name="Line 1")).to_have_count(0)


async def test_who_has_gone_on_is_left_there(people: People, shop: Shop) -> None:
    bill = await bill_of(people, shop)
    await pick_customer(bill, "Acme")
    async with bill.page.expect_response(is_made), held(bill.page):
        await button(bill.page, "Make the invoice").click()
        await bill.page.get_by_role("link", name="Cheque").click()
        await bill.page.get_by_role("heading", name="Cheque", level=1).wait_for()
    await expect(bill.page).to_have_url(f"{shop.address}/cheque")
    assert (await shop.invoice("INVOICE-8"))["payments"] == []
