"""Exports that are broken off: however that happens, there is one invoice in QuickBooks."""

from typing import Any

import pytest
from sqlalchemy import delete

from db.database import Database
from db.tables import QuickBooksInvoice
from tests.companies import connect
from tests.conftest import NOW
from tests.factories import line
from tests.quickbooks.office import Office
from tests.quickbooks.simulator import REALM


@pytest.mark.parametrize("kind", ["drop_after", "html_after"])
async def test_made_with_the_answer_lost_it_is_found_again(office: Office, kind: str) -> None:
    invoice = await office.invoice()
    office.go_wrong(kind)

    await office.export(invoice)
    assert (await office.link(invoice))["state"] == "queued"
    await office.work_after(10)

    [theirs] = office.theirs()
    assert (await office.link(invoice))["quickBooksId"] == theirs["Id"]
    assert office.simulator.count("invoice.create") == 1
    [(kind, message)] = await office.told(invoice)
    assert message == f"Exported to QuickBooks as invoice {theirs['Id']}; it was there already"
    copy = await office.copy(invoice)
    assert copy is not None
    assert copy.has_unread_payments


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        ("drop_before", {}),
        ("server_error", {}),
        ("server_error", {"status": 503}),
        ("html", {}),
        ("expired_xml", {}),
        ("throttled", {}),
        ("throttled", {"retry_after": 90}),
    ],
    ids=str,
)
async def test_what_was_not_made_is_made_later(
    office: Office, kind: str, rest: dict[str, Any]
) -> None:
    invoice = await office.invoice()
    office.go_wrong(kind, **rest)

    await office.export(invoice)
    await office.work_after(seconds=100)

    assert len(office.theirs()) == 1
    assert (await office.link(invoice))["state"] == "exported"


