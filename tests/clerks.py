"""Clerks who record payments as fast as they are answered, and remember what they were told."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx2
from sqlalchemy import text

from db import audit
from db.database import Database

PAY = """mutation ($input: RecordPaymentInput!) {
    recordPayment(input: $input) { alreadyProcessed payment { id } userErrors { code message } }
}"""
BILL = """mutation ($input: CreateInvoiceInput!) {
    createInvoice(input: $input) { invoice { id } userErrors { message } }
}"""


@dataclass
class Clerks:
    """What was sent by its key, and what came back: a payment's id, or nothing."""

    address: str
    random: Random
    # Whether each request comes over a connection of its own, so that any worker may take it.
    is_scattered: bool = False
    invoices: list[str] = field(default_factory=list[str])
    sent: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    acknowledged: dict[str, str] = field(default_factory=dict[str, str])
    # The errors of requests that were answered without a payment, by their code.
    refused: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def bill(self, count: int) -> None:
        """Invoices of 1,000,000.00 each."""
        async with self._client() as http:
            query = 'mutation { createCustomer(input: {name: "Acme"}) { customer { id } } }'
            made = await self._post(http, query, {})
            customer = made["data"]["createCustomer"]["customer"]["id"]
            line = {"type": "freight", "description": "Toronto", "rate": "1000000.00"}
            for _ in range(count):
                wanted = {"customerId": customer, "lineItems": [line]}
                made = await self._post(http, BILL, {"input": wanted})
                self.invoices.append(made["data"]["createInvoice"]["invoice"]["id"])

    async def work(self, stop: asyncio.Event, clerks: int = 8) -> None:
        """Record payments of random amounts until told to stop, or until nobody answers."""
        async with self._client() as http:
            await asyncio.gather(*(self._one(http, stop) for _ in range(clerks)))

    async def record(self, http: httpx2.AsyncClient, key: str) -> dict[str, Any]:
        """Send what was sent under this key; a transport error if nobody answers."""
        answer = await self._post(http, PAY, {"input": self.sent[key]})
        data: dict[str, Any] = answer.get("data") or {}
        payload = data.get("recordPayment")
        if payload is None:
            self.refused += answer["errors"]
            return answer
        assert payload["userErrors"] == []
        before = self.acknowledged.setdefault(key, payload["payment"]["id"])
        assert payload["payment"]["id"] == before, "another payment under the same key"
        return answer

    @property
    def unanswered(self) -> set[str]:
        return self.sent.keys() - self.acknowledged.keys()

    async def repeat(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """Send these once more; answers their payloads in any order."""
        queue, payloads = list(keys), list[dict[str, Any]]()

        async def one(http: httpx2.AsyncClient) -> None:
            while queue:
                answer = await self.record(http, queue.pop())
                payloads.append(answer["data"]["recordPayment"])

        async with self._client() as http:
            await asyncio.gather(*(one(http) for _ in range(8)))
        return payloads

    async def _one(self, http: httpx2.AsyncClient, stop: asyncio.Event) -> None:
        while not stop.is_set():
            key = f"key-{len(self.sent)}"
            self.sent[key] = {
                "invoiceId": self.random.choice(self.invoices),
                "amount": f"{self.random.randint(1, 999)}.{self.random.randint(10, 99)}",
                "method": "wire",
                "referenceNumber": key,
                "idempotencyKey": key,
            }
            try:
                answer = await self.record(http, key)
            except httpx2.TransportError:
                return
            if "errors" in answer:
                await asyncio.sleep(0.05)

    def _client(self) -> httpx2.AsyncClient:
        limits = httpx2.Limits(max_keepalive_connections=0 if self.is_scattered else None)
        return httpx2.AsyncClient(base_url=self.address, timeout=20, limits=limits)

    async def _post(
        self, http: httpx2.AsyncClient, query: str, variables: dict[str, Any]
    ) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        response = await http.post("/graphql", json=body)
        return response.json()


async def check_books(database: Database, clerks: Clerks) -> None:
    """What was acknowledged is there once, the rest is there once or not at all, and it adds up."""
    assert await audit.differences(database) == []
    paid = await _column(database, "SELECT reference_number FROM payments")
    assert len(paid) == len(set(paid))
    assert set(clerks.acknowledged) <= set(paid) <= set(clerks.sent)
    assert sorted(paid) == sorted(await _column(database, "SELECT key FROM idempotency_keys"))
    told = await _column(database, "SELECT count(*) FROM activities WHERE kind = 'paymentRecorded'")
    assert told == [len(paid)]
    found = await _column(database, "SELECT reference_number || '/' || id FROM payments")
    assert {f"{key}/{payment}" for key, payment in clerks.acknowledged.items()} <= set(found)


async def _column(database: Database, statement: str) -> list[Any]:
    return [row[0] for row in await database.read_own(text(statement))]
