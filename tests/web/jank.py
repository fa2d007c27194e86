"""How smoothly the board goes among 10,000 invoices: `make bench-board`. Measured, not tested."""

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, expect

from tests.web.chromium import chromium
from tests.web.people import People
from tests.web.screenshots import fill
from tests.web.shop import clocked_server

INVOICES = 10_000
ROWS = 100
SCROLLS = 60
# What takes longer between two frames is seen as a jerk.
JERK_MS = 50

# Until it is asked for: how long each frame stood, and what each press took until it was seen.
WATCH = """() => {
    const seen = { frames: [], presses: [] };
    let last = performance.now();
    const frame = now => {
        seen.frames.push(now - last);
        last = now;
        seen.request = requestAnimationFrame(frame);
    };
    seen.request = requestAnimationFrame(frame);
    seen.observer = new PerformanceObserver(list =>
        seen.presses.push(...list.getEntries().map(entry => entry.duration)));
    seen.observer.observe({ type: 'event', durationThreshold: 16 });
    window.seen = seen;
}"""
SEEN = """() => {
    cancelAnimationFrame(seen.request);
    seen.observer.disconnect();
    return [seen.frames, seen.presses];
}"""


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'remit.db'}"
        await fill(url, INVOICES)
        with clocked_server(url, folder) as server:
            async with chromium() as browser:
                people = People(browser)
                await measure_board(people, server.address)
                await measure_graphiql(people, server.address)
                assert await people.leave() == []


async def measure_board(people: People, address: str) -> None:
    began = time.monotonic()
    page = (await people.visit(address, f"/?rows={ROWS}")).page
    heads = page.get_by_role("rowheader", name=re.compile("^INVOICE-"))
    await heads.nth(ROWS - 1).wait_for()
    tell("The board is there", began)
    async with watched(page, f"{ROWS} rows are scrolled through"):
        await page.mouse.move(640, 600)
        for _ in range(SCROLLS):
            await page.mouse.wheel(0, 120)
    async with watched(page, "A search is typed"), shown(page, "search=freight"):
        await page.get_by_label("Search", exact=True).press_sequentially("freight", delay=60)
    async with watched(page, "Overdue is ticked"), shown(page, "overdue=yes"):
        await page.get_by_label("Overdue").check()
    async with watched(page, "It is sorted by balance"), shown(page, "sort="):
        await page.get_by_role("button", name="Outstanding balance", exact=True).click()
    async with watched(page, "A page is turned"), shown(page, "after="):
        await page.get_by_role("button", name="Next").click()


async def measure_graphiql(people: People, address: str) -> None:
    began = time.monotonic()
    page = (await people.visit(address, "/graphql")).page
    await page.get_by_role("region", name="Operation Editor").get_by_text("Welcome").wait_for()
    tell("GraphiQL is there", began)


@asynccontextmanager
async def watched(page: Page, what: str) -> AsyncGenerator[None]:
    await page.evaluate(WATCH)
    began = time.monotonic()
    yield
    tell(what, began)
    frames, presses = await page.evaluate(SEEN)
    jerks = sum(frame > JERK_MS for frame in frames)
    print(
        f"    frames: {len(frames)}, median {statistics.median(frames):.0f} ms, "
        f"longest {max(frames):.0f} ms, {jerks} over {JERK_MS} ms; "
        f"slowest press {max(presses, default=0):.0f} ms"
    )


@asynccontextmanager
async def shown(page: Page, address: str) -> AsyncGenerator[None]:
    """What is done within leads to an address with this in it, and its rows are there."""
    yield
    await page.wait_for_url(re.compile(re.escape(address)))
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)


def tell(what: str, began: float) -> None:
    print(f"{what}: {(time.monotonic() - began) * 1_000:.0f} ms")


if __name__ == "__main__":
    asyncio.run(main())
