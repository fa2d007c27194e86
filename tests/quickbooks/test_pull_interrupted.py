"""A look that fails keeps where it was, takes nothing for deleted, and is made up for."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from quickbooks import changed, taking
from services import foreign_payments
from tests.companies import REALM as OTHER_REALM
from tests.companies import connect
from tests.conftest import NOW
from tests.factories import record_payment
from tests.quickbooks.office import Office
from tests.quickbooks.simulator import REALM


@dataclass
class Busy:
    """A company in which each look has everything to read that there may be."""

    office: Office
    paid: dict[str, Any]
    other: dict[str, Any]
    paid_there: str
    other_there: str
    gone: str = ""

    async def change(self) -> None:
        """More than the feed tells of; a payment is gone, and copies' payments are unread."""
        self.office.api.clock.now += timedelta(hours=1)
        self.office.simulator.switches.feed_cap = 1
        if self.gone:
            self.office.person.delete_payment(self.gone)
        self.gone = self.office.person.record_payment({self.other_there: "1.00"})["Id"]
        self.office.person.record_payment({self.other_there: "1.00"}, method=f"By {self.gone}")
        self.office.person.edit_invoice(self.paid_there, PrivateNote=self.gone)
        async with self.office.database.engine.begin() as connection:
            statement = "UPDATE quickbooks_invoices SET has_unread_payments = TRUE"
            await connection.exec_driver_sql(statement)

    async def amounts(self) -> list[Decimal]:
        return sorted(one["amount"] for one in await self.office.payments(self.paid))


async def busy(office: Office) -> Busy:
    paid, theirs = await office.exported("100.00")
    office.person.record_payment({theirs: "60.00"})
    await office.pull()
    await record_payment(office.api, paid, "40.00")
    # More than fits, so that it is asked for each time.
    office.person.record_payment({theirs: "10.00"})
    other, other_there = await office.exported("100.00", customerId=paid["customer"]["id"])
    await office.exported("100.00", customerId=paid["customer"]["id"])
    await office.pull()
    return Busy(office, paid, other, theirs, other_there)


@pytest.mark.parametrize("kind", ["server_error", "html", "drop_before", "throttled", "refused"])
async def test_whatever_fails_nothing_is_taken_for_deleted(office: Office, kind: str) -> None:
    """As many looks as there are requests in one: in each another request fails."""
    company, place = await busy(office), 0
    for place in range(20):
        await company.change()
        before = (await office.connection()).changed_since
        mishap = office.go_wrong(kind, "*", skip=place)
        await office.pull()
        assert await company.amounts() == [40, 60]
        if not mishap.struck:
            break
        assert (await office.connection()).changed_since == before
        await office.work_after(minutes=2)
        assert (await office.connection()).last_synced_at == office.api.clock.now
        assert await company.amounts() == [40, 60]
    # The feed; what it leaves out; ways to pay; what is unread, what waits, what may be gone.
    spots = [one.spot for one in office.simulator.asked if not one.spot.startswith("token.")]
    assert spots[-8:] == [
        "cdc",
        "query.payment",
        "query.invoice",
        "query.paymentmethod",
        "query.invoice",
        "query.payment",
        "query.payment",
        "payment.read",
    ]
    assert await office.outstanding(company.other) == 100 - (place + 1) - 1


async def test_where_it_ends_is_the_companys_time_less_some_minutes(office: Office) -> None:
    await office.exported()
    await office.pull()
    office.api.clock.now += timedelta(hours=2)
    await office.pull()
    assert (await office.connection()).changed_since == NOW + timedelta(hours=2, minutes=-5)


async def test_what_the_feed_shows_late_is_not_missed(office: Office) -> None:
    invoice, theirs = await office.exported()
    office.simulator.switches.feed_lag = 120
    office.person.record_payment({theirs: "1.00"})
    await office.pull()
    assert await office.payments(invoice) == []
    await office.work_after(minutes=3)
    await office.pull()
    assert len(await office.payments(invoice)) == 1


