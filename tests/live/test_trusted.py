"""Trusted documents by their ids, over each transport."""

import hashlib
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from engine.trusted import Trusted
from tests.factories import create_invoice
from tests.live.conftest import Live, serving
from tests.live.watchers import KINDS, connected, events

ID = hashlib.sha256(KINDS.encode()).hexdigest()
TOLD = {"kind": "created", "invoice": {"fullId": "INVOICE-1"}}


@pytest.fixture
async def trusting(
    database: Database, organization: Organization, tmp_path: Path
) -> AsyncGenerator[Live]:
    """It runs no other document than the one."""
    trusted = Trusted({ID: KINDS}, only=True)
    async with serving(database, Demo(organization), tmp_path, trusted=trusted) as live:
        yield live


async def create(live: Live) -> None:
    """By another server over the same database."""
    await create_invoice(live.api, "100.00")


async def test_a_subscription_by_its_id_over_a_socket(trusting: Live, live: Live) -> None:
    async with connected(trusting.port) as client:
        await client.begin()
        for payload in ({"documentId": ID}, {"documentId": f"sha256:{ID}"}):
            key = payload["documentId"]
            await client.say({"type": "subscribe", "id": key[:9], "payload": payload})
        await client.ping()
        await create(live)

        # Which of the two is first is nobody's promise.
        heard = [await client.hear() for _ in range(2)]

    assert {message["id"] for message in heard} == {ID[:9], f"sha256:{ID}"[:9]}
    assert [message["payload"]["data"]["invoiceChanged"] for message in heard] == [TOLD, TOLD]


async def test_a_subscription_by_its_id_as_events(trusting: Live, live: Live) -> None:
    async with events(trusting.api.http, query=None, documentId=ID) as stream:
        await create(live)

        assert await stream.told() == TOLD


async def test_other_subscriptions_are_refused_where_only_known_ones_run(trusting: Live) -> None:
    async with connected(trusting.port) as client:
        await client.begin()
        await client.ask(KINDS)
        message = await client.hear()

    assert message["type"] == "error"
    assert message["payload"] == [
        {
            "message": "Only trusted documents are run: send a documentId",
            "extensions": {"code": "BAD_REQUEST"},
        }
    ]
