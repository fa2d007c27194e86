"""Connecting: what is shown, what follows, what another company changes, and who may do it."""

from datetime import timedelta

import pytest

from db.database import Database
from db.tables import QuickBooksConnection
from domain.access import Role
from tests.client import USER_ERRORS
from tests.keyed import keyed
from tests.organizations import made_organization
from tests.quickbooks.desk import CONNECT, NOT_CONNECTED, Desk, title_of
from tests.quickbooks.simulator import REALM


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
