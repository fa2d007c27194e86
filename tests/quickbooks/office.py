"""An organization, its company in QuickBooks, and the worker between the two."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx2
from cryptography.fernet import Fernet
from sqlmodel import select

from app import create_app
from db.database import Database
from db.tables import Organization, QuickBooksConnection, QuickBooksInvoice, QuickBooksProblem
from endpoints.access import Demo
from quickbooks.handlers import handlers
from quickbooks.vault import Vault
from quickbooks.wire import client
from services import quickbooks_pulls
from services.working import Working
from tests.client import FILES, Client, Clock
from tests.companies import copies
from tests.factories import create_invoice
from tests.quickbooks.opened import Opened
from tests.quickbooks.simulator import REALM, Mishap, Person, Simulator, running
from tests.quickbooks.world import connect, options_of
from tests.readings import get_invoice

LINK = "quickBooks { state quickBooksId exportedAt error }"
PAID = "id paymentDate method referenceNumber notes amount source canDelete recordedBy"
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

    async def pull(self) -> int:
        """Look for changes now."""
        async with self.database.transaction() as session:
            await quickbooks_pulls.hear(session, [REALM], self.api.clock.now)
        return await self.work()

    async def exported(self, *rates: str, **rest: Any) -> tuple[dict[str, Any], str]:
        """An invoice, and its id in QuickBooks."""
        invoice = await self.invoice(*rates, **rest)
        await self.export(invoice)
        return invoice, (await self.link(invoice))["quickBooksId"]

    async def payments(self, invoice: dict[str, Any]) -> list[dict[str, Any]]:
        """Of an invoice, as the API shows them."""
        return (await get_invoice(self.api, invoice["id"], f"payments {{ {PAID} }}"))["payments"]

    async def outstanding(self, invoice: dict[str, Any]) -> Decimal:
        found = await get_invoice(self.api, invoice["id"], "outstandingBalance")
        return found["outstandingBalance"]

    async def problems(self) -> dict[str, str]:
        async with self.database.transaction() as session:
            found = (await session.exec(select(QuickBooksProblem))).all()
        return {problem.subject: problem.message for problem in found}

    async def connection(self) -> QuickBooksConnection:
        async with self.database.transaction() as session:
            return (await session.exec(select(QuickBooksConnection))).one()

    def go_wrong(self, kind: Any, at: str = "invoice.create", **rest: Any) -> Mishap:
        return self.simulator.go_wrong(Mishap(kind, at, **rest))

    def theirs(self) -> list[dict[str, Any]]:
        """All invoices there, the oldest first."""
        return sorted(self.person.see_all("Invoice"), key=lambda row: int(row["Id"]))


@asynccontextmanager
async def opened(database: Database, organization: Organization) -> AsyncGenerator[Office]:
    clock = Clock()
    simulator = Simulator(clock=clock)
    vault = Vault([Fernet.generate_key()])
    app = create_app(database, Demo(organization), files=FILES, clock=clock)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with (
        running(simulator) as url,
        client() as outside,
        httpx2.AsyncClient(transport=transport, base_url="http://test") as http,
    ):
        options = options_of(simulator, url)
        companies = Opened(database, outside, options, vault, clock)
        await connect(database, simulator, companies, clock)
        simulator.asked.clear()
        working = Working(database, handlers(companies), clock)
        yield Office(Client(http, clock, database), database, simulator, working, companies)