async def test_throttled_it_waits_as_long_as_it_is_told(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("throttled", retry_after=90)
    await office.export(invoice)

    assert await office.work_after(seconds=89) == 0
    assert await office.work_after(seconds=1) == 1


async def test_changed_after_the_answer_was_lost_the_copy_has_the_change(office: Office) -> None:
    invoice = await office.invoice("100.00")
    office.go_wrong("drop_after")
    await office.export(invoice)
    await office.api.done(
        "addLineItem", "invoice { id }", parentId=invoice["id"], lineItem=line("50.00")
    )

    await office.work_after(10)

    [theirs] = office.theirs()
    assert theirs["TotalAmt"] == 150
    assert (await office.link(invoice))["error"] is None


async def test_without_our_mark_it_is_known_by_customer_total_and_date(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("drop_after")
    await office.export(invoice)
    [made] = office.theirs()
    office.person.edit_invoice(made["Id"], PrivateNote="Looks good")

    await office.work_after(10)

    assert (await office.link(invoice))["quickBooksId"] == made["Id"]
    assert len(office.theirs()) == 1


async def test_another_invoice_of_that_number_is_not_taken(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("drop_after")
    await office.export(invoice)
    [made] = office.theirs()
    office.person.edit_invoice(made["Id"], PrivateNote="Mine", TxnDate="2026-01-01")

    await office.work_after(10)

    link = await office.link(invoice)
    assert (link["state"], link["quickBooksId"]) == ("failed", None)
    assert link["error"] == "QuickBooks has another invoice with the number INVOICE-1"
    assert len(office.theirs()) == 1


async def test_a_number_that_is_ours_already_is_adopted(office: Office) -> None:
    office.simulator.preferences.custom_numbers = True
    office.simulator.switches.language = "fr"
    invoice = await office.invoice()
    await office.export(invoice)
    [made] = office.theirs()
    await _forget(office)

    await office.export(invoice)

    assert [row["Id"] for row in office.theirs()] == [made["Id"]]
    assert (await office.link(invoice))["quickBooksId"] == made["Id"]


async def test_a_number_that_no_query_finds_yet_is_adopted_by_the_id_in_the_refusal(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.simulator.preferences.custom_numbers = True
    invoice = await office.invoice()
    await office.export(invoice)
    [made] = office.theirs()
    await _forget(office)

    async def nothing(*_: Any) -> list[Any]:
        return []

    monkeypatch.setattr("quickbooks.copying.by_number", nothing)
    await office.export(invoice)

    assert [row["Id"] for row in office.theirs()] == [made["Id"]]
    assert (await office.link(invoice))["quickBooksId"] == made["Id"]


async def test_a_number_that_another_has_is_a_failure(office: Office) -> None:
    office.simulator.preferences.custom_numbers = True
    customer = office.person.make("Customer", DisplayName="Somebody")
    office.person.make(
        "Invoice",
        CustomerRef={"value": customer["Id"]},
        DocNumber="INVOICE-1",
        Line=[{"Amount": 5, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {}}],
    )
    invoice = await office.invoice()

    await office.export(invoice)
    assert (await office.link(invoice))["error"] == (
        "QuickBooks has another invoice with the number INVOICE-1"
    )

    office.person.edit_invoice(office.theirs()[0]["Id"], DocNumber="1001")
    await office.export(invoice)
    assert (await office.link(invoice))["state"] == "exported"


async def test_a_repeated_request_that_answers_a_deleted_invoice_is_noticed(
    office: Office,
) -> None:
    invoice = await office.invoice()
    office.go_wrong("drop_after")
    await office.export(invoice)
    office.person.delete_invoice(office.theirs()[0]["Id"])

    await office.work_after(10)
    assert (await office.link(invoice))["error"] == (
        "INVOICE-1 was deleted in QuickBooks: export it again to make it anew there"
    )
    assert office.theirs() == []

    await office.export(invoice)
    [theirs] = office.theirs()
    assert (await office.link(invoice))["quickBooksId"] == theirs["Id"]


@pytest.mark.parametrize("done", ["deleted", "voided"])
async def test_gone_there_it_is_made_anew_only_when_asked_for(office: Office, done: str) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    [made] = office.theirs()
    act = office.person.delete_invoice if done == "deleted" else office.person.void_invoice
    act(made["Id"])
    await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Changed")

    await office.export(invoice)
    link = await office.link(invoice)
    assert (link["state"], link["error"]) == (
        "failed",
        f"INVOICE-1 was {done} in QuickBooks: export it again to make it anew there",
    )

    await office.export(invoice)
    link = await office.link(invoice)
    assert (link["state"], link["error"]) == ("exported", None)
    assert link["quickBooksId"] == office.theirs()[-1]["Id"] != made["Id"]


async def test_a_voided_one_keeps_its_number_where_numbers_are_given_out_once(
    office: Office,
) -> None:
    office.simulator.preferences.custom_numbers = True
    invoice = await office.invoice()
    await office.export(invoice)
    office.person.void_invoice(office.theirs()[0]["Id"])
    await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Changed")
    await office.export(invoice)

    await office.export(invoice)

    assert (await office.link(invoice))["error"] == (
        "INVOICE-1 was voided in QuickBooks, which does not give a number out twice: delete it or "
        "change its number there"
    )


async def test_disconnected_while_it_waits(office: Office, database: Database) -> None:
    invoice = await office.invoice()
    await office.ask(invoice)
    await connect(database, realm_id=REALM, tokens=None, disconnected_at=NOW)

    await office.work()

    assert (await office.link(invoice))["error"] == "QuickBooks was disconnected"
    [(kind, message)] = await office.told(invoice)
    assert (kind, message) == (
        "exportFailed",
        "Could not be exported to QuickBooks: QuickBooks was disconnected",
    )
    assert office.simulator.asked == []


async def test_given_up_it_says_what_was_wrong_last(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("server_error", times=None)

    await office.export(invoice)
    for _ in range(9):
        await office.work_after(minutes=16)

    link = await office.link(invoice)
    assert (link["state"], link["error"]) == ("failed", "QuickBooks failed (500)")
    assert office.simulator.count("invoice.create") == 10
    assert await office.work_after(minutes=16) == 0

    office.simulator.mishaps.clear()
    await office.export(invoice)
    assert (await office.link(invoice))["state"] == "exported"
    assert len(office.theirs()) == 1


async def _forget(office: Office) -> None:
    """As after a restored backup: nothing is known of any copy."""
    async with office.database.transaction() as session:
        await session.exec(delete(QuickBooksInvoice))
    office.simulator.replays.clear()
