"""Connecting: from the mutation over Intuit's page to the connection, and what may go wrong."""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest

from db.database import Database
from db.tables import QuickBooksConnection
from domain.access import Role
from tests.client import USER_ERRORS, Client
from tests.keyed import Keyed, keyed, made_organization
from tests.quickbooks.simulator import REALM, Mishap
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
TITLES = {
    200: "QuickBooks is connected",
    400: "This address is not good any more",
    502: "QuickBooks was not connected",
    503: "QuickBooks was not connected",
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


@pytest.fixture
async def desk(unconnected: QuickBooksWorld) -> AsyncGenerator[Desk]:
    world = unconnected
    async with keyed(world.database, quickbooks=world.server, now=world.clock) as server:
        yield Desk(world, server, server.holder(await server.key(1, Role.ADMIN, "Ann")))


def title_of(page: httpx2.Response) -> str:
    found = re.search("<h1>(.*)</h1>", page.text)
    assert found is not None
    return found[1]


async def test_a_company_is_connected_and_shown(desk: Desk) -> None:
    assert await desk.shown() == NOT_CONNECTED
    page = await desk.say_yes(await desk.ask())
    assert (page.status_code, title_of(page)) == (200, "QuickBooks is connected")
    assert "Demo Freight Books is now connected to Demo Freight in Remit." in page.text
    assert await desk.shown() == {
        **NOT_CONNECTED,
        "isConnected": True,
        "companyName": "Demo Freight Books",
        "realmId": REALM,
        "connectedAt": "2026-03-10T14:05:00.000Z",
    }
    row = await desk.world.connection()
    assert (row.connected_by, row.changed_since) == (
        "Ann",
        desk.world.clock() - timedelta(minutes=5),
    )


async def test_its_changes_are_looked_for_at_once_and_then_again_and_again(desk: Desk) -> None:
    await desk.say_yes(await desk.ask())
    assert await desk.world.work() == 1
    assert (await desk.shown())["lastSyncedAt"] == "2026-03-10T14:05:00.000Z"
    desk.world.clock.advance(timedelta(minutes=14))
    assert await desk.world.work() == 0
    desk.world.clock.advance(timedelta(minutes=1))
    assert await desk.world.work() == 1
    assert (await desk.shown())["lastSyncedAt"] == "2026-03-10T14:20:00.000Z"


async def test_the_page_loads_nothing_and_tells_nobody(desk: Desk) -> None:
    desk.world.simulator.company.name = "<script>alert('Books')</script> & Söhne"
    for row in desk.world.simulator.company.rows["CompanyInfo"].values():
        row.body["CompanyName"] = desk.world.simulator.company.name
    page = await desk.say_yes(await desk.ask())
    assert "&lt;script&gt;alert(&#x27;Books&#x27;)&lt;/script&gt; &amp; Söhne" in page.text
    assert "<script" not in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_a_state_is_good_once(desk: Desk) -> None:
    url = await desk.ask()
    callback = desk.world.simulator.authorize(url)
    assert (await desk.come_back(callback)).status_code == 200
    again = await desk.come_back(callback)
    assert (again.status_code, title_of(again)) == (400, TITLES[400])
    assert desk.world.simulator.count("token.authorization_code") == 1


async def test_a_state_is_good_for_ten_minutes(desk: Desk) -> None:
    late, just = await desk.ask(), await desk.ask()
    desk.world.clock.advance(timedelta(minutes=9, seconds=59))
    assert (await desk.say_yes(just)).status_code == 200
    desk.world.clock.advance(timedelta(seconds=1))
    assert (await desk.say_yes(late)).status_code == 400


@pytest.mark.parametrize(
    "state",
    ["", "1-forged", "1", "-", "2-x", "9" * 40, "\x00", "é\ud83d", "x" * 5000, "1-" + "x" * 43],
)
async def test_a_state_that_was_not_made_here_is_nothing(desk: Desk, state: str) -> None:
    callback = desk.world.simulator.authorize(await desk.ask())
    query = urlencode({"state": state, "code": "c", "realmId": REALM}, errors="replace")
    page = await desk.server.http.get(f"/quickbooks/callback?{query}")
    assert page.status_code == 400
    assert desk.world.simulator.count("token.*") == 0
    # And has not used up the one that was.
    assert (await desk.come_back(callback)).status_code == 200


async def test_a_state_is_for_the_organization_that_asked(desk: Desk) -> None:
    await made_organization(desk.world.database, 2, "Other Freight")
    other = desk.server.holder(await desk.server.key(2, Role.ADMIN, "Bob"))
    url = await desk.ask(other)
    state = dict(parse_qsl(urlsplit(url).query))["state"]
    callback = desk.world.simulator.authorize(url)
    stolen = await desk.come_back(callback, state=f"1{state.removeprefix('2')}")
    assert stolen.status_code == 400
    page = await desk.come_back(callback)
    assert "is now connected to Other Freight in Remit" in page.text
    assert await desk.shown() == NOT_CONNECTED
    assert (await desk.shown(other))["isConnected"] is True
    assert (await desk.world.connection(2)).connected_by == "Bob"


async def test_whoever_declines_changes_nothing(desk: Desk) -> None:
    url = await desk.ask()
    page = await desk.say_yes(url, deny=True)
    assert (page.status_code, title_of(page)) == (200, "QuickBooks was not connected")
    assert await desk.shown() == NOT_CONNECTED
    assert (await desk.say_yes(url)).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"code": ""},
        {"code": "x" * 1001},
        {"realmId": ""},
        {"realmId": "../1"},
        {"realmId": "1" * 33},
        {"realmId": "\N{FULLWIDTH DIGIT ONE}"},
    ],
)
async def test_what_is_missing_is_not_asked_for_at_intuit(
    desk: Desk, changed: dict[str, str]
) -> None:
    callback = desk.world.simulator.authorize(await desk.ask())
    page = await desk.come_back(callback, **changed)
    assert (page.status_code, title_of(page)) == (400, "QuickBooks was not connected")
    assert desk.world.simulator.count("*") == 0
    assert await desk.shown() == NOT_CONNECTED


