"""On every page: nothing that a screen reader or a keyboard stumbles over, and nothing too wide."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.web import axe
from tests.web.people import PHONE, People, Person
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = {
    "board": "/",
    "filters": "/?status=sent&overdue=yes&outstandingMin=100",
    "payments": "/?pay=INVOICE-3",
    "invoice": "/invoices/INVOICE-3",
    "review": "/invoices/INVOICE-7",
    "bill": "/bill?orders=ORDER-3",
    "cheque": "/cheque",
    "aging": "/aging",
    "statement": "/customers/{acme}",
    "quickbooks": "/quickbooks",
    "missing": "/invoices/INVOICE-99",
}
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


async def visit(people: People, shop: Shop, path: str, **how: Any) -> Person:
    """And wait until all is there."""
    acme = shop.rows["customers"][0]["id"]
    person = await people.visit(shop.address, path.format(acme=acme), **how)
    await expect(person.page.get_by_role("heading").first).to_be_visible()
    await person.page.wait_for_load_state("networkidle")
    return person


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
async def test_axe_finds_nothing(people: People, shop: Shop, path: str) -> None:
    person = await visit(people, shop, path)
    assert await axe.violations(person.page) == []
    await person.page.emulate_media(color_scheme="dark")
    assert await axe.violations(person.page) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
async def test_a_phone_shows_all_of_its_width(people: People, shop: Shop, path: str) -> None:
    person = await visit(people, shop, path, viewport=PHONE)
    assert await person.page.evaluate(TOO_WIDE) <= 0
    assert await axe.violations(person.page) == []
