"""Disconnecting: tokens go at once, here and at Intuit; what is known of the company stays."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from db import quickbooks_connections as connections
from db.tables import Job, QuickBooksProblem, Schedule
from domain.job import JobState
from tests.client import USER_ERRORS
from tests.companies import copies
from tests.factories import create_invoice
from tests.organizations import made_organization
from tests.quickbooks.desk import NOT_CONNECTED, SHOWN, Desk
from tests.quickbooks.simulator import REALM, Mishap
from tests.readings import get_invoice

EXPORT = "exportInvoicesToQuickBooks"
LINK = "quickBooks { state quickBooksId error }"


async def disconnect(desk: Desk) -> dict[str, Any]:
    mutation = f"mutation {{ disconnectQuickBooks {{ quickBooks {{ {SHOWN} }} {USER_ERRORS} }} }}"
    return (await desk.admin.execute(mutation))["disconnectQuickBooks"]


async def sync(desk: Desk) -> dict[str, Any]:
    mutation = f"mutation {{ syncQuickBooks {{ quickBooks {{ {SHOWN} }} {USER_ERRORS} }} }}"
    return (await desk.admin.execute(mutation))["syncQuickBooks"]


async def connect(desk: Desk) -> None:
    assert (await desk.say_yes(await desk.ask())).status_code == 200
    await desk.world.work()


def revoked(desk: Desk) -> list[bool]:
    return [grant.revoked for grant in desk.world.simulator.grants.grants]


async def jobs_of(desk: Desk) -> list[Job]:
    async with desk.world.database.transaction() as session:
        return list((await session.exec(select(Job).order_by(col(Job.kind)))).all())


async def test_tokens_leave_at_once_and_are_given_back(desk: Desk) -> None:
    await connect(desk)
    payload = await disconnect(desk)
    assert payload == {"quickBooks": NOT_CONNECTED, "userErrors": []}
    assert await desk.shown() == NOT_CONNECTED
    row = await desk.world.connection()
    assert (row.tokens, row.disconnected_at) == (None, desk.world.clock())
    assert revoked(desk) == [False]
    assert await desk.world.work() == 1
    assert revoked(desk) == [True]
    assert await jobs_of(desk) == []


async def test_nothing_is_looked_for_any_more(desk: Desk) -> None:
    await connect(desk)
    await disconnect(desk)
    await desk.world.work()
    desk.world.simulator.asked.clear()
    desk.world.clock.advance(timedelta(days=1))
    assert await desk.world.work() == 0
    assert desk.world.simulator.asked == []
    async with desk.world.database.transaction() as session:
        assert (await session.exec(select(Schedule))).all() == []


async def test_copies_are_known_again_when_the_company_is_connected_again(desk: Desk) -> None:
    await connect(desk)
    invoice = await create_invoice(desk.admin, "100.00")
    await desk.admin.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])
    await desk.world.work()
    link = await get_invoice(desk.admin, invoice["id"], LINK)
    assert link["quickBooks"]["state"] == "exported"
    await disconnect(desk)
    await desk.world.work()
    assert len(await copies(desk.world.database)) == 1

    await connect(desk)
    assert await get_invoice(desk.admin, invoice["id"], LINK) == link
    await desk.admin.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])
    await desk.world.work()
    assert desk.world.simulator.count("invoice.create") == 1


async def test_exports_that_wait_are_counted_and_fail(desk: Desk) -> None:
    await connect(desk)
    desk.world.simulator.go_wrong(Mishap("throttled", "*", times=None))
    invoice = await create_invoice(desk.admin, "100.00")
    await desk.admin.done(EXPORT, "invoices { id }", invoiceIds=[invoice["id"]])
    await desk.world.work()
    assert (await desk.shown())["pendingExports"] == 1
    await disconnect(desk)
    desk.world.simulator.mishaps.clear()
    await desk.world.work()
    assert (await desk.shown())["pendingExports"] == 0
    link = (await get_invoice(desk.admin, invoice["id"], LINK))["quickBooks"]
    assert link == {
        "state": "failed",
        "quickBooksId": None,
        "error": "QuickBooks was disconnected",
    }


async def test_disconnected_twice_it_is_refused(desk: Desk) -> None:
    for _ in "ab":
        payload = await disconnect(desk)
        assert payload["quickBooks"] is None
        [error] = payload["userErrors"]
        assert (error["code"], error["path"]) == ("QUICKBOOKS_NOT_CONNECTED", None)
        await connect(desk)
        await disconnect(desk)


async def test_intuit_is_told_when_it_answers_again(desk: Desk) -> None:
    await connect(desk)
    await disconnect(desk)
    desk.world.simulator.go_wrong(Mishap("drop_before", "revoke", times=2))
    for _ in range(3):
        await desk.world.work()
        desk.world.clock.advance(timedelta(minutes=1))
    assert (revoked(desk), desk.world.simulator.count("revoke")) == ([True], 3)


async def test_after_ten_attempts_it_is_given_up(desk: Desk) -> None:
    await connect(desk)
    await disconnect(desk)
    desk.world.simulator.go_wrong(Mishap("server_error", "revoke", times=None))
    for _ in range(11):
        await desk.world.work()
        desk.world.clock.advance(timedelta(minutes=16))
    [job] = await jobs_of(desk)
    assert (job.state, job.error) == (JobState.DEAD, "Intuit gave no answer (500)")


async def test_whoever_connects_the_same_company_at_once_keeps_it(desk: Desk) -> None:
    await connect(desk)
    await disconnect(desk)
    await connect(desk)
    assert desk.world.simulator.count("revoke") == 0
    assert (await desk.shown())["isConnected"] is True
    assert revoked(desk) == [False, False]


async def test_a_company_that_another_organization_uses_is_left_to_it(desk: Desk) -> None:
    """Intuit would end all that this server may do there."""
    await made_organization(desk.world.database, 2, "Other Freight")
    await desk.world.connect(2)
    await connect(desk)
    await disconnect(desk)
    await desk.world.work()
    assert desk.world.simulator.count("revoke") == 0
    assert await jobs_of(desk) == []


async def test_tokens_that_cannot_be_opened_any_more_expire_by_themselves(desk: Desk) -> None:
    await connect(desk)
    row = await desk.world.connection()
    row.tokens = "sealed by a key that is gone"
    async with desk.world.database.transaction() as session:
        await connections.connect(session, row)
    await disconnect(desk)
    await desk.world.work()
    assert desk.world.simulator.count("revoke") == 0
    assert await jobs_of(desk) == []


async def test_changes_are_looked_for_when_somebody_asks(desk: Desk) -> None:
    refused = (await sync(desk))["userErrors"]
    assert [error["code"] for error in refused] == ["QUICKBOOKS_NOT_CONNECTED"]
    await connect(desk)
    desk.world.clock.advance(timedelta(minutes=3))
    payload = await sync(desk)
    assert payload["userErrors"] == []
    assert payload["quickBooks"]["lastSyncedAt"] == "2026-03-10T14:05:00.000Z"
    assert await desk.world.work() == 1
    assert (await desk.shown())["lastSyncedAt"] == "2026-03-10T14:08:00.000Z"


async def test_at_most_a_hundred_problems_are_shown_the_reason_to_reconnect_first(
    desk: Desk,
) -> None:
    await connect(desk)
    async with desk.world.database.transaction() as session:
        session.add_all(
            QuickBooksProblem(
                organization_id=1,
                realm_id=realm_id,
                subject=f"Payment {number:03}",
                message=f"Payment {number:03} of {realm_id}",
                since=desk.world.clock() - timedelta(minutes=number),
            )
            for number in range(120)
            for realm_id in (REALM, "42")
        )
    problems = (await desk.shown())["problems"]
    assert problems == [f"Payment {number:03} of {REALM}" for number in range(119, 19, -1)]

    desk.world.simulator.disconnect()
    await sync(desk)
    await desk.world.work()
    shown = (await desk.shown())["problems"]
    assert len(shown) == 100
    assert shown[0].endswith("Connect QuickBooks again")
    assert shown[1:] == problems[:99]
