"""An organization, its company in QuickBooks, and the worker between the two."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2

from app import create_app
from db.database import Database
from db.tables import Organization, QuickBooksInvoice
from domain.job import JobKind
from endpoints.access import Demo
from quickbooks.push import Push
from services.jobs import Working
from tests.client import FILES, Client, Clock
from tests.companies import connect, copies
from tests.factories import create_invoice
from tests.quickbooks.opened import Opened
from tests.quickbooks.simulator import REALM, Mishap, Person, Simulator, running
from tests.readings import get_invoice

LINK = "quickBooks { state quickBooksId exportedAt error }"
EXPORT = "exportInvoicesToQuickBooks"


@dataclass
class Office:
    """Time passes for all of them only when a test says so."""

    api: Client
    database: Database
    simulator: Simulator
    working: Working
    outside: Opened

    def meanwhile(self, act: Callable[[], Awaitable[object]]) -> None:
        """Do something when the next job has read what it needs and goes to QuickBooks."""
        self.outside.meanwhile = act

    @property
    def person(self) -> Person:
        return self.simulator.person

    async def invoice(self, *rates: str, **rest: Any) -> dict[str, Any]:
        return await create_invoice(self.api, *(rates or ("100.00",)), **rest)

    async def ask(self, *invoices: dict[str, Any]) -> None:
        """Ask for exports, without doing them."""
        await self.api.done(EXPORT, "invoices { id }", invoiceIds=[one["id"] for one in invoices])

    async def export(self, *invoices: dict[str, Any]) -> None:
        await self.ask(*invoices)
        await self.work()

    async def work(self) -> int:
        return await self.working.do_due()

    async def work_after(self, seconds: int = 0, *, minutes: int = 0) -> int:
        """What is due so much later."""
        self.api.clock.now += timedelta(seconds=seconds, minutes=minutes)
        return await self.work()

    async def link(self, invoice: dict[str, Any]) -> dict[str, Any]:
        return (await get_invoice(self.api, invoice["id"], LINK))["quickBooks"]

    async def told(self, invoice: dict[str, Any]) -> list[tuple[str, str]]:
        """The kinds and messages of its activity, the newest first, but for those of its making."""
        selection = "activity { nodes { kind message } }"
        found = (await get_invoice(self.api, invoice["id"], selection))["activity"]["nodes"]
        made = {"created", "updated"}
        return [(one["kind"], one["message"]) for one in found if one["kind"] not in made]

    async def copy(self, invoice: dict[str, Any]) -> QuickBooksInvoice | None:
        found = await copies(self.database)
        return next((copy for copy in found if copy.invoice_id == invoice["id"]), None)

    def go_wrong(self, kind: Any, at: str = "invoice.create", **rest: Any) -> None:
        self.simulator.go_wrong(Mishap(kind, at, **rest))

    def theirs(self) -> list[dict[str, Any]]:
        """All invoices there, the oldest first."""
        return sorted(self.person.see_all("Invoice"), key=lambda row: int(row["Id"]))


@asynccontextmanager
async def opened(database: Database, organization: Organization) -> AsyncGenerator[Office]:
    clock = Clock()
    simulator = Simulator(clock=clock)
    await connect(database, realm_id=REALM)
    app = create_app(database, Demo(organization), files=FILES, clock=clock)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with (
        running(simulator) as url,
        httpx2.AsyncClient() as outside,
        httpx2.AsyncClient(transport=transport, base_url="http://test") as http,
    ):
        companies = Opened(simulator, outside, url)
        working = Working(database, {JobKind.PUSH_INVOICE: Push(companies)}, clock)
        yield Office(Client(http, clock, database), database, simulator, working, companies)
