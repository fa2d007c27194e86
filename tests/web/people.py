"""People before their browsers: each has a profile of their own, and is watched for faults."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from tests.web.faults import Faults
from tests.web.shop import AHEAD

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

# Whatever is waited for is there long before; a machine that does much else at once is slow.
_WAIT_MILLISECONDS = 20_000

# Playwright's own clock would also take over timers, and swallow what is thrown in them.
_CLOCK = """
    const { now } = Date;
    Date.now = () => now() + %s;
    Date = new Proxy(Date, {
        construct: (date, given, target) =>
            Reflect.construct(date, given.length ? given : [date.now()], target),
    });
"""


@dataclass
class Person:
    """One profile of the browser, and the page that is looked at."""

    context: BrowserContext
    page: Page
    faults: Faults

    async def lose_connection(self) -> None:
        await self.context.set_offline(offline=True)

    async def find_connection(self) -> None:
        await self.context.set_offline(offline=False)


class People:
    """Those of one test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._all: list[Person] = []

    async def visit(
        self,
        address: str,
        path: str = "/",
        *,
        also: Sequence[str] = (),
        ahead: timedelta = AHEAD,
        viewport: ViewportSize = DESKTOP,
        color_scheme: Literal["light", "dark"] = "light",
        locale: str = "en-CA",
        time_zone: str = "America/Toronto",
    ) -> Person:
        """Somebody new opens the page.

        `also` is where they may go from there; by `ahead` their clock is ahead of the real one.
        """
        context = await self._browser.new_context(
            base_url=address,
            viewport=viewport,
            color_scheme=color_scheme,
            locale=locale,
            timezone_id=time_zone,
            reduced_motion="reduce",
        )
        context.set_default_timeout(_WAIT_MILLISECONDS)
        await context.add_init_script(_CLOCK % (ahead / timedelta(milliseconds=1)))
        faults = Faults(context, address, *also)
        person = Person(context, await context.new_page(), faults)
        self._all.append(person)
        await person.page.goto(path)
        return person

    async def show(self, folder: Path) -> None:
        """Pictures of what they see, for whoever looks into a failure."""
        for number, person in enumerate(self._all, 1):
            path = folder / f"person-{number}.png"
            await person.page.screenshot(path=path, full_page=True)
            print(f"What person {number} sees: {path}")

    async def leave(self) -> list[str]:
        """All that they have met that must not happen."""
        for person in self._all:
            await person.context.close()
        return [fault for person in self._all for fault in person.faults.found]
