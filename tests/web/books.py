"""What the browser tests find on the board: a small organization, known to the cent.

    INVOICE-1  Borealis Foods  sent           1,130.00 with tax; was due December 31
    INVOICE-2  Acme Freight    paid           500.00, by wire on March 2
    INVOICE-3  Acme Freight    partiallyPaid  1,000.00, of which 400.00; was due February 13
    INVOICE-4  Cascade Timber  sent           2,000.00 USD; due today
    INVOICE-5  Acme Freight    sent           750.00; due April 4
    INVOICE-6  Borealis Foods  created        640.00, of ORDER-1
    INVOICE-7  Borealis Foods  created        320.00, of ORDER-2, which has changed since

ORDER-3 and ORDER-4, both of Acme Freight, are not invoiced yet: 210.00 and 95.50.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date

import httpx2

from app import create_app
from db.database import Database
from endpoints.access import Demo
from tests.client import FILES, Client, Clock
from tests.factories import (
    create_customer,
    create_invoice,
    create_order,
    line,
    record_payment,
    send_invoice,
)
from tests.organizations import made_organization


async def write_books(database: Database) -> None:
    """In the organization that a server without keys serves."""
    async with _client(database) as api:
        api.clock.turn_to(date(2025, 11, 28))
        acme = (await create_customer(api, "Acme Freight"))["id"]
        borealis = (await create_customer(api, "Borealis Foods"))["id"]
        cascade = (await create_customer(api, "Cascade Timber", currency="USD", terms="net10"))[
            "id"
        ]
        await _write_invoices(api, acme, borealis, cascade)
        api.clock.turn_to(date(2026, 3, 9))
        await _write_orders(api, acme, borealis)


async def _write_invoices(api: Client, acme: str, borealis: str, cascade: str) -> None:
    api.clock.turn_to(date(2025, 12, 1))
    taxed = [line("1000.00", taxRate="13")]
    await send_invoice(api, await create_invoice(api, customerId=borealis, lineItems=taxed))
    api.clock.turn_to(date(2026, 1, 14))
    paid = await create_invoice(api, "500.00", customerId=acme)
    partly = await create_invoice(api, "600.00", "400.00", customerId=acme)
    for invoice in (paid, partly):
        await send_invoice(api, invoice)
    api.clock.turn_to(date(2026, 2, 20))
    await record_payment(api, partly, "400.00", referenceNumber="1042", notes="First part")
    api.clock.turn_to(date(2026, 2, 28))
    await send_invoice(api, await create_invoice(api, "2000.00", customerId=cascade))
    api.clock.turn_to(date(2026, 3, 2))
    await record_payment(api, paid, "500.00", method="wire", referenceNumber="W-77")
    api.clock.turn_to(date(2026, 3, 5))
    await send_invoice(api, await create_invoice(api, "750.00", customerId=acme))


async def _write_orders(api: Client, acme: str, borealis: str) -> None:
    billed = await create_order(api, "640.00", customer_id=borealis)
    changed = await create_order(api, "320.00", customer_id=borealis)
    for order in (billed, changed):
        await create_invoice(api, orderIds=[order["id"]])
    detention = line("45.00", type="detention", description="Two hours at the dock")
    await api.done("addLineItem", "order { id }", parentId=changed["id"], lineItem=detention)
    for rate in ("210.00", "95.50"):
        await create_order(api, rate, customer_id=acme)


@asynccontextmanager
async def _client(database: Database) -> AsyncGenerator[Client]:
    clock = Clock()
    app = create_app(database, Demo(await made_organization(database)), files=FILES, clock=clock)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http, clock)
