"""A freight company's office: a real server and worker, and QuickBooks simulated beside them."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import text

from db.database import Database
from tests.client import Client
from tests.processes import ROOT, Server, add_organization, environment, server
from tests.quickbooks.simulator import Person, Simulator, running

CONNECT = "mutation { connectQuickBooks { authorizationUrl userErrors { message } } }"
SYNC = "mutation { syncQuickBooks { quickBooks { isConnected } userErrors { message } } }"
INVOICE = """query ($id: ID!) {
    node(id: $id) { ... on Invoice {
        fullId status total amountPaid outstandingBalance
        quickBooks { state quickBooksId exportedAt error }
        payments { id amount source paymentDate method referenceNumber notes canDelete }
        activity(first: 100) { nodes { kind message actor source } }
    } }
}"""
_WAIT_SECONDS = 60


@dataclass
class Office:
    """`client` asks the server, `person` works in QuickBooks."""

    simulator: Simulator
    server: Server
    client: Client
    database: Database
    # What its processes are started with.
    environment: dict[str, str]

    @property
    def person(self) -> Person:
        return self.simulator.person

    async def connect(self) -> httpx2.Response:
        """What an admin sees who has consented at Intuit."""
        payload = (await self.client.execute(CONNECT))["connectQuickBooks"]
        assert payload["userErrors"] == []
        answer = await self.client.http.get(self.simulator.authorize(payload["authorizationUrl"]))
        assert answer.status_code == 200, answer.text
        return answer

    async def customer(self, name: str = "Acme Freight") -> str:
        made = await self.client.done("createCustomer", "customer { id }", name=name)
        return made["customer"]["id"]

    async def invoice(self, customer_id: str, *rates: str) -> str:
        """A sent invoice with a line of freight for each rate."""
        lines = [
            {"type": "freight", "description": "Toronto to Montreal", "rate": rate}
            for rate in rates
        ]
        made = await self.client.done(
            "createInvoice", "invoice { id }", customerId=customer_id, lineItems=lines
        )
        await self.client.done("sendInvoice", "invoice { id }", id=made["invoice"]["id"])
        return made["invoice"]["id"]

    async def export(self, *invoice_ids: str) -> None:
        await self.client.done(
            "exportInvoicesToQuickBooks", "invoices { id }", invoiceIds=list(invoice_ids)
        )

    async def exported(self, invoice_id: str) -> str:
        """Export it, and answer its id in QuickBooks."""
        await self.export(invoice_id)
        invoice = await self.until(
            invoice_id, lambda found: found["quickBooks"]["state"] != "queued"
        )
        assert invoice["quickBooks"]["state"] == "exported", invoice["quickBooks"]
        return invoice["quickBooks"]["quickBooksId"]

    async def sync(self) -> None:
        payload = (await self.client.execute(SYNC))["syncQuickBooks"]
        assert payload["userErrors"] == []

    async def see(self, invoice_id: str) -> dict[str, Any]:
        return (await self.client.execute(INVOICE, id=invoice_id))["node"]

    async def until(
        self, invoice_id: str, is_reached: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        """The invoice, as soon as it is so."""
        async with asyncio.timeout(_WAIT_SECONDS):
            while True:
                found = await self.see(invoice_id)
                if is_reached(found):
                    return found
                await asyncio.sleep(0.02)

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        found: Any = await self.database.read_own(text(statement))
        return [tuple(row) for row in found]

    async def idle(self) -> None:
        """No job is left but those that were given up; what waits is made to run at once."""
        async with asyncio.timeout(_WAIT_SECONDS):
            while await self.rows("SELECT 1 FROM jobs WHERE state <> 'dead' LIMIT 1"):
                async with self.database.transaction() as session:
                    hurry = "UPDATE jobs SET run_at = created_at WHERE state = 'queued'"
                    await (await session.connection()).execute(text(hurry))
                await asyncio.sleep(0.1)


@asynccontextmanager
async def office(
    database_url: str, folder: Path, *, simulator: Simulator | None = None, **settings: str
) -> AsyncGenerator[Office]:
    simulator = simulator or Simulator()
    await add_organization(database_url)
    async with running(simulator) as address:
        settings = {**settings_of(simulator, address), **settings}
        with server(database_url, folder, **settings) as served:
            simulator.webhooks.url = f"{served.address}/quickbooks/webhook"
            simulator.webhooks.scale = 0.01
            database = Database(database_url)
            async with httpx2.AsyncClient(base_url=served.address, timeout=30) as http:
                yield Office(
                    simulator,
                    served,
                    Client(http),
                    database,
                    environment(database_url, folder, **settings),
                )
            await database.close()


def settings_of(simulator: Simulator, address: str) -> dict[str, str]:
    """What makes a server take the simulator for Intuit."""
    return {
        "REMIT_QUICKBOOKS_CLIENT_ID": simulator.client_id,
        "REMIT_QUICKBOOKS_CLIENT_SECRET": simulator.client_secret,
        "REMIT_QUICKBOOKS_WEBHOOK_VERIFIER": simulator.webhooks.verifier_token,
        "REMIT_QUICKBOOKS_AUTHORIZE_URL": f"{address}/oauth2/authorize",
        "REMIT_QUICKBOOKS_TOKEN_URL": f"{address}/oauth2/v1/tokens/bearer",
        "REMIT_QUICKBOOKS_REVOKE_URL": f"{address}/oauth2/revoke",
        "REMIT_QUICKBOOKS_API_URL": address,
        "REMIT_QUICKBOOKS_TIMEOUT_SECONDS": "2",
    }


# As `remit worker`, but what a killed one has held is free a second later.
_WORK = """
from datetime import timedelta
import worker
worker.main(lease_lasts=timedelta(seconds=1))
"""


class Worker:
    """A worker with the settings of a server, as a process that can be killed."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _WORK],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
