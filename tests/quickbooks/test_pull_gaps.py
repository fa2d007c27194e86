"""What QuickBooks does not tell of any more, or tells of in part only, is found all the same."""

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from tests.quickbooks.office import Office
from tests.quickbooks.simulator import REALM

LONG = timedelta(days=31)


@pytest.mark.parametrize("is_total_told", [True, False])
async def test_deletions_beyond_what_the_feed_holds_are_found(
    office: Office, monkeypatch: pytest.MonkeyPatch, *, is_total_told: bool
) -> None:
    """A thousand rows in an answer are as good as a total that is larger."""
    invoice, theirs = await office.exported("100.00")
    gone = office.person.record_payment({theirs: "1.00"})["Id"]
    await office.pull()
    office.api.clock.now += timedelta(hours=1)
    office.person.delete_payment(gone)
    for _ in range(3):
        office.person.record_payment({theirs: "2.00"})
    office.simulator.switches.feed_cap = 2
    office.simulator.switches.feed_tells_total = is_total_told
    monkeypatch.setattr("quickbooks.client.PAGE_MAX", 2)
    await office.pull()
    assert await office.outstanding(invoice) == 94
    assert [one["amount"] for one in await office.payments(invoice)] == [2, 2, 2]
    (found,) = [message for kind, message in await office.told(invoice) if kind == "paymentDeleted"]
    assert found.endswith("(Deleted in QuickBooks)")


@pytest.mark.parametrize("old_cursor", ["error", "empty", "clipped"])
async def test_after_a_month_everything_is_looked_at_anew(office: Office, old_cursor: Any) -> None:
    invoice, theirs = await office.exported("100.00")
    gone = office.person.record_payment({theirs: "1.00"})["Id"]
    kept = office.person.record_payment({theirs: "2.00"})["Id"]
    other, other_there = await office.exported("50.00", customerId=invoice["customer"]["id"])
    await office.pull()
    office.simulator.switches.old_cursor = old_cursor
    office.person.delete_payment(gone)
    office.person.edit_payment(kept, note="Corrected")
    office.person.record_payment({theirs: "10.00"})
    office.person.delete_invoice(other_there)
    office.api.clock.now += LONG

    await office.pull()
    assert await office.outstanding(invoice) == 88
    assert sorted((one["amount"], one["notes"]) for one in await office.payments(invoice)) == [
        (2, "Corrected"),
        (10, None),
    ]
    assert (await office.link(other))["state"] == "failed"
    assert (await office.connection()).changed_since == NOW + LONG - timedelta(minutes=5)
    assert await office.problems() == {
        "Changes of long ago": "What changed in QuickBooks from 2026-03-10 to 2026-04-10 was not "
        "read in time. All that has changed since was read now, and what is known here was "
        "compared: look at the payments of those days"
    }


async def test_the_notice_of_it_stays_for_a_week(office: Office) -> None:
    await office.exported("100.00")
    office.api.clock.now += LONG
    await office.pull()
    office.api.clock.now += timedelta(days=6)
    await office.pull()
    assert list(await office.problems()) == ["Changes of long ago"]
    office.api.clock.now += timedelta(days=2)
    await office.pull()
    assert await office.problems() == {}


async def test_a_month_by_the_companys_clock_counts(office: Office) -> None:
    """Our own may be slow."""
    invoice, theirs = await office.exported("100.00")
    office.person.record_payment({theirs: "1.00"})
    office.simulator.switches.old_cursor = "clipped"
    office.simulator.company.clock = lambda: NOW + LONG
    office.simulator.clock = lambda: NOW + LONG
    await office.pull()
    assert await office.outstanding(invoice) == 99
    assert list(await office.problems()) == ["Changes of long ago"]


async def test_an_ordinary_look_is_one_request(office: Office) -> None:
    _, theirs = await office.exported("100.00")
    office.person.record_payment({theirs: "1.00"}, method="Check")
    await office.pull()
    office.simulator.asked.clear()
    office.person.record_payment({theirs: "1.00"}, method="Check")
    await office.pull()
    assert [asked.spot for asked in office.simulator.asked] == ["cdc"]
    assert office.simulator.asked[0].path == f"/v3/company/{REALM}/cdc"
