"""Invoices deleted here: whatever had become of their export, no copy stays in force there."""

from sqlalchemy import select
from sqlmodel import col

from db.database import Database
from db.tables import QuickBooksProblem
from services import quickbooks_exports
from services.author import Author
from tests.companies import connect
from tests.conftest import NOW, TODAY
from tests.factories import delete_invoice
from tests.quickbooks.office import Office
from tests.quickbooks.simulator import REALM


async def problems(database: Database) -> list[str]:
    return [row[0] for row in await database.read(select(col(QuickBooksProblem.message)))]


async def test_an_exported_one_is_voided(office: Office) -> None:
    invoice = await office.invoice(notes="Rush")
    await office.export(invoice)

    await delete_invoice(office.api, invoice)
    await office.work()

    [theirs] = office.theirs()
    assert (theirs["TotalAmt"], theirs["PrivateNote"]) == (
        0,
        f"Voided - Rush\nRemit {invoice['id']}",
    )
    copy = await office.copy(invoice)
    assert copy is not None
    assert copy.is_gone
    assert await office.work_after(minutes=60) == 0


async def test_one_that_was_changed_there_is_voided_too(office: Office) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    office.person.edit_invoice(office.theirs()[0]["Id"], CustomerMemo={"value": "Thanks"})

    await delete_invoice(office.api, invoice)
    await office.work()

    assert office.theirs()[0]["TotalAmt"] == 0
    assert office.simulator.count("invoice.void") == 2


async def test_one_that_is_gone_there_already_needs_nothing(office: Office) -> None:
    invoice, other = await office.invoice(), await office.invoice()
    await office.export(invoice, other)
    first, second = office.theirs()
    office.person.delete_invoice(first["Id"])
    office.person.void_invoice(second["Id"])

    for one in (invoice, other):
        await delete_invoice(office.api, one)
    await office.work()

    assert office.theirs()[0]["PrivateNote"].count("Voided") == 1
    assert await problems(office.database) == []


async def test_one_that_waits_is_never_sent(office: Office) -> None:
    invoice = await office.invoice()
    await office.ask(invoice)
    await delete_invoice(office.api, invoice)

    await office.work()

    assert office.simulator.count("invoice.*") == 0
    assert await office.copy(invoice) is None


async def test_one_whose_answer_was_lost_is_found_and_voided(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("drop_after")
    await office.export(invoice)
    await delete_invoice(office.api, invoice)

    await office.work_after(10)

    [theirs] = office.theirs()
    assert (theirs["TotalAmt"], theirs["PrivateNote"]) == (0, f"Voided - Remit {invoice['id']}")


async def test_one_that_may_be_under_way_is_looked_for_again(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("drop_before")
    await office.export(invoice)
    await delete_invoice(office.api, invoice)

    await office.work_after(10)
    assert await office.copy(invoice) is not None
    await office.work_after(minutes=2)

    assert await office.copy(invoice) is None
    assert office.theirs() == []


async def test_one_that_was_paid_there_stays_a_problem_until_it_can_be_voided(
    office: Office,
) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    quickbooks_id = office.theirs()[0]["Id"]
    payment = office.person.record_payment({quickbooks_id: "10.00"})
    await delete_invoice(office.api, invoice)

    await office.work()
    [message] = await problems(office.database)
    assert message.startswith(
        f"INVOICE-1 was deleted here, but its copy in QuickBooks, invoice {quickbooks_id}, could "
        "not be voided: QuickBooks refused it: "
    )
    assert message.endswith(" (code 6000)")

    office.person.delete_payment(payment["Id"])
    await office.work_after(minutes=1)
    assert await problems(office.database) == []
    assert office.theirs()[0]["TotalAmt"] == 0


async def test_given_up_the_problem_stays(office: Office) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    office.person.record_payment({office.theirs()[0]["Id"]: "10.00"})
    await delete_invoice(office.api, invoice)

    for _ in range(12):
        await office.work_after(minutes=16)

    assert len(await problems(office.database)) == 1
    # Ten times, each first with the version that was known here.
    assert office.simulator.count("invoice.void") == 20


async def test_disconnected_it_is_voided_when_the_company_is_connected_again(
    office: Office,
) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    tokens = (await office.connection()).tokens
    await connect(office.database, realm_id=REALM, tokens=None, disconnected_at=NOW)
    await delete_invoice(office.api, invoice)
    await office.work()
    [message] = await problems(office.database)
    assert message.endswith("could not be voided: QuickBooks was disconnected")

    await connect(office.database, realm_id=REALM, tokens=tokens)
    await _resume(office)
    await office.work()

    assert await problems(office.database) == []
    assert office.theirs()[0]["TotalAmt"] == 0


async def test_deleted_while_another_company_is_connected_it_waits_for_its_own(
    office: Office,
) -> None:
    invoice = await office.invoice()
    await office.export(invoice)
    tokens = (await office.connection()).tokens
    await connect(office.database, realm_id="42")

    await delete_invoice(office.api, invoice)
    assert await office.work() == 0
    [message] = await problems(office.database)
    assert message == (
        "INVOICE-1 was deleted here while another company was connected, and its copy in "
        "QuickBooks is still to be voided"
    )

    await connect(office.database, realm_id=REALM, tokens=tokens)
    await _resume(office)
    await office.work()
    assert await problems(office.database) == []
    assert office.theirs()[0]["TotalAmt"] == 0


async def test_deleted_while_its_export_runs_it_is_voided(office: Office) -> None:
    invoice = await office.invoice()
    await office.ask(invoice)
    office.meanwhile(lambda: delete_invoice(office.api, invoice))

    assert await office.work() == 2

    assert [row["TotalAmt"] for row in office.theirs()] == [0]


async def test_deleted_while_its_last_attempt_runs_it_is_voided(office: Office) -> None:
    invoice = await office.invoice()
    office.go_wrong("server_error", times=9)
    await office.export(invoice)
    for _ in range(8):
        await office.work_after(minutes=16)
    office.go_wrong("drop_after")
    office.meanwhile(lambda: delete_invoice(office.api, invoice))

    # Given up as an export, it begins anew as a deletion.
    assert await office.work_after(minutes=16) == 2

    assert [row["TotalAmt"] for row in office.theirs()] == [0]


async def _resume(office: Office) -> None:
    async with office.database.transaction() as session:
        author = Author(1, "Somebody", office.api.clock.now, TODAY)
        await quickbooks_exports.resume(session, author, REALM)
