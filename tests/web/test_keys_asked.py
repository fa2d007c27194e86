"""Where the server asks for keys: who is let in, and what they are offered."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from domain.access import Role
from tests.keyed import made_key
from tests.organizations import made_organization
from tests.web.people import People, Person
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

# What a browser says of each request that is sent without a good key.
REFUSED = "console: .* 401 "
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


async def enter(page: Page, key: str) -> None:
    await page.get_by_label("API key").fill(key)
    await page.get_by_role("button", name="Open the board").click()


async def person_with(people: People, shop: Shop, key: str, path: str = "/") -> Person:
    person = await people.visit(shop.address, path)
    async with person.faults.expected(REFUSED):
        await enter(person.page, key)
        await expect(
            person.page.get_by_role("navigation", name="Pages", exact=True)
        ).to_be_visible()
    return person


async def test_a_key_is_asked_for_and_forgotten(people: People, shop_with_keys: Shop) -> None:
    person = await people.visit(shop_with_keys.address)
    page = person.page
    key = page.get_by_label("API key")
    async with person.faults.expected(REFUSED):
        await expect(key).to_be_visible()
        await enter(page, "remit_1_nobody")
        await expect(key).to_have_accessible_description("This key is not valid.")
        await enter(page, shop_with_keys.keys[Role.CLERK])
        await expect(page.get_by_role("banner")).to_contain_text("The clerk, Demo Freight")
    await expect(page.get_by_role("rowheader", name="INVOICE-5")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("rowheader", name="INVOICE-5")).to_be_visible()

    async with person.faults.expected(REFUSED):
        await page.get_by_role("button", name="Sign out").click()
        await expect(key).to_have_value("")
    await expect(page.get_by_role("rowheader")).to_have_count(0)


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

    stranger = await person_with(people, shop_with_keys, strangers_key)
    page = stranger.page
    await expect(page.get_by_text("There are no invoices yet.")).to_be_visible()
    heading = page.get_by_role("heading", level=1)
    await page.goto("/invoices/INVOICE-1")
    await expect(heading).to_have_text("There is no INVOICE-1")
    await page.goto(clerk.page.url)
    await expect(heading).to_have_text("There is no such customer")
    await page.goto("/?pay=INVOICE-1")
    await expect(page.get_by_role("dialog")).to_contain_text("There is no INVOICE-1.")
    await page.goto("/bill?orders=ORDER-3")
    await expect(page.get_by_text("Loading")).to_have_count(0)
    await expect(page.get_by_role("checkbox")).to_have_count(0)
