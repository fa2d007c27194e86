"""What happens in QuickBooks to an invoice's copy is shown here, and never undone by itself."""

from datetime import timedelta
from typing import Any

import pytest

from tests.companies import put_copy
from tests.factories import delete_invoice
from tests.quickbooks.office import Office
from tests.quickbooks.simulator import REALM


@pytest.mark.parametrize(
    ("act", "how"), [("void_invoice", "voided"), ("delete_invoice", "deleted")]
)
async def test_a_copy_that_is_gone_has_failed(office: Office, act: str, how: str) -> None:
    invoice, theirs = await office.exported("100.00")
    office.api.clock.now += timedelta(hours=1)
    getattr(office.person, act)(theirs)
    await office.pull()
    link = await office.link(invoice)
    assert link["state"] == "failed"
    assert link["error"] == (
        f"INVOICE-1 was {how} in QuickBooks: export it again to make it anew there"
    )
    assert (await office.told(invoice))[0] == (
        "exportFailed",
        f"Invoice {theirs} was {how} in QuickBooks",
    )
    copy = await office.copy(invoice)
    assert copy is not None
    assert copy.gone_at == office.api.clock.now

    told = await office.told(invoice)
    await office.pull()
    assert await office.told(invoice) == told
    assert office.simulator.count("invoice.create") == 1


async def test_its_payments_go_with_it(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    office.person.record_payment({theirs: "40.00"})
    await office.pull()
    office.person.delete_invoice(theirs, release_payments=True)
    await office.pull()
    assert await office.payments(invoice) == []
    assert await office.outstanding(invoice) == 100


async def test_asked_for_again_it_is_made_anew_and_paid_as_another(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    office.person.delete_invoice(theirs)
    await office.pull()
    await office.export(invoice)
    anew = (await office.link(invoice))["quickBooksId"]
    assert anew != theirs
    office.person.record_payment({anew: "40.00"})
    await office.pull()
    assert await office.outstanding(invoice) == 60
    assert (await office.link(invoice))["state"] == "exported"


async def test_another_total_there_is_shown_until_it_is_the_same_again(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    line = office.person.see("Invoice", theirs)["Line"][0]
    office.person.edit_invoice(theirs, Line=[with_amount(line, 90)])
    await office.pull()
    link = await office.link(invoice)
    assert (link["state"], link["error"]) == (
        "exported",
        "QuickBooks says 90.00 CAD, Remit says 100.00 CAD",
    )
    office.person.edit_invoice(theirs, Line=[with_amount(line, 100)])
    await office.pull()
    assert (await office.link(invoice))["error"] is None


def with_amount(line: dict[str, Any], amount: int) -> dict[str, Any]:
    detail = {**line["SalesItemLineDetail"], "Qty": 1, "UnitPrice": amount}
    return {"Amount": amount, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": detail}


async def test_a_payment_there_makes_a_new_version_of_the_copy_and_no_more(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    before = await office.link(invoice)
    office.person.record_payment({theirs: "40.00"})
    await office.pull()
    assert await office.link(invoice) == before
    copy = await office.copy(invoice)
    assert copy is not None
    assert str(copy.sync_token) == office.person.see("Invoice", theirs)["SyncToken"] == "1"


async def test_an_older_version_is_passed_over(office: Office) -> None:
    invoice, _ = await office.exported("100.00")
    await put_copy(office.database, invoice["id"], realm_id=REALM, sync_token=7, error="As it was")
    await office.pull()
    copy = await office.copy(invoice)
    assert copy is not None
    assert (copy.sync_token, copy.error) == (7, "As it was")


async def test_a_copy_of_an_invoice_deleted_here_may_go(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    await delete_invoice(office.api, invoice)
    office.person.delete_invoice(theirs)
    await office.pull()
    copy = await office.copy(invoice)
    assert copy is not None
    assert (copy.state, copy.is_gone) == ("exported", True)
    assert office.simulator.count("invoice.void") == 0
    assert await office.problems() == {}


async def test_a_copy_that_cannot_be_read_is_a_problem_until_it_can(office: Office) -> None:
    _, theirs = await office.exported("100.00")
    row = office.simulator.company.rows["Invoice"][theirs]
    total, row.body["TotalAmt"] = row.body["TotalAmt"], "much"
    await office.pull()
    assert await office.problems() == {
        f"Invoice {theirs}": f"What became of invoice {theirs} in QuickBooks is not known: "
        "QuickBooks' TotalAmt cannot be read"
    }
    row.body["TotalAmt"] = total
    await office.pull()
    assert await office.problems() == {}


async def test_payments_of_a_copy_found_there_are_read_once(office: Office) -> None:
    """The answer that it was made was lost: it was paid before anybody knew what it is."""
    invoice = await office.invoice("100.00")
    office.go_wrong("drop_after", "invoice.create")
    await office.export(invoice)
    [theirs] = office.theirs()
    office.person.record_payment({theirs["Id"]: "40.00"})
    await office.pull()
    assert await office.payments(invoice) == []
    office.api.clock.now += timedelta(hours=1)
    await office.work()
    await office.pull()
    assert await office.outstanding(invoice) == 60
    copy = await office.copy(invoice)
    assert copy is not None
    assert not copy.has_unread_payments

    office.simulator.asked.clear()
    await office.pull()
    assert [asked.spot for asked in office.simulator.asked] == ["cdc"]
