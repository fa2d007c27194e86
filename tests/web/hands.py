"""Two ways to use a page: with a mouse, or with the keyboard alone."""

from datetime import date
from typing import Protocol

from playwright.async_api import Locator

# No page has as many controls: whatever is not reached by then cannot be.
_TABS_MAX = 200
_IS_FOCUSED = "element => element === document.activeElement"


class Hand(Protocol):
    """What a person does with a control."""

    async def press(self, control: Locator) -> None: ...
    async def write(self, field: Locator, text: str) -> None: ...
    async def choose(self, field: Locator, words: str) -> None: ...
    async def date(self, field: Locator, day: date) -> None: ...
    async def tick(self, box: Locator) -> None: ...
    async def find(self, field: Locator, words: str) -> None: ...


class Mouse:
    """Points and clicks; letters come from the keyboard all the same."""

    async def press(self, control: Locator) -> None:
        await control.click()

    async def write(self, field: Locator, text: str) -> None:
        await field.click()
        await _type(field, text)

    async def choose(self, field: Locator, words: str) -> None:
        # The list that opens is the system's, and shown in no page.
        await field.select_option(label=words)

    async def date(self, field: Locator, day: date) -> None:
        # So is the calendar.
        await field.fill(day.isoformat())

    async def tick(self, box: Locator) -> None:
        await box.click()

    async def find(self, field: Locator, words: str) -> None:
        await self.write(field, words)
        await _found(field, words).click()


class Keyboard:
    """Goes from control to control by Tab, as one does who cannot see or use a mouse."""

    async def press(self, control: Locator) -> None:
        await self._reach(control)
        await control.page.keyboard.press("Enter")

    async def write(self, field: Locator, text: str) -> None:
        await self._reach(field)
        await _type(field, text)

    async def choose(self, field: Locator, words: str) -> None:
        await self._reach(field)
        await field.page.keyboard.type(words)

    async def date(self, field: Locator, day: date) -> None:
        await self._reach(field)
        # A part after the other, in the order of the browser's own language.
        await field.page.keyboard.type(f"{day:%m%d%Y}")

    async def tick(self, box: Locator) -> None:
        await self._reach(box)
        await box.page.keyboard.press("Space")

    async def find(self, field: Locator, words: str) -> None:
        await self.write(field, words)
        await _found(field, words).wait_for()
        await field.page.keyboard.press("Enter")

    async def _reach(self, control: Locator) -> None:
        await control.wait_for()
        for _ in range(_TABS_MAX):
            if await control.evaluate(_IS_FOCUSED):
                return
            await control.page.keyboard.press("Tab")
        raise AssertionError(f"{control} cannot be reached by keyboard")


async def _type(field: Locator, text: str) -> None:
    keyboard = field.page.keyboard
    await keyboard.press("ControlOrMeta+A")
    await keyboard.type(text)


def _found(field: Locator, words: str) -> Locator:
    """What a field that searches as one types offers first."""
    return field.page.get_by_role("option", name=words).first