async def test_another_company_than_the_one_that_said_yes_is_not_connected(desk: Desk) -> None:
    desk.world.simulator.add_company("42", "Other Books")
    callback = desk.world.simulator.authorize(await desk.ask())
    page = await desk.come_back(callback, realmId="42")
    assert (page.status_code, title_of(page)) == (502, TITLES[502])
    assert await desk.shown() == NOT_CONNECTED
    # The tokens that nobody has a use for are given back.
    await desk.world.work()
    assert [grant.revoked for grant in desk.world.simulator.grants.grants] == [True]


@pytest.mark.parametrize(
    ("kind", "at", "status"),
    [
        ("invalid_grant", "token.*", 502),
        ("drop_after", "token.*", 503),
        ("html", "token.*", 503),
        ("server_error", "companyinfo.read", 502),
        ("forbidden", "companyinfo.read", 502),
        ("html", "companyinfo.read", 502),
    ],
)
async def test_what_fails_at_intuit_is_said_and_can_be_tried_again(
    desk: Desk, kind: Any, at: str, status: int
) -> None:
    desk.world.simulator.go_wrong(Mishap(kind, at))
    page = await desk.say_yes(await desk.ask())
    assert (page.status_code, title_of(page)) == (status, TITLES[status])
    assert await desk.shown() == NOT_CONNECTED
    assert (await desk.say_yes(await desk.ask())).status_code == 200


async def test_a_code_that_intuit_does_not_know_connects_nothing(desk: Desk) -> None:
    callback = desk.world.simulator.authorize(await desk.ask())
    assert (await desk.come_back(callback, code="AB1-forged")).status_code == 502
    assert await desk.shown() == NOT_CONNECTED


async def test_looking_at_the_address_does_not_use_it_up(desk: Desk) -> None:
    parts = urlsplit(desk.world.simulator.authorize(await desk.ask()))
    address = f"{parts.path}?{parts.query}"
    assert (await desk.server.http.head(address)).status_code == 405
    assert (await desk.server.http.post(address)).status_code == 405
    assert (await desk.server.http.get(address)).status_code == 200


