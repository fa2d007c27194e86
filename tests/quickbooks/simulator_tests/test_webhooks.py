"""Webhooks: signed, in both forms, and again until they are taken."""

import asyncio
import base64
import hashlib
import hmac
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.quickbooks.simulator import REALM, Mishap, Simulator
from tests.quickbooks.simulator.json_text import read
from tests.quickbooks.simulator_tests.caller import Caller


@dataclass
class App:
    """What takes webhooks: it answers with `statuses` in turn, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list[int])
    bodies: list[Any] = field(default_factory=list[Any])
    signed: list[bool] = field(default_factory=list[bool])
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: Request) -> Response:
        raw = await request.body()
        digest = hmac.new(b"simulated-verifier", raw, hashlib.sha256).digest()
        self.signed.append(request.headers["intuit-signature"] == base64.b64encode(digest).decode())
        self.bodies.append(read(raw))
        self.asked.set()
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def listening(app: App) -> AsyncGenerator[None]:
    served = Starlette(routes=[Route("/hook", app.take, methods=["POST"])])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(served, log_level="critical", lifespan="off")
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        app.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
        yield
        for each in server.servers:
            each.close()
        for connection in [*server.server_state.connections]:
            connection.transport.abort()


@pytest.fixture
async def app(caller: Caller, simulator: Simulator) -> AsyncGenerator[App]:
    app = App()
    async with listening(app):
        simulator.webhooks.url = app.url
        simulator.webhooks.scale = 0
        yield app
        simulator.webhooks.url = None


async def settled(simulator: Simulator) -> None:
    async with asyncio.timeout(5):
        await simulator.webhooks.settled()


async def test_changes_come_as_cloud_events(app: App, simulator: Simulator) -> None:
    made = simulator.person.make("Customer", DisplayName="Acme")
    await settled(simulator)
    (events,) = app.bodies
    assert app.signed == [True]
    assert {**events[0], "id": "", "source": ""} == {
        "specversion": "1.0",
        "id": "",
        "source": "",
        "type": "qbo.customer.created.v1",
        "datacontenttype": "application/json",
        "time": "2026-03-10T14:05:00.000000789Z",
        "intuitentityid": made["Id"],
        "intuitaccountid": REALM,
        "data": {},
    }


async def test_one_post_may_mix_companies_in_the_old_form(app: App, simulator: Simulator) -> None:
    simulator.switches.webhook_form = "classic"
    simulator.add_company("77", "Other")
    simulator.person.make("Customer", DisplayName="Acme")
    simulator.person_in("77").make("Vendor", DisplayName="Acme")
    await settled(simulator)
    moment = "2026-03-10T14:05:00.000Z"
    entities = [
        {"name": name, "id": "1", "operation": "Create", "lastUpdated": moment}
        for name in ("Customer", "Vendor")
    ]
    assert app.bodies == [
        {
            "eventNotifications": [
                {"realmId": REALM, "dataChangeEvent": {"entities": [entities[0]]}},
                {"realmId": "77", "dataChangeEvent": {"entities": [entities[1]]}},
            ]
        }
    ]


async def test_every_operation_is_told(app: App, caller: Caller, simulator: Simulator) -> None:
    invoice = await caller.invoice(await caller.customer(), 100)
    first, second = [simulator.person.record_payment({invoice["Id"]: 10}) for _ in range(2)]
    simulator.person.void_payment(first["Id"])
    simulator.person.delete_payment(second["Id"])
    simulator.webhooks.tell(REALM, "Customer", "9", "Merge")
    await settled(simulator)
    kinds = [event["type"] for body in app.bodies for event in body]
    assert kinds == [
        "qbo.customer.created.v1",
        "qbo.invoice.created.v1",
        "qbo.payment.created.v1",
        "qbo.invoice.updated.v1",
        "qbo.payment.created.v1",
        "qbo.invoice.updated.v1",
        "qbo.payment.voided.v1",
        "qbo.invoice.updated.v1",
        "qbo.payment.deleted.v1",
        "qbo.invoice.updated.v1",
        "qbo.customer.merged.v1",
    ]


async def test_it_is_told_again_until_it_is_taken(app: App, simulator: Simulator) -> None:
    app.statuses = [500, 403]
    simulator.person.make("Customer", DisplayName="Acme")
    await settled(simulator)
    assert len(app.bodies) == 3
    assert app.bodies[0] == app.bodies[2]
    assert [attempt.status for attempt in simulator.webhooks.attempts] == [500, 403, 200]


async def test_later_events_wait_for_the_retry(app: App, simulator: Simulator) -> None:
    app.statuses = [500]
    simulator.webhooks.scale = 1
    simulator.person.make("Customer", DisplayName="Acme")
    async with asyncio.timeout(5):
        await app.asked.wait()
    simulator.person.make("Vendor", DisplayName="Other")
    simulator.webhooks.hurry()
    await settled(simulator)
    kinds = [body[0]["type"] for body in app.bodies]
    assert kinds == ["qbo.customer.created.v1"] * 2 + ["qbo.vendor.created.v1"]


async def test_events_are_lost_doubled_swapped_and_forged(app: App, simulator: Simulator) -> None:
    simulator.go_wrong(Mishap("lost", "webhook.customer.create"))
    simulator.go_wrong(Mishap("doubled", "webhook.vendor.*"))
    simulator.go_wrong(Mishap("swapped", "webhook.employee.*"))
    simulator.go_wrong(Mishap("bad_signature", "webhook.term.*"))
    for kind in ("Customer", "Vendor", "Employee", "Customer"):
        simulator.person.make(kind, DisplayName=f"{kind} {len(simulator.person.see_all(kind))}")
    await settled(simulator)
    told = [[event["type"].split(".")[1] for event in body] for body in app.bodies]
    assert told == [["vendor", "customer"], ["vendor"], ["employee"]]
    assert app.bodies[0][0] == app.bodies[1][0]
    simulator.person.make("Term", Name="Net 45", DueDays=45)
    await settled(simulator)
    assert app.signed == [True, True, True, False]


async def test_nobody_is_told_without_an_address(app: App, simulator: Simulator) -> None:
    simulator.webhooks.url = None
    simulator.person.make("Customer", DisplayName="Acme")
    await settled(simulator)
    assert app.bodies == []


async def test_a_retry_ends_when_the_address_is_taken_away(app: App, simulator: Simulator) -> None:
    app.statuses = [500]
    simulator.webhooks.scale = 1
    simulator.person.make("Customer", DisplayName="Acme")
    async with asyncio.timeout(5):
        await app.asked.wait()
    simulator.webhooks.url = None
    simulator.webhooks.hurry()
    await settled(simulator)
    assert len(app.bodies) == 1
