"""An invoice's own page, and the page on which one is made."""

from dataclasses import dataclass
from typing import Self

from playwright.async_api import Locator, Page, expect

from tests.web.hands import Hand

LINE_FIELDS = {
    "description": "Description",
    "quantity": "Quantity",
    "rate": "Rate",
    "tax_rate": "Tax rate (%)",
}


@dataclass
class Sheet:
    """One invoice: its head, and its lines."""

    page: Page
    hand: Hand

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def lines(self) -> Locator:
        return self.page.get_by_role("table", name="Lines of")

    def sum(self, name: str) -> Locator:
        row = self.lines.get_by_role("row").filter(has=self._rowheader(name))
        return row.get_by_role("cell").first

    @property
    def outdated(self) -> Locator:
        return self.page.get_by_role("region", name="Outdated")

    def dialog(self, name: str) -> Locator:
        return self.page.get_by_role("dialog", name=name)

    async def shows(self, full_id: str, status: str) -> Self:
        await expect(self.heading).to_have_text(f"{full_id} {status}")
        return self

    async def says(self, words: str) -> None:
        await expect(self.page.get_by_role("status").filter(has_text=words)).to_have_text(words)

    async def press(self, name: str, place: Locator | None = None) -> None:
        where = place or self.page.get_by_role("main")
        await self.hand.press(where.get_by_role("button", name=name, exact=True))

    async def add_line(self, kind: str, **fields: str) -> None:
        """A field that is not named stays as the form begins."""
        await self.press("Add a line")
        await self._write_line("Add a line", kind, **fields)

    async def edit_line(self, number: int, kind: str, **fields: str) -> None:
        await self.press(f"Edit line {number}")
        await self._write_line(f"Edit line {number}", kind, **fields)

    async def _write_line(self, form_name: str, kind: str, **fields: str) -> None:
        form = self.page.get_by_role("form", name=form_name)
        await self.hand.choose(form.get_by_label("Type"), kind)
        for name, text in fields.items():
            await self.hand.write(form.get_by_label(LINE_FIELDS[name], exact=True), text)
        await self.press("Save line", form)

    async def remove_line(self, number: int) -> None:
        await self.press(f"Remove line {number}")
        await self.press(f"Yes, remove line {number}")

    async def send(self, full_id: str) -> None:
        await self.press("Send")
        await self.press(f"Send {full_id}", self.dialog(f"Send {full_id}"))

    async def delete(self, full_id: str, reason: str) -> None:
        """In the dialog that is open."""
        dialog = self.dialog(f"Delete {full_id}?")
        await self.hand.write(dialog.get_by_label("Reason"), reason)
        await self.press(f"Delete {full_id}", dialog)

    def _rowheader(self, name: str) -> Locator:
        return self.page.get_by_role("rowheader", name=name, exact=True)


@dataclass
class Bill:
    """Where orders become an invoice."""

    page: Page
    hand: Hand

    async def choose(self, full_id: str) -> None:
        await self.hand.tick(self.page.get_by_role("checkbox", name=full_id))
        await expect(self.chosen.filter(has_text=full_id)).to_be_visible()

    @property
    def chosen(self) -> Locator:
        return self.page.get_by_role("list", name="Chosen orders").get_by_role("listitem")

    @property
    def preview(self) -> Locator:
        return self.page.get_by_role("table", name="Lines of the new invoice")

    async def make(self) -> Sheet:
        await self.hand.press(self.page.get_by_role("button", name="Make the invoice"))
        return Sheet(self.page, self.hand)
