"""Change data capture."""

from datetime import timedelta
from typing import Literal

import pytest

from tests.quickbooks.simulator import MovableClock, Simulator
from tests.quickbooks.simulator_tests.caller import Caller

BEFORE = "2026-03-10T14:00:00Z"


async def test_a_kind_without_changes_is_an_empty_block(caller: Caller) -> None:
    await caller.customer()
    blocks = await caller.changes("Payment,Customer,Invoice", BEFORE)
    assert [list(block) for block in blocks] == [
        [],
        ["Customer", "startPosition", "maxResults", "totalCount"],
        [],
    ]
    assert blocks[1]["Customer"][0]["DisplayName"] == "Acme"
    assert (blocks[1]["maxResults"], blocks[1]["totalCount"]) == (1, 1)


async def test_the_answer_tells_the_servers_time(caller: Caller) -> None:
    answer = await caller.get("cdc", entities="Payment", changedSince=BEFORE)
    assert answer.body == {
        "CDCResponse": [{"QueryResponse": [{}]}],
        "time": "2026-03-10T07:05:00.000-07:00",
    }


async def test_a_deletion_has_only_its_id_and_time(
    caller: Caller, simulator: Simulator, clock: MovableClock
) -> None:
    invoice = await caller.invoice(await caller.customer(), 100)
    paid = simulator.person.record_payment({invoice["Id"]: 100})
    clock.advance(timedelta(minutes=1))
    simulator.person.delete_payment(paid["Id"])
    payments, invoices = await caller.changes("Payment,Invoice", "2026-03-10T14:05:01+00:00")
    assert payments["Payment"] == [
        {
            "domain": "QBO",
            "status": "Deleted",
            "Id": paid["Id"],
            "MetaData": {"LastUpdatedTime": "2026-03-10T07:06:00-07:00"},
        }
    ]
    assert [each["SyncToken"] for each in invoices["Invoice"]] == ["2"]


async def test_without_an_offset_the_time_is_pacific(caller: Caller) -> None:
    await caller.customer()
    assert await caller.changes("Customer", "2026-03-10T14:05:00") == [{}]
    assert await caller.changes("Customer", "2026-03-10T07:05:00") != [{}]


@pytest.mark.parametrize("choice", ["error", "empty", "clipped"])
async def test_it_looks_back_thirty_days(
    caller: Caller,
    simulator: Simulator,
    clock: MovableClock,
    choice: Literal["error", "empty", "clipped"],
) -> None:
    simulator.switches.old_cursor = choice
    await caller.customer("Old")
    simulator.switches.access_token_life = 10**7
    await caller.connect()
    clock.advance(timedelta(days=30))
    assert len((await caller.changes("Customer", "2026-03-10T14:05:00Z"))[0]["Customer"]) == 1
    clock.advance(timedelta(seconds=1))
    await caller.customer("New")
    answer = await caller.get("cdc", entities="Customer", changedSince=BEFORE)
    if choice == "error":
        assert (answer.status, answer.code) == (400, "2010")
    else:
        block = answer.body["CDCResponse"][0]["QueryResponse"][0]
        names = [each["DisplayName"] for each in block.get("Customer", [])]
        assert names == ([] if choice == "empty" else ["New"])


async def test_beyond_a_thousand_the_oldest_are_missing(
    caller: Caller, simulator: Simulator
) -> None:
    for number in range(1003):
        simulator.company.add("Vendor", {"DisplayName": f"V{number}", "Active": True})
    block = (await caller.changes("Vendor", BEFORE))[0]
    assert (block["maxResults"], block["totalCount"]) == (1000, 1003)
    assert block["Vendor"][0]["DisplayName"] == "V3"
    simulator.switches.feed_tells_total = False
    assert (await caller.changes("Vendor", BEFORE))[0]["totalCount"] == 1000


async def test_changes_may_appear_late(
    caller: Caller, simulator: Simulator, clock: MovableClock
) -> None:
    simulator.switches.feed_lag = 60
    await caller.customer()
    clock.advance(timedelta(seconds=59))
    assert await caller.changes("Customer", BEFORE) == [{}]
    clock.advance(timedelta(seconds=1))
    assert await caller.changes("Customer", BEFORE) != [{}]


@pytest.mark.parametrize(
    ("entities", "since", "code"),
    [
        ("", BEFORE, "2020"),
        ("Payment", "", "2020"),
        ("Payment,Nothing", BEFORE, "2010"),
        ("TaxCode", BEFORE, "2010"),
        ("Payment", "yesterday", "2010"),
    ],
)
async def test_what_it_cannot_answer_is_refused(
    caller: Caller, entities: str, since: str, code: str
) -> None:
    answer = await caller.get("cdc", entities=entities, changedSince=since)
    assert (answer.status, answer.code) == (400, code)
