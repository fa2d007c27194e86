"""The tests' own eyes: what must never happen in a browser is seen wherever it happens."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
import pytest_asyncio
from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from domain.access import Role
from tests.client import Client
from tests.quickbooks.simulator.serving import served
from tests.web import axe
from tests.web.people import PHONE, People
from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="session")

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src *"
PAGE = """<!doctype html><html lang="en"><title>Invoices</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><main><h1>Invoices</h1>%s</main></html>"""
FAULTS = {
    "console": ("console.error('the invoice is gone')", "console: the invoice is gone"),
    "uncaught": (
        "setTimeout(() => { throw new Error('no column') })",
        "uncaught: Error: no column",
    ),
    "rejected": ("Promise.reject(new Error('nobody waited'))", "uncaught: Error: nobody waited"),
    "policy": ("new Image().src = '/logo.png'", "console: .*Content Security Policy"),
    "foreign": ("fetch('http://localhost:9/all')", "left the origin: http://localhost:9/all"),
    "socket": ("new WebSocket('ws://localhost:9/live')", "left the origin: ws://localhost:9/live"),
    "failing": ("fetch('/failing')", "answer: 500 http://.*/failing"),
    "missing": ("fetch('/missing')", "console: Failed to load resource.* 404 "),
}


async def page(request: Request) -> HTMLResponse:
    """Under a policy as strict as the product's."""
    body = request.query_params.get("body", "")
    return HTMLResponse(PAGE % body, headers={"content-security-policy": POLICY})


async def failing(_: Request) -> Response:
    return Response(status_code=500)


@pytest_asyncio.fixture(loop_scope="session")
async def address() -> AsyncGenerator[str]:
    app = Starlette(routes=[Route("/", page), Route("/failing", failing)])
    async with served(app) as address:
        yield address


@pytest.mark.parametrize("name", FAULTS)
async def test_faults_are_seen(browser: Browser, address: str, name: str) -> None:
    people = People(browser)
    person = await people.visit(address)
    script, fault = FAULTS[name]
    async with person.faults.expected(fault):
        await person.page.evaluate(f"() => {{ {script} }}")
    # Some are told of twice, as a request that failed is.
    await people.leave()


async def test_a_page_without_faults_has_none(people: People, address: str) -> None:
    person = await people.visit(address)
    await person.page.evaluate("fetch('/').then(answer => answer.text()).then(console.log)")
    assert await people.leave() == []


async def test_what_is_expected_has_to_happen(people: People, address: str) -> None:
    person = await people.visit(address)
    with pytest.raises(TimeoutError):
        async with person.faults.expected("console: gone", seconds=0.1):
            pass


async def test_people_have_the_time_and_the_words_of_their_place(
    people: People, address: str
) -> None:
    ann = await people.visit(address)
    bea = await people.visit(address, locale="de-DE", time_zone="Europe/Berlin", viewport=PHONE)
    now = "new Date().toLocaleString()"
    assert (await ann.page.evaluate(now)).startswith("2026-03-10, 10:")
    assert await bea.page.evaluate("(1234.5).toLocaleString()") == "1.234,5"
    assert await bea.page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == (
        "Europe/Berlin"
    )
    assert await bea.page.evaluate("innerWidth") == 390


async def test_a_lost_connection_is_lost_until_it_is_found(people: People, address: str) -> None:
    person = await people.visit(address)
    ask = "fetch('/').then(answer => answer.status, () => 'lost')"
    async with person.faults.expected("ERR_INTERNET_DISCONNECTED"):
        await person.lose_connection()
        assert await person.page.evaluate(ask) == "lost"
        assert await person.page.evaluate("navigator.onLine") is False
    await person.find_connection()
    assert await person.page.evaluate(ask) == 200


async def test_axe_finds_a_field_without_a_label(people: People, address: str) -> None:
    person = await people.visit(address)
    assert await axe.violations(person.page) == []
    await person.page.goto("/?body=<input name=amount>")
    [found] = await axe.violations(person.page)
    assert found.startswith("critical: label: ")


async def test_the_books_are_served_on_both_databases(either_shop: Shop) -> None:
    query = """{ invoices(last: 100, orderBy: { field: fullId }) { nodes {
        fullId status isOverdue outstandingBalance currency } } }"""
    async with httpx2.AsyncClient(base_url=either_shop.address) as http:
        found = (await Client(http).execute(query))["invoices"]["nodes"]
    assert [tuple(one.values()) for one in found] == [
        ("INVOICE-1", "sent", True, 1130, "CAD"),
        ("INVOICE-2", "paid", False, 0, "CAD"),
        ("INVOICE-3", "partiallyPaid", True, 600, "CAD"),
        ("INVOICE-4", "sent", False, 2000, "USD"),
        ("INVOICE-5", "sent", False, 750, "CAD"),
        ("INVOICE-6", "created", False, 640, "CAD"),
        ("INVOICE-7", "created", False, 320, "CAD"),
    ]


async def test_keys_open_their_server(shop_with_keys: Shop) -> None:
    query = {"query": "{ viewer { name role } }"}
    headers = {"authorization": f"Bearer {shop_with_keys.keys[Role.CLERK]}"}
    async with httpx2.AsyncClient(base_url=shop_with_keys.address) as http:
        refused = await http.post("/graphql", json=query)
        answer = await http.post("/graphql", json=query, headers=headers)
    assert refused.status_code == 401
    assert answer.json()["data"]["viewer"] == {"name": "The clerk", "role": "clerk"}
