"""The client over real HTTP: time limits, what is lost on the way, pace, repeated requests."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from decimal import Decimal

import httpx2
import pytest

from quickbooks.client import Company
from quickbooks.errors import Gone, Retryable
from quickbooks.pace import Pace
from quickbooks.wire import client
from tests.quickbooks.simulator import REALM, Kind, Mishap
from tests.quickbooks.world import QuickBooksWorld

CUSTOMER = {"DisplayName": "O'Neil & Söhne"}


@asynccontextmanager
async def opened(world: QuickBooksWorld, timeout_seconds: float = 5) -> AsyncGenerator[Company]:
    options = replace(world.options, timeout_seconds=timeout_seconds)
    async with client() as http:
        yield Company(http, options, REALM, world.access_tokens(), Pace(world.clock))


async def test_rows_are_made_read_changed_found_and_gone(connected: QuickBooksWorld) -> None:
    async with opened(connected) as company:
        made = await company.create("Customer", CUSTOMER, request_id="r1")
        assert await company.read("Customer", made["Id"]) == made
        found = await company.query("Customer", r"WHERE DisplayName = 'O\'Neil & Söhne'")
        assert [row["Id"] for row in found] == [made["Id"]]
        invoice = {
            "CustomerRef": {"value": made["Id"]},
            "Line": [
                {
                    "Amount": Decimal("94.50"),
                    "DetailType": "SalesItemLineDetail",
                    "SalesItemLineDetail": {"ItemRef": {"value": "1"}},
                }
            ],
        }
        sold = await company.create("Invoice", invoice, request_id="r2")
        assert sold["TotalAmt"] == Decimal("94.50")
        voided = await company.void("Invoice", {"Id": sold["Id"], "SyncToken": sold["SyncToken"]})
        assert (voided["TotalAmt"], voided["PrivateNote"]) == (0, "Voided")
        with pytest.raises(Gone):
            await company.read("Invoice", "999")


async def test_the_same_request_again_makes_nothing(connected: QuickBooksWorld) -> None:
    connected.simulator.go_wrong(Mishap("drop_after", "customer.create"))
    async with opened(connected) as company:
        with pytest.raises(Retryable):
            await company.create("Customer", CUSTOMER, request_id="r1")
        made = await company.create("Customer", CUSTOMER, request_id="r1")
        assert [row["Id"] for row in await company.query_all("Customer", "")] == [made["Id"]]


async def test_all_pages_of_a_query_are_read(connected: QuickBooksWorld) -> None:
    books = connected.simulator.company
    for number in range(2001):
        books.add("Customer", {"DisplayName": f"Customer {number}", "Active": True})
    async with opened(connected) as company:
        rows = await company.query_all("Customer", "ORDERBY Id")
    assert len({row["Id"] for row in rows}) == len(rows) == 2001
    assert connected.simulator.count("query.customer") == 3


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html", "html_after"])
async def test_what_is_lost_on_the_way_may_be_tried_again(
    connected: QuickBooksWorld, kind: Kind
) -> None:
    connected.simulator.go_wrong(Mishap(kind, "customer.create"))
    async with opened(connected) as company:
        with pytest.raises(Retryable):
            await company.create("Customer", CUSTOMER, request_id="r1")


async def test_whoever_does_not_answer_in_time_is_given_up(connected: QuickBooksWorld) -> None:
    connected.simulator.go_wrong(Mishap("hang", "customer.read"))
    began = time.monotonic()
    async with opened(connected, timeout_seconds=0.3) as company:
        with pytest.raises(Retryable, match=r"^QuickBooks did not answer \(.*Timeout.*\)$"):
            await company.read("Customer", "1")
    assert 0.3 <= time.monotonic() - began < 3


async def test_an_answer_by_drops_is_given_up_as_well(connected: QuickBooksWorld) -> None:
    """Each piece comes soon enough; all of them would not."""
    is_over = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        with suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()
        is_over.set()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    options = replace(connected.options, api_url=f"http://127.0.0.1:{port}", timeout_seconds=0.4)
    async with server, client() as http:
        company = Company(http, options, REALM, connected.access_tokens(), Pace(connected.clock))
        with pytest.raises(Retryable, match="TimeoutError"):
            await company.read("Customer", "1")
        await is_over.wait()


async def test_ten_requests_begin_in_a_second(connected: QuickBooksWorld) -> None:
    begun: list[float] = []
    pace = Pace(connected.clock)

    async def begin() -> None:
        await pace.wait()
        begun.append(time.monotonic())

    await asyncio.gather(*(begin() for _ in range(21)))
    assert begun[9] - begun[0] < 0.9
    assert begun[10] - begun[0] > 1
    assert begun[20] - begun[10] > 1


async def test_no_cookie_of_one_company_is_sent_for_another() -> None:
    cookies: list[str | None] = []

    def baking(request: httpx2.Request) -> httpx2.Response:
        cookies.append(request.headers.get("cookie"))
        return httpx2.Response(200, headers={"set-cookie": "qbn.session=1; Path=/"})

    async with client() as http:
        http._transport = httpx2.MockTransport(baking)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the client is made by the product
        await http.get("http://quickbooks.example/")
        await http.get("http://quickbooks.example/")
    assert cookies == [None, None]
