"""A line to the server that is neither there nor gone: pages keep what they show, and go on."""

import asyncio
import json

import pytest
from playwright.async_api import Locator, Page, Route, WebSocketRoute, expect

from domain.access import Role
from services import keys
from tests.conftest import NOW
from tests.keyed import made_key
from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import People, Person
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

API = "**/graphql"
UNREACHED = "The server cannot be reached. This page goes on by itself when it can."

# It is known for 15 seconds, and a line that is quiet is looked at every 12.
_REVOKED_MILLISECONDS = 40_000


async def fail(route: Route) -> None:
    await route.abort()


def line(page: Page) -> Locator:
    return page.locator(".connection")


async def pay(ann: Person, full_id: str, amount: str) -> None:
    board = Board(ann.page, Mouse())
    payments = await board.payments_of(full_id)
    await Mouse().write(payments.field("Amount"), amount)
    await payments.save()


async def test_what_is_typed_stays_where_the_page_cannot_be_read_again(
    people: People, shop: Shop
) -> None:
    ann = await people.visit(shop.address, "/invoices/INVOICE-5")
    await expect(line(ann.page)).to_have_text("Live")
    await ann.page.get_by_role("button", name="Edit details").click()
    notes = ann.page.get_by_role("dialog").get_by_label("Notes")
    await notes.fill("Half typed")
    bob = await people.visit(shop.address)
    async with ann.faults.expected("ERR_FAILED"):
        await ann.page.route(API, fail)
        await pay(bob, "INVOICE-5", "100")
        await expect(ann.page.get_by_role("alert").first).to_have_text(UNREACHED)
        await expect(notes).to_have_value("Half typed")
        await ann.page.unroute(API)
    await expect(ann.page.get_by_role("alert")).to_have_count(0)
    await expect(notes).to_have_value("Half typed")
    await ann.page.keyboard.press("Escape")
    await expect(ann.page.get_by_text("$100.00 Mar 10, 2026 · Cheque")).to_be_visible()


async def test_a_page_that_could_not_be_read_at_first_is_read_later(
    people: People, shop: Shop
) -> None:
    ann = await people.visit(shop.address, "/invoices/INVOICE-5")
    async with ann.faults.expected("ERR_FAILED"):
        await ann.page.route(API, fail)
        await ann.page.reload()
        await expect(ann.page.get_by_role("alert")).to_have_text(UNREACHED)
        await ann.page.unroute(API)
    await expect(ann.page.get_by_role("heading", level=1)).to_contain_text("INVOICE-5")


async def test_a_line_that_is_silent_is_given_up_and_nothing_is_missed(
    people: People, shop: Shop
) -> None:
    ann, bob = await people.visit(shop.address), await people.visit(shop.address)
    silent = list[bool]()

    async def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: silent or socket.send(message))

    await ann.page.route_web_socket(API, connect)
    await ann.page.reload()
    await expect(line(ann.page)).to_have_text("Live")
    silent.append(True)
    await pay(bob, "INVOICE-5", "100")
    await expect(line(ann.page)).to_have_text("Offline. Trying again…")
    silent.clear()
    await expect(line(ann.page)).to_have_text("Live")
    await Board(ann.page, Mouse()).shows("INVOICE-5", "Partially Paid", "$100.00", "$650.00")


async def test_what_changes_while_a_page_is_being_read_is_read_after_that(
    people: People, shop: Shop
) -> None:
    ann, bob = await people.visit(shop.address), await people.visit(shop.address)
    answered, released, told = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        if "INVOICE-5" in (route.request.post_data or "") and not answered.is_set():
            answer = await route.fetch()
            answered.set()
            await released.wait()
            await route.fulfill(response=answer)
        else:
            await route.continue_()

    def listen(frame: str | bytes) -> None:
        if answered.is_set() and json.loads(frame)["type"] == "next":
            told.set()

    ann.page.on("websocket", lambda socket: socket.on("framereceived", listen))
    await ann.page.reload()
    await expect(line(ann.page)).to_have_text("Live")
    await ann.page.route(API, hold)
    await ann.page.get_by_label("Search").fill("INVOICE-5")
    await answered.wait()
    await pay(bob, "INVOICE-5", "100")
    await told.wait()
    # The page has seen to the change before the answer comes that does not know of it.
    await asyncio.sleep(1.5)
    released.set()
    await Board(ann.page, Mouse()).shows("INVOICE-5", "Partially Paid", "$100.00", "$650.00")


async def test_what_cannot_be_subscribed_to_is_subscribed_to_later(
    people: People, shop: Shop
) -> None:
    ann, bob = await people.visit(shop.address), await people.visit(shop.address)
    refused = list[str]()

    async def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def take(message: str | bytes) -> None:
            asked = json.loads(message)
            if asked["type"] == "subscribe" and not refused:
                refused.append(asked["id"])
                error = {"message": "Try again", "extensions": {"code": "SERVICE_UNAVAILABLE"}}
                socket.send(json.dumps({"type": "error", "id": asked["id"], "payload": [error]}))
            else:
                server.send(message)

        socket.on_message(take)

    await ann.page.route_web_socket(API, connect)
    await ann.page.reload()
    await expect(line(ann.page)).to_have_text("Offline. Trying again…")
    await expect(line(ann.page)).to_have_text("Live")
    await pay(bob, "INVOICE-5", "100")
    await Board(ann.page, Mouse()).shows("INVOICE-5", "Partially Paid", "$100.00", "$650.00")


async def test_an_order_chosen_while_offline_is_read_when_the_line_is_back(
    people: People, shop: Shop
) -> None:
    ann = await people.visit(shop.address, "/bill")
    order = ann.page.get_by_role("checkbox", name="ORDER-3")
    await order.wait_for()
    async with ann.faults.expected("ERR_FAILED"):
        await ann.page.route(API, fail)
        await order.check()
        await expect(ann.page.get_by_role("alert").first).to_have_text(UNREACHED)
        await ann.page.unroute(API)
    chosen = ann.page.get_by_role("list", name="Chosen orders")
    await expect(chosen.get_by_role("listitem")).to_contain_text("ORDER-3 $210.00")


async def test_whose_key_is_revoked_is_asked_for_another(
    people: People, shop_with_keys: Shop
) -> None:
    database = shop_with_keys.database
    text = await made_key(database, 1, Role.CLERK, "Ann")
    async with database.transaction() as session:
        key_id = (await keys.listed(session, 1))[-1].id
    ann = await people.visit(shop_with_keys.address)
    async with ann.faults.expected("401"):
        await ann.page.get_by_label("API key").fill(text)
    await ann.page.get_by_role("button", name="Open the board").click()
    await expect(line(ann.page)).to_have_text("Live")
    async with ann.faults.expected("401"):
        async with database.transaction() as session:
            await keys.revoke(session, organization_id=1, key_id=key_id, now=NOW)
        await expect(ann.page.get_by_label("API key")).to_have_accessible_description(
            "This key is not valid.", timeout=_REVOKED_MILLISECONDS
        )
