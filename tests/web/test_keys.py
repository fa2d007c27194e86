"""A server that asks for keys: who has one sees the board, and what the key may do."""

import pytest
from playwright.async_api import Page, expect

from domain.access import Role
from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = "status of 401|WebSocket connection"


async def give(page: Page, hand: Hand, key: str) -> None:
    await hand.write(page.get_by_label("API key"), key)
    await hand.press(page.get_by_role("button", name="Open the board"))


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
async def test_a_key_opens_the_board_until_one_signs_out(
    people: People, shop_with_keys: Shop, hand: Hand
) -> None:
    ann = await people.visit(shop_with_keys.address)
    async with ann.faults.expected(REFUSED):
        await give(ann.page, hand, "remit_1_wrong")
        await expect(ann.page.get_by_label("API key")).to_have_accessible_description(
            "This key is not valid."
        )
        await give(ann.page, hand, shop_with_keys.keys[Role.CLERK])
        board = Board(ann.page, hand)
        await board.shows("INVOICE-5", "Sent", "$0.00", "$750.00")
        await board.frame.is_live()
        await expect(ann.page.get_by_role("banner")).to_contain_text("The clerk, Demo Freight")
        await ann.page.reload()
        await board.frame.is_live()
        await hand.press(ann.page.get_by_role("button", name="Sign out"))
        await expect(ann.page.get_by_label("API key")).to_have_value("")
    assert await ann.page.evaluate("JSON.stringify([localStorage, sessionStorage])") == "[{},{}]"


async def test_who_only_reads_is_offered_nothing_to_change(
    people: People, shop_with_keys: Shop
) -> None:
    ann = await people.visit(shop_with_keys.address)
    async with ann.faults.expected(REFUSED):
        await give(ann.page, Mouse(), shop_with_keys.keys[Role.VIEWER])
        board = Board(ann.page, Mouse())
        payments = await board.payments_of("INVOICE-3")
        await expect(payments.items).to_have_count(1)
        await expect(payments.form).to_be_hidden()
        await expect(payments.items.get_by_role("button")).to_have_count(0)
        await payments.close()
        await board.open("INVOICE-5")
        shown = await ann.page.get_by_role("main").get_by_role("button").all_inner_texts()
        assert shown == ["Print"]
