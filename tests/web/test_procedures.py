"""The procedures of the source documents, step by step, by mouse and by keyboard alone."""

from datetime import date

import pytest
from playwright.async_api import expect

from tests.client import Client
from tests.processes import Server
from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.served import AHEAD

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"]),
]


async def test_full_payment(people: People, on_either: Server, hand: Hand) -> None:
    board = Board((await people.visit(on_either.address, ahead=AHEAD)).page, hand)
    await board.shows("INVOICE-5", "Sent", "$0.00", "$750.00")
    payments = await board.payments_of("INVOICE-5")
    await expect(payments.field("Payment date")).to_have_value("2026-03-10")
    await expect(payments.field("Amount")).to_have_value("750.00")

    await payments.fill(
        day=date(2026, 3, 9), method="Wire", reference="W-81", notes="Paid in full", amount="750"
    )
    await payments.save()

    await payments.says("Recorded: $750.00. $0.00 outstanding.")
    await expect(payments.items()).to_have_text([r"$750.00 Mar 9, 2026 · Wire W-81"])
    await payments.close()
    await board.shows("INVOICE-5", "Paid", "$750.00", "$0.00")