async def test_connected_again_it_goes_on_where_it_was(desk: Desk) -> None:
    await desk.say_yes(await desk.ask())
    desk.world.simulator.disconnect()
    desk.world.clock.advance(timedelta(days=3))
    await desk.world.work()
    shown = await desk.shown()
    assert (shown["isConnected"], shown["needsReconnect"]) == (True, True)
    [problem] = shown["problems"]
    assert problem == (
        "QuickBooks does not accept this connection any more: it was ended there, or has expired. "
        "Connect QuickBooks again"
    )
    before = await desk.world.connection()

    await desk.say_yes(await desk.ask())
    after = await desk.world.connection()
    assert (after.changed_since, after.reconnect_reason) == (before.changed_since, None)
    # What waited for it waits no longer.
    assert await desk.world.work() == 1
    shown = await desk.shown()
    assert (shown["needsReconnect"], shown["problems"]) == (False, [])
    assert shown["lastSyncedAt"] == "2026-03-13T14:05:00.000Z"


async def test_another_company_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.world.simulator.add_company("42", "Other Books")
    await desk.say_yes(await desk.ask())
    await desk.world.work()
    desk.world.clock.advance(timedelta(days=3))
    assert (await desk.say_yes(await desk.ask(), realm="42")).status_code == 200
    assert (await desk.world.connection()).changed_since == desk.world.clock() - timedelta(
        minutes=5
    )
    await desk.world.work()
    shown = await desk.shown()
    assert (shown["companyName"], shown["realmId"]) == ("Other Books", "42")
    assert shown["lastSyncedAt"] == "2026-03-13T14:05:00.000Z"
    grants = desk.world.simulator.grants.grants
    assert [(grant.realm, grant.revoked) for grant in grants] == [(REALM, True), ("42", False)]
    desk.world.simulator.asked.clear()
    desk.world.clock.advance(timedelta(minutes=15))
    await desk.world.work()
    assert {asked.path for asked in desk.world.simulator.asked} == {"/v3/company/42/cdc"}


@pytest.mark.parametrize("mutation", ["connectQuickBooks", "disconnectQuickBooks"])
@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK])
async def test_only_an_admin_connects_and_disconnects(
    desk: Desk, mutation: str, role: Role
) -> None:
    await desk.say_yes(await desk.ask())
    before = await desk.world.connection()
    client = desk.server.holder(await desk.server.key(1, role))
    answer = await client.send(f"mutation {{ {mutation} {{ {USER_ERRORS} }} }}")
    assert answer["data"] == {mutation: None}
    [error] = answer["errors"]
    assert (error["path"], error["extensions"]) == ([mutation], {"code": "FORBIDDEN"})
    assert error["message"] == (
        "A key with the role viewer reads only: nothing was changed"
        if role is Role.VIEWER
        else "A key with the role clerk does not connect: nothing was changed"
    )
    assert await desk.world.connection() == before
    # They see it, as everybody does.
    assert (await desk.shown(client))["isConnected"] is True


async def test_without_an_app_at_intuit_it_says_what_to_set(database: Database) -> None:
    await made_organization(database, 1, "Demo Freight")
    async with keyed(database) as server:
        admin = server.holder(await server.key(1, Role.ADMIN))
        payload = (await admin.execute(CONNECT))["connectQuickBooks"]
        assert payload["authorizationUrl"] is None
        [error] = payload["userErrors"]
        assert (error["code"], error["path"]) == ("QUICKBOOKS_NOT_CONNECTED", None)
        assert "REMIT_QUICKBOOKS_CLIENT_ID" in error["message"]
        assert (await server.http.get("/quickbooks/callback?state=1")).status_code == 404


async def test_the_company_itself_is_not_among_what_anybody_else_sees(desk: Desk) -> None:
    await desk.say_yes(await desk.ask())
    await made_organization(desk.world.database, 2, "Other Freight")
    other = desk.server.holder(await desk.server.key(2, Role.ADMIN))
    assert await desk.shown(other) == NOT_CONNECTED
    row: QuickBooksConnection = await desk.world.connection()
    assert row.organization_id == 1
