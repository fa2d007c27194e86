"""Two people at once, a line that is lost, and fingers that are too fast: nothing is paid twice."""

import asyncio
import time
from datetime import date

import pytest
from playwright.async_api import Route, expect

from tests.web.hands import Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People, Person
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOST = "The server cannot be reached. Nothing of this form is lost: try again when you are online."
OFFLINE = "ERR_INTERNET_DISCONNECTED|WebSocket connection to"


def board_of(person: Person) -> Board:
    return Board(person.page, Mouse())


async def test_what_one_does_the_other_sees_within_a_second(
    people: People, either_shop: Shop
) -> None:
    ann = board_of(await people.visit(either_shop.address))
    bea = board_of(await people.visit(either_shop.address))
    await bea.frame.is_live()
    payments = await ann.payments_of("INVOICE-5")
    took: list[float] = []
    for paid, left in (("$100.00", "$650.00"), ("$200.00", "$550.00"), ("$300.00", "$450.00")):
        await Mouse().write(payments.field("Amount"), "100")
        began = time.monotonic()
        await payments.save()
        await bea.shows("INVOICE-5", "Partially Paid", paid, left)
        took.append(time.monotonic() - began)
        await payments.says(f"Recorded: $100.00. {left} outstanding.")
    # A busy machine may be late; three times it is not chance.
    assert min(took) < 1, took
    # The sums below the table follow as well.
    await expect(bea.totals("CAD")).to_contain_text("$1,200.00")


async def test_who_pays_what_another_has_just_paid_is_told_so(people: People, shop: Shop) -> None:
    ann, bea = [board_of(await people.visit(shop.address)) for _ in range(2)]
    hers = await ann.payments_of("INVOICE-5")
    theirs = await bea.payments_of("INVOICE-5")
    await Mouse().write(theirs.field("Amount"), "750")
    await hers.save()
    await hers.says("Recorded: $750.00. $0.00 outstanding.")
    # Nothing is owed any more; what was typed stays to be read.
    await expect(theirs.items).to_have_count(1)
    await theirs.save()
    await expect(theirs.form.get_by_role("alert")).to_have_text("Only 0.00 CAD is outstanding")
    await expect(theirs.field("Amount")).to_have_value("750")
    await Mouse().press(theirs.form.get_by_role("button", name="Start anew"))
    await expect(theirs.form).to_be_hidden()
    assert (await shop.invoice("INVOICE-5"))["amountPaid"] == 750


async def test_a_form_survives_a_lost_line_and_nothing_is_missed(
    people: People, shop: Shop
) -> None:
    ann = await people.visit(shop.address)
    board = board_of(ann)
    bea = board_of(await people.visit(shop.address))
    payments = await board.payments_of("INVOICE-5")
    await payments.fill(
        day=date(2026, 3, 8), method="EFT", reference="E-5", notes="By phone", amount="99.50"
    )
    async with ann.faults.expected(OFFLINE):
        await ann.lose_connection()
        await payments.save()
        await expect(payments.place.get_by_role("alert")).to_have_text(LOST)

        others = await bea.payments_of("INVOICE-3")
        await others.save()
        await others.says("Recorded: $600.00. $0.00 outstanding.")
        await board.shows("INVOICE-3", "Partially Paid", "$400.00", "$600.00")

        await ann.find_connection()
        await board.shows("INVOICE-3", "Paid", "$1,000.00", "$0.00")
        await board.frame.is_live()
    await payments.save()
    await payments.says("Recorded: $99.50. $650.50 outstanding.")
    assert (await shop.invoice("INVOICE-5"))["payments"] == [
        {
            "paymentDate": "2026-03-08",
            "method": "eft",
            "referenceNumber": "E-5",
            "notes": "By phone",
            "amount": 99.5,
        }
    ]


async def test_an_unsent_form_is_there_again_after_closing_it_and_after_a_reload(
    people: People, shop: Shop
) -> None:
    ann = await people.visit(shop.address)
    payments = await board_of(ann).payments_of("INVOICE-5")
    await Mouse().write(payments.field("Reference number"), "1099")
    await Mouse().write(payments.field("Amount"), "12.5")
    await payments.close()
    payments = await board_of(ann).payments_of("INVOICE-5")
    await expect(payments.field("Reference number")).to_have_value("1099")

    await ann.page.reload()
    # What is open stands in the address.
    await expect(payments.field("Amount")).to_have_value("12.5")
    await payments.save()
    await payments.says("Recorded: $12.50. $737.50 outstanding.")


async def test_a_server_that_was_gone_is_found_again(people: People, shop: Shop) -> None:
    ann = await people.visit(shop.address)
    board = board_of(ann)
    payments = await board.payments_of("INVOICE-5")
    await Mouse().write(payments.field("Amount"), "12.5")
    async with ann.faults.expected("ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|WebSocket"):
        shop.server.kill()
        await payments.save()
        await expect(payments.place.get_by_role("alert")).to_have_text(LOST)
        await asyncio.to_thread(shop.server.start)
        await board.frame.is_live()
    await payments.save()
    await payments.says("Recorded: $12.50. $737.50 outstanding.")
    assert len((await shop.invoice("INVOICE-5"))["payments"]) == 1


async def test_a_double_click_pays_once(people: People, shop: Shop) -> None:
    payments = await board_of(await people.visit(shop.address)).payments_of("INVOICE-5")
    await Mouse().write(payments.field("Amount"), "100")
    await payments.form.get_by_role("button", name="Save").dblclick()
    await payments.says("Recorded: $100.00. $650.00 outstanding.")
    await expect(payments.items).to_have_count(1)
    assert len((await shop.invoice("INVOICE-5"))["payments"]) == 1


async def test_enter_pressed_twice_pays_once(people: People, shop: Shop) -> None:
    ann = await people.visit(shop.address)
    payments = await Board(ann.page, Keyboard()).payments_of("INVOICE-5")
    await Keyboard().write(payments.field("Amount"), "100")
    await ann.page.keyboard.press("Enter")
    await ann.page.keyboard.press("Enter")
    await payments.says("Recorded: $100.00. $650.00 outstanding.")
    assert len((await shop.invoice("INVOICE-5"))["payments"]) == 1


async def test_what_was_paid_without_an_answer_is_not_paid_again(
    people: People, shop: Shop
) -> None:
    ann = await people.visit(shop.address)
    payments = await board_of(ann).payments_of("INVOICE-5")
    await Mouse().write(payments.field("Amount"), "100")

    async def lose_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    # Nothing else is asked for meanwhile.
    await ann.page.route("**/graphql", lose_answer, times=1)
    async with ann.faults.expected("ERR_FAILED"):
        await payments.save()
        await expect(payments.place.get_by_role("alert")).to_have_text(LOST)
    # Changed, it is another payment, which has to be begun anew.
    await Mouse().write(payments.field("Amount"), "200")
    await payments.save()
    await expect(payments.place.get_by_role("alert")).to_contain_text(
        "This payment is recorded already, as it was before the last change"
    )
    await Mouse().write(payments.field("Amount"), "100")
    await payments.save()
    await payments.says("This payment had been recorded already: $100.00. $650.00 outstanding.")
    await expect(payments.items).to_have_count(1)
    assert len((await shop.invoice("INVOICE-5"))["payments"]) == 1
