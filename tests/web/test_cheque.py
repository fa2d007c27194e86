"""One cheque over many invoices."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.factories import create_invoice
from tests.web.hands import Hand, Keyboard, Mouse
from tests.web.pages import Board
from tests.web.people import People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

ORDER = 'query { order(by: { fullId: "ORDER-3" }) { id } }'
PAYMENTS = """query ($fullId: String!) { invoice(by: { fullId: $fullId }) {
    status outstandingBalance payments { amount referenceNumber batchId }
} }"""
OPEN = ("INVOICE-3", "INVOICE-5", "INVOICE-8")


@dataclass
class Cheque:
    """The page of it, for Acme Freight, who owe 600.00, 750.00 and 210.00."""

    page: Page
    hand: Hand

    def amount_for(self, full_id: str) -> Locator:
        return self.page.get_by_label(f"Amount for {full_id}")

    @property
    def amount(self) -> Locator:
        return self.page.get_by_label("Amount", exact=True)

    @property
    def sum(self) -> Locator:
        return self.page.get_by_role("table", name="Open invoices").get_by_role("status")

    async def begin(self) -> None:
        await self.hand.find(self.page.get_by_role("combobox", name="Customer"), "Acme")
        await self.page.get_by_role("form", name="Record a cheque").wait_for()

    async def tick(self, *full_ids: str) -> None:
        for full_id in full_ids:
            await self.hand.tick(self.page.get_by_role("checkbox", name=full_id))

    async def save(self) -> None:
        await self.hand.press(self.page.get_by_role("button", name="Save"))


async def cheque_of(people: People, shop: Shop, hand: Hand) -> Cheque:
    async with shop.asked() as api:
        await create_invoice(api, orderIds=[(await api.execute(ORDER))["order"]["id"]])
    cheque = Cheque((await people.visit(shop.address, "/cheque")).page, hand)
    await cheque.begin()
    return cheque


async def owed(shop: Shop) -> list[dict[str, Any]]:
    async with shop.asked() as api:
        return [(await api.execute(PAYMENTS, fullId=one))["invoice"] for one in OPEN]


@pytest.mark.parametrize("hand", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
async def test_one_cheque_pays_three_invoices(people: People, shop: Shop, hand: Hand) -> None:
    cheque = await cheque_of(people, shop, hand)
    await hand.write(cheque.page.get_by_label("Reference number"), "2001")
    await cheque.tick(*OPEN)
    await expect(cheque.sum).to_have_text("$1,560.00")
    await hand.write(cheque.amount_for("INVOICE-5"), "300,50")
    # The cheque comes to what its parts come to.
    await expect(cheque.amount).to_have_value("1110.50")
    await cheque.save()

    said = cheque.page.get_by_role("status").filter(has_text="Recorded")
    await expect(said).to_have_text("Recorded: $1,110.50 over 3 invoices.")
    await expect(said).to_be_focused()
    paid = cheque.page.get_by_role("list", name="Invoices that the cheque has paid")
    await expect(paid.get_by_role("listitem")).to_have_text(
        [
            "INVOICE-3 Paid $0.00 outstanding",
            "INVOICE-5 Partially Paid $449.50 outstanding",
            "INVOICE-8 Paid $0.00 outstanding",
        ]
    )
    invoices = await owed(shop)
    assert [float(one["outstandingBalance"]) for one in invoices] == [0, 449.5, 0]
    # The newest payment stands first.
    parts = [invoice["payments"][0] for invoice in invoices]
    assert [float(part["amount"]) for part in parts] == [600, 300.5, 210]
    assert {part["referenceNumber"] for part in parts} == {"2001"}
    assert len({part["batchId"] for part in parts}) == 1


async def test_what_is_refused_of_a_cheque_stands_at_its_invoice(
    people: People, shop: Shop
) -> None:
    cheque = await cheque_of(people, shop, Mouse())
    await cheque.tick(*OPEN)
    await Mouse().write(cheque.amount_for("INVOICE-5"), "750.01")
    await cheque.save()

    refused = cheque.amount_for("INVOICE-5")
    await expect(refused).to_have_attribute("aria-invalid", "true")
    await expect(refused).to_have_accessible_description("Only 750.00 CAD is outstanding")
    await expect(cheque.amount_for("INVOICE-3")).not_to_have_attribute("aria-invalid", "true")
    # All of it or nothing; and what was typed stays.
    assert [float(one["outstandingBalance"]) for one in await owed(shop)] == [600, 750, 210]
    await expect(cheque.amount).to_have_value("1560.01")


async def test_an_invoice_that_another_pays_meanwhile_is_left_out(
    people: People, shop: Shop
) -> None:
    cheque = await cheque_of(people, shop, Mouse())
    await cheque.tick(*OPEN)
    other = await Board((await people.visit(shop.address)).page, Mouse()).payments_of("INVOICE-8")
    await other.save()
    await expect(
        cheque.page.get_by_text("2 of 2 invoices, and 1 not open any more")
    ).to_be_visible()
    await cheque.page.get_by_role("button", name="Leave it out").click()

    await expect(cheque.sum).to_be_focused()
    await expect(cheque.sum).to_have_text("$1,350.00")
    await cheque.save()
    await expect(cheque.page.get_by_role("status").filter(has_text="Recorded")).to_have_text(
        "Recorded: $1,350.00 over 2 invoices."
    )
    assert [float(one["outstandingBalance"]) for one in await owed(shop)] == [0, 0, 0]


async def test_a_cheque_is_spread_over_the_oldest_first(people: People, shop: Shop) -> None:
    cheque = await cheque_of(people, shop, Mouse())
    await Mouse().write(cheque.amount, "1000")
    await cheque.page.get_by_role("button", name="Spread $1,000.00 over the oldest first").click()

    await expect(cheque.amount_for("INVOICE-3")).to_have_value("600.00")
    await expect(cheque.amount_for("INVOICE-5")).to_have_value("400.00")
    await expect(cheque.amount_for("INVOICE-8")).to_have_value("")
    await cheque.save()
    await expect(cheque.page.get_by_role("status").filter(has_text="Recorded")).to_have_text(
        "Recorded: $1,000.00 over 2 invoices."
    )
    assert [float(one["outstandingBalance"]) for one in await owed(shop)] == [0, 350, 210]


async def test_the_amount_follows_its_parts_after_a_refusal_too(people: People, shop: Shop) -> None:
    cheque = await cheque_of(people, shop, Mouse())
    await cheque.tick("INVOICE-3")
    day = cheque.page.get_by_label("Payment date")
    await day.fill("2026-03-11")
    await cheque.save()
    await expect(day).to_have_accessible_description(
        "A payment cannot be dated in the future (2026-03-11)"
    )
    await day.fill("2026-03-10")
    await cheque.tick("INVOICE-5")
    await expect(cheque.amount).to_have_value("1350.00")
    await cheque.save()
    await expect(cheque.page.get_by_role("status").filter(has_text="Recorded")).to_have_text(
        "Recorded: $1,350.00 over 2 invoices."
    )


async def test_an_amount_that_cannot_be_read_is_refused_as_that(people: People, shop: Shop) -> None:
    cheque = await cheque_of(people, shop, Mouse())
    await cheque.tick("INVOICE-3")
    await cheque.amount.fill("1,234.50")
    await cheque.save()
    await expect(cheque.amount).to_have_accessible_description(
        "An amount is written with digits, such as 94.50"
    )


async def test_a_cheque_that_its_parts_do_not_come_to_is_not_sent(
    people: People, shop: Shop
) -> None:
    cheque = await cheque_of(people, shop, Mouse())
    await cheque.tick("INVOICE-3")
    await Mouse().write(cheque.amount, "1000")
    await expect(cheque.sum).to_have_text("$600.00 · $400.00 left")
    await cheque.save()

    await expect(cheque.amount).to_have_accessible_description("The invoices get $600.00 of it")
    assert [float(one["outstandingBalance"]) for one in await owed(shop)] == [600, 750, 210]
