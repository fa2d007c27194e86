"""Pictures of the pages for the README: `make screenshots`.

Of demo data that is the same each time, on the day that the tests are about.
"""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page

from db import migrate
from db.database import Database
from services import demo
from tests.conftest import TODAY
from tests.processes import ROOT
from tests.web.chromium import chromium
from tests.web.hands import Mouse
from tests.web.pages import Board
from tests.web.people import PHONE, People
from tests.web.shop import clocked_server

IMAGES = ROOT / "docs" / "images"
# Partly paid, and overdue.
INVOICE = "INVOICE-382"


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'remit.db'}"
        await fill(url)
        with clocked_server(url, folder) as server:
            async with chromium() as browser:
                people = People(browser)
                await take_all(people, server.address)
                assert await people.leave() == []


async def fill(url: str, invoices: int = 400) -> None:
    database = Database(url)
    await migrate.upgrade(database)
    await demo.fill(database, invoices=invoices, seed=7, today=TODAY)
    await database.close()


async def take_all(people: People, address: str) -> None:
    board = (await people.visit(address)).page
    await take(board, "board")
    await board.emulate_media(color_scheme="dark")
    await take(board, "board-dark")
    await board.emulate_media(color_scheme="light")
    await Board(board, Mouse()).payments_of(INVOICE)
    await take(board, "payments")
    await take((await people.visit(address, f"/invoices/{INVOICE}")).page, "invoice")
    await take((await people.visit(address, "/aging")).page, "aging")
    await take((await people.visit(address, viewport=PHONE)).page, "phone")
    await take_graphiql((await people.visit(address, "/graphql")).page)


async def take_graphiql(page: Page) -> None:
    await page.get_by_role("button", name="Aging", exact=True).click()
    await page.get_by_role("tab", name="Aging").wait_for()
    await page.get_by_role("button", name="Execute query").click()
    await page.get_by_role("region", name="Result Window").get_by_text("customers").wait_for()
    await take(page, "graphiql")


async def take(page: Page, name: str) -> None:
    # All has come that it asked for.
    await page.wait_for_load_state("networkidle")
    await page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    asyncio.run(main())
