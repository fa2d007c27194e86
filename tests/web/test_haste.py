"""What hands do that are quicker than they mean to be."""

import pytest

from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_double_click_does_not_pay_the_rest_after_a_part(
    people: People, shop: Shop
) -> None:
    board = Board((await people.visit(shop.address)).page, Mouse())
    payments = await board.payments_of("INVOICE-5")
    save = payments.form.get_by_role("button", name="Save")
    await Mouse().write(payments.field("Amount"), "100")
    await save.click()
    await payments.says("Recorded: $100.00. $650.00 outstanding.")
    await Mouse().write(payments.field("Amount"), "50")
    # The first click is answered before the second one comes; nothing moves any more below it.
    await save.dblclick(delay=200)
    await payments.says("Recorded: $50.00. $600.00 outstanding.")
    found = (await shop.invoice("INVOICE-5"))["payments"]
    assert [payment["amount"] for payment in found] == [50, 100]
