"""A server over a simulated company: its admin, and that admin's browser."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2

from tests.client import USER_ERRORS, Client
from tests.keyed import Keyed
from tests.quickbooks.world import QuickBooksWorld

CONNECT = f"mutation {{ connectQuickBooks {{ authorizationUrl {USER_ERRORS} }} }}"
SHOWN = """isConnected companyName realmId connectedAt lastSyncedAt needsReconnect
    pendingExports problems"""
CONNECTION = f"{{ quickBooks {{ {SHOWN} }} }}"
NOT_CONNECTED: dict[str, Any] = {
    "isConnected": False,
    "companyName": None,
    "realmId": None,
    "connectedAt": None,
    "lastSyncedAt": None,
    "needsReconnect": False,
    "pendingExports": 0,
    "problems": [],
}


@dataclass
class Desk:
    """A server, its admin, and that admin's browser."""

    world: QuickBooksWorld
    server: Keyed
    admin: Client

    async def ask(self, client: Client | None = None) -> str:
        """Where the mutation sends the browser."""
        payload = (await (client or self.admin).execute(CONNECT))["connectQuickBooks"]
        assert payload["userErrors"] == []
        return payload["authorizationUrl"]

    async def say_yes(self, url: str, **choice: Any) -> httpx2.Response:
        """A person's click at Intuit; answers the page that comes then."""
        return await self.come_back(self.world.simulator.authorize(url, **choice))

    async def come_back(self, callback: str, **changed: str) -> httpx2.Response:
        parts = urlsplit(callback)
        query = {**dict(parse_qsl(parts.query)), **changed}
        return await self.server.http.get(f"{parts.path}?{urlencode(query)}")

    async def shown(self, client: Client | None = None) -> dict[str, Any]:
        return (await (client or self.admin).execute(CONNECTION))["quickBooks"]


def title_of(page: httpx2.Response) -> str:
    found = re.search("<h1>(.*)</h1>", page.text)
    assert found is not None
    return found[1]