async def test_what_cannot_be_read_is_a_problem_and_the_rest_goes_on(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    bad = office.person.record_payment({theirs: "1.00"})["Id"]
    office.simulator.company.rows["Payment"][bad].body["TxnDate"] = "soon"
    office.person.record_payment({theirs: "2.00"})
    await office.pull()
    assert await office.outstanding(invoice) == 98
    message = f"Payment {bad} could not be taken over: QuickBooks' TxnDate cannot be read"
    assert await office.problems() == {f"Payment {bad}": message}
    assert (await office.connection()).last_synced_at == NOW

    office.api.clock.now += timedelta(hours=1)
    office.simulator.company.rows["Payment"][bad].body["TxnDate"] = "2026-03-01"
    await office.pull()
    assert await office.outstanding(invoice) == 97
    assert await office.problems() == {}


async def test_what_cannot_be_read_any_more_stays_as_it_was(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    payment = office.person.record_payment({theirs: "1.00"})["Id"]
    await office.pull()
    office.person.edit_payment(payment, note="x")
    office.simulator.company.rows["Payment"][payment].body["Line"] = "none"
    await office.pull()
    assert await office.outstanding(invoice) == 99


async def test_an_unexpected_error_is_that_records_problem(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    invoice, theirs = await office.exported("100.00")
    bad = office.person.record_payment({theirs: "1.00"})["Id"]
    office.person.record_payment({theirs: "2.00"})
    real = foreign_payments.apply

    async def apply(session: Any, author: Any, realm_id: Any, version: Any, **rest: Any) -> bool:
        done = await real(session, author, realm_id, version, **rest)
        if version.quickbooks_id == bad:
            raise ZeroDivisionError
        return done

    monkeypatch.setattr(taking.foreign_payments, "apply", apply)
    await office.pull()
    assert await office.outstanding(invoice) == 98
    (message,) = (await office.problems()).values()
    assert message.startswith(f"Payment {bad} could not be taken over: something went wrong here (")
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.undo()
    await office.pull()
    assert await office.outstanding(invoice) == 97
    assert await office.problems() == {}


async def test_changes_without_an_id_are_told_of(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    bad = office.person.record_payment({theirs: "1.00"})["Id"]
    office.person.record_payment({theirs: "2.00"})
    row = office.simulator.company.rows["Payment"][bad]
    row.id = "9" * 40
    await office.pull()
    assert await office.outstanding(invoice) == 98
    message = "QuickBooks has told of changes that cannot be read: they have no id"
    assert await office.problems() == {"Changes without an id": message}
    row.id = bad
    await office.pull()
    assert await office.problems() == {}


async def test_nothing_is_read_of_a_company_that_is_not_connected(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    office.person.record_payment({theirs: "2.00"})
    await connect(office.database, realm_id=REALM, tokens=None, disconnected_at=NOW)
    assert await office.pull() == 0
    await connect(office.database, realm_id=OTHER_REALM)
    assert await office.pull() == 0
    assert await office.payments(invoice) == []


async def test_what_is_disconnected_while_it_is_read_ends_there(office: Office) -> None:
    await office.exported("100.00")
    before = await office.connection()

    async def disconnect() -> None:
        await connect(office.database, realm_id=REALM, tokens=None, disconnected_at=NOW)

    office.api.clock.now += timedelta(hours=1)
    office.meanwhile(disconnect)
    assert await office.pull() == 1
    assert (await office.connection()).changed_since == before.changed_since


async def test_given_up_it_is_a_problem_until_it_goes_well(office: Office) -> None:
    await office.exported("100.00")
    office.go_wrong("server_error", "cdc", times=10)
    await office.pull()
    for _ in range(10):
        await office.work_after(minutes=16)
    assert await office.problems() == {
        "Changes": "QuickBooks' changes could not be read: QuickBooks failed (500)"
    }
    await office.pull()
    assert await office.problems() == {}


async def test_pages_of_any_size_find_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice, theirs = await office.exported("100.00")
    for place in range(7):
        office.person.record_payment({theirs: "1.00"})
        if place % 3 == 0:
            office.api.clock.now += timedelta(seconds=1)
    office.simulator.switches.feed_cap = 2
    monkeypatch.setattr(changed, "PAGE", 2)
    monkeypatch.setattr(changed, "IDS_AT_ONCE", 2)
    await office.pull()
    assert await office.outstanding(invoice) == 93
