"""The procedures of the source document on payments, by mouse and by keyboard alone."""

from datetime import date

import pytest
from playwright.async_api import expect

from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"]),
]


async def board_of(people: People, shop: Shop, hand: Hand) -> Board:
    return Board((await people.visit(shop.address)).page, hand)


async def test_record_a_payment_for_a_single_invoice(
    people: People, either_shop: Shop, hand: Hand
) -> None:
    board = await board_of(people, either_shop, hand)
    await board.shows("INVOICE-5", "Sent", "$0.00", "$750.00")
    payments = await board.payments_of("INVOICE-5")
    # What is owed, today, unless it is said otherwise.
    await expect(payments.field("Payment date")).to_have_value("2026-03-10")
    await expect(payments.field("Amount")).to_have_value("750.00")

    await payments.fill(
        day=date(2026, 3, 9), method="Wire", reference="W-81", notes="In full", amount="750.00"
    )
    await payments.save()

    await payments.says("Recorded: $750.00. $0.00 outstanding.")
    await expect(payments.items).to_contain_text(["$750.00 Mar 9, 2026 · Wire W-81 In full"])
    await payments.close()
    await board.shows("INVOICE-5", "Paid", "$750.00", "$0.00")
    await expect(board.totals("CAD")).to_contain_text("$1,650.00")
    assert (await either_shop.invoice("INVOICE-5"))["payments"] == [
        {
            "paymentDate": "2026-03-09",
            "method": "wire",
            "referenceNumber": "W-81",
            "notes": "In full",
            "amount": 750,
        }
    ]


async def test_record_a_partial_payment_for_an_invoice(
    people: People, either_shop: Shop, hand: Hand
) -> None:
    board = await board_of(people, either_shop, hand)
    payments = await board.payments_of("INVOICE-3")
    await expect(payments.field("Amount")).to_have_value("600.00")

    await payments.fill(
        day=date(2026, 3, 10), method="Cheque", reference="1057", notes="", amount="250.25"
    )
    await payments.save()

    await payments.says("Recorded: $250.25. $349.75 outstanding.")
    # What is still owed is offered next.
    await expect(payments.field("Amount")).to_have_value("349.75")
    await payments.close()
    await board.shows("INVOICE-3", "Partially Paid", "$650.25", "$349.75")
    await expect(board.cell("INVOICE-3", "Status")).to_contain_text("25 days overdue")


async def test_more_than_is_owed_is_refused_at_its_field(
    people: People, either_shop: Shop, hand: Hand
) -> None:
    board = await board_of(people, either_shop, hand)
    payments = await board.payments_of("INVOICE-5")
    await hand.write(payments.field("Amount"), "750.01")
    await payments.save()

    amount = payments.field("Amount")
    await expect(amount).to_have_attribute("aria-invalid", "true")
    await expect(amount).to_have_accessible_description("Only 750.00 CAD is outstanding")
    assert (await either_shop.invoice("INVOICE-5"))["amountPaid"] == 0
    await hand.write(amount, "750")
    await payments.save()
    await payments.says("Recorded: $750.00. $0.00 outstanding.")


async def test_correct_a_payment(people: People, either_shop: Shop, hand: Hand) -> None:
    board = await board_of(people, either_shop, hand)
    payments = await board.payments_of("INVOICE-3")
    await payments.edit("$400.00, Feb 20, 2026", amount="1000")

    await payments.says("The payment has been changed.")
    await payments.close()
    await board.shows("INVOICE-3", "Paid", "$1,000.00", "$0.00")


async def test_delete_a_payment(people: People, either_shop: Shop, hand: Hand) -> None:
    board = await board_of(people, either_shop, hand)
    payments = await board.payments_of("INVOICE-3")
    await payments.delete("$400.00, Feb 20, 2026", reason="Wrong invoice")

    await payments.says("The payment of $400.00 has been deleted.")
    await payments.close()
    await board.shows("INVOICE-3", "Sent", "$0.00", "$1,000.00")
    invoice = await board.open("INVOICE-3")
    await expect(invoice.activity.first).to_contain_text("Wrong invoice")
    await expect(invoice.activity.first).to_contain_text("1000.00 outstanding")
