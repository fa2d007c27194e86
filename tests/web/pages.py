"""The pages as people speak of them: by what stands on a control, never by how it is made."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.async_api import Locator, Page, expect

from tests.web.hands import Hand

COLUMNS = (
    "Customer",
    "Invoice date",
    "Due date",
    "Terms",
    "Status",
    "Total",
    "Amount paid",
    "Outstanding balance",
)


@dataclass
class Frame:
    """What stands around every page."""

    page: Page
    hand: Hand

    async def go_to(self, name: str) -> None:
        pages = self.page.get_by_role("navigation", name="Pages", exact=True)
        await self.hand.press(pages.get_by_role("link", name=name, exact=True))

    async def is_live(self) -> None:
        await expect(self.page.get_by_role("banner").get_by_role("status")).to_have_text("Live")


@dataclass
class Board:
    """The table of invoices, on the page of whoever looks at it."""

    page: Page
    hand: Hand

    @property
    def frame(self) -> Frame:
        return Frame(self.page, self.hand)

    def row(self, full_id: str) -> Locator:
        head = self.page.get_by_role("rowheader", name=full_id, exact=True)
        return self.page.get_by_role("row").filter(has=head)

    def cell(self, full_id: str, column: str) -> Locator:
        return self.row(full_id).get_by_role("cell").nth(COLUMNS.index(column))

    def totals(self, currency: str) -> Locator:
        return self.page.get_by_role("row", name=f"All in {currency}")

    async def shows(self, full_id: str, status: str, amount_paid: str, outstanding: str) -> None:
        await expect(self.cell(full_id, "Status")).to_have_text(re.compile(f"^{status}"))
        await expect(self.cell(full_id, "Amount paid")).to_have_text(amount_paid)
        await expect(self.cell(full_id, "Outstanding balance")).to_have_text(outstanding)

    async def payments_of(self, full_id: str) -> "Payments":
        """By a click on the column Amount paid."""
        await self.hand.press(self.row(full_id).get_by_role("button", name="Amount paid"))
        section = Payments(
            self.page.get_by_role("dialog", name=f"Payments of {full_id}"), self.hand
        )
        await expect(section.place).to_be_visible()
        return section

    async def open(self, full_id: str) -> "InvoicePage":
        await self.hand.press(self.row(full_id).get_by_role("link", name=full_id))
        page = InvoicePage(self.page, self.hand)
        await expect(page.title).to_contain_text(full_id)
        return page


@dataclass
class Payments:
    """What has been paid on an invoice: over the board, or on the invoice's page."""

    place: Locator
    hand: Hand

    @property
    def form(self) -> Locator:
        return self.place.get_by_role("form", name="Record a payment")

    def field(self, name: str) -> Locator:
        return self.form.get_by_label(name, exact=True)

    @property
    def items(self) -> Locator:
        return self.place.get_by_role("listitem")

    async def fill(
        self, *, day: date, method: str, reference: str, notes: str, amount: str | None = None
    ) -> None:
        """From the first field to the last; the amount stays unless it is given."""
        await self.hand.date(self.field("Payment date"), day)
        await self.hand.choose(self.field("Method"), method)
        await self.hand.write(self.field("Reference number"), reference)
        await self.hand.write(self.field("Notes"), notes)
        if amount is not None:
            await self.hand.write(self.field("Amount"), amount)

    async def save(self) -> None:
        await self.hand.press(self.form.get_by_role("button", name="Save"))

    async def says(self, words: str) -> None:
        await expect(self.place.get_by_role("status")).to_have_text(words)

    async def edit(self, payment: str, amount: str) -> None:
        """`payment` as it is named on its button: `$400.00, Feb 20, 2026`."""
        await self.hand.press(
            self.place.get_by_role("button", name=f"Edit the payment of {payment}")
        )
        form = self.place.get_by_role("form", name="Edit the payment")
        await self.hand.write(form.get_by_label("Amount"), amount)
        await self.hand.press(form.get_by_role("button", name="Save changes"))

    async def delete(self, payment: str, reason: str) -> None:
        name = f"Delete the payment of {payment}"
        await self.hand.press(self.place.get_by_role("button", name=name))
        form = self.place.get_by_role("form", name="Delete the payment")
        await self.hand.write(form.get_by_label("Reason"), reason)
        await self.hand.press(form.get_by_role("button", name="Delete payment"))

    async def close(self) -> None:
        await self.hand.press(self.place.get_by_role("button", name="Close"))
        await expect(self.place).to_be_hidden()


@dataclass
class InvoicePage:
    """One invoice, with all that belongs to it."""

    page: Page
    hand: Hand

    @property
    def payments(self) -> Payments:
        return Payments(self.page.get_by_role("main"), self.hand)

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def section(self, name: str) -> Locator:
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.page.locator("section").filter(has=heading)

    @property
    def activity(self) -> Locator:
        """What was done, the newest first."""
        return self.section("Activity").get_by_role("listitem")
