"""A server that asks for keys: who has one sees the board, and what the key may do."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from domain.access import Role
from tests.keyed import made_key
from tests.organizations import made_organization
from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People, Person
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = "status of 401|WebSocket connection"
CHANGES = (
    "Add a line",
    "Edit line",
    "Remove line",
    "Send",
    "Edit details",
    "Delete",
    "Save",
    "Edit the payment",
    "Delete the payment",
    "Export to QuickBooks",
    "Download CSV",
    "JSON Lines",
    "Connect",
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strangers_key(shop_with_keys: Shop) -> str:
    """Of an organization that has nothing yet."""
    await made_organization(shop_with_keys.database, 2, "Other Freight")
    return await made_key(shop_with_keys.database, 2, Role.ADMIN, "Stranger")


async def give(page: Page, hand: Hand, key: str) -> None:
    await hand.write(page.get_by_label("API key"), key)
    await hand.press(page.get_by_role("button", name="Open the board"))


async def person_with(people: People, shop: Shop, key: str, path: str = "/") -> Person:
    person = await people.visit(shop.address, path)
    async with person.faults.expected(REFUSED):
        await give(person.page, Mouse(), key)
        await expect(
            person.page.get_by_role("navigation", name="Pages", exact=True)
        ).to_be_visible()
    return person


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
async def test_a_key_opens_the_board_until_one_signs_out(
    people: People, shop_with_keys: Shop, hand: Hand
) -> None:
    ann = await people.visit(shop_with_keys.address)
    async with ann.faults.expected(REFUSED):
        key = ann.page.get_by_label("API key")
        for _ in range(2):
            await give(ann.page, hand, "remit_1_wrong")
            await expect(key).to_have_value("")
            await expect(key).to_have_accessible_description("This key is not valid.")
        await give(ann.page, hand, shop_with_keys.keys[Role.CLERK])
        board = Board(ann.page, hand)
        await board.shows("INVOICE-5", "Sent", "$0.00", "$750.00")
        await board.frame.is_live()
        await expect(ann.page.get_by_role("banner")).to_contain_text("The clerk, Demo Freight")
    await ann.page.reload()
    await board.frame.is_live()
    async with ann.faults.expected(REFUSED):
        await hand.press(ann.page.get_by_role("button", name="Sign out"))
        await expect(key).to_have_value("")
    # What the key had opened is not asked for again without it.
    await ann.page.wait_for_load_state("networkidle")
    assert await ann.page.evaluate("JSON.stringify([localStorage, sessionStorage])") == "[{},{}]"


async def test_who_may_only_look_is_offered_no_changes(
    people: People, shop_with_keys: Shop
) -> None:
    person = await person_with(people, shop_with_keys, shop_with_keys.keys[Role.VIEWER])
    page = person.page
    for path, seen in (
        ("/?pay=INVOICE-3", "$400.00"),
        ("/invoices/INVOICE-3", "Lines of INVOICE-3"),
        ("/invoices/INVOICE-7", "changed after INVOICE-7 was made"),
        ("/quickbooks", "Only an admin can connect one."),
        ("/bill", "Your key may look at invoices, not make them."),
        ("/cheque", "Your key only reads: it records no payments."),
    ):
        await page.goto(path)
        await expect(page.get_by_text(seen).first).to_be_attached()
        for name in CHANGES:
            await expect(page.get_by_role("button", name=name)).to_have_count(0)
    pages = page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link")
    await expect(pages).to_have_text(["Invoices", "Aging", "QuickBooks", "API"])


async def test_another_organizations_things_are_as_if_they_were_not(
    people: People, shop_with_keys: Shop, strangers_key: str
) -> None:
    clerk = await person_with(people, shop_with_keys, shop_with_keys.keys[Role.CLERK])
    await clerk.page.get_by_role("link", name="Acme Freight").first.click()
    await expect(clerk.page.get_by_role("heading", level=1)).to_have_text("Acme Freight")
    statement = clerk.page.url
    await clerk.page.goto("/bill")
    await clerk.page.get_by_role("checkbox", name="ORDER-3").check()
    await expect(clerk.page.get_by_role("list", name="Chosen orders")).to_contain_text("ORDER-3")

    stranger = await person_with(people, shop_with_keys, strangers_key)
    page = stranger.page
    await expect(page.get_by_text("There are no invoices yet.")).to_be_visible()
    heading = page.get_by_role("heading", level=1)
    await page.goto("/invoices/INVOICE-1")
    await expect(heading).to_have_text("There is no INVOICE-1")
    await page.goto(statement)
    await expect(heading).to_have_text("There is no such customer")
    await page.goto("/?pay=INVOICE-1")
    await expect(page.get_by_role("dialog")).to_contain_text("There is no INVOICE-1.")
    await page.goto(clerk.page.url)
    await expect(page.get_by_text("There is no such customer.")).to_be_visible()
    await expect(page.get_by_text("Loading")).to_have_count(0)
    await expect(page.get_by_role("checkbox")).to_have_count(0)
