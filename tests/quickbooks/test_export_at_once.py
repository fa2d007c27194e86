"""Exports that several ask for, or several workers do, at the same moment."""

import asyncio

from sqlalchemy import update

from db.tables import Job
from domain.job import JobKind
from services.working import Working
from tests.factories import delete_invoice
from tests.quickbooks.office import Office


async def test_one_invoice_that_many_ask_for_is_there_once(office: Office) -> None:
    invoices = [await office.invoice() for _ in "abc"]

    await asyncio.gather(*(office.ask(*invoices[:: -1 if n % 2 else 1]) for n in range(6)))
    await _work_together(office, workers=3)

    numbers = sorted(row["DocNumber"] for row in office.theirs())
    assert numbers == ["INVOICE-1", "INVOICE-2", "INVOICE-3"]
    for invoice in invoices:
        assert (await office.link(invoice))["state"] == "exported"
        assert [kind for kind, _ in await office.told(invoice)] == ["exported"]
    assert len(office.person.see_all("Customer")) == 1


async def test_asked_for_again_while_it_runs_it_is_made_once(office: Office) -> None:
    invoice = await office.invoice()
    await office.ask(invoice)
    office.meanwhile(lambda: office.ask(invoice))

    await office.work()

    assert office.simulator.count("invoice.*") == 1
    assert (await office.link(invoice))["state"] == "exported"
    assert len(await office.told(invoice)) == 1


async def test_changed_while_it_runs_and_asked_for_again_it_has_the_change(office: Office) -> None:
    invoice = await office.invoice()
    await office.ask(invoice)

    async def change() -> None:
        await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Rush")
        await office.ask(invoice)

    office.meanwhile(change)
    await office.work()

    [theirs] = office.theirs()
    assert theirs["PrivateNote"] == f"Rush\nRemit {invoice['id']}"
    assert (await office.link(invoice))["state"] == "exported"


async def test_deleted_and_exported_at_once_none_stays_in_force(office: Office) -> None:
    invoices = [await office.invoice() for _ in range(4)]

    async def ask(invoice: dict[str, str]) -> None:
        await office.api.change(
            "exportInvoicesToQuickBooks", "invoices { id }", invoiceIds=[invoice["id"]]
        )

    await asyncio.gather(
        *(ask(invoice) for invoice in invoices),
        *(delete_invoice(office.api, invoice) for invoice in invoices),
        _work_together(office, workers=2),
    )
    await office.work_after(minutes=5)
    await office.work_after(minutes=5)

    assert [row["TotalAmt"] for row in office.theirs() if row["TotalAmt"]] == []


async def test_a_worker_that_has_lost_its_job_sends_nothing_more(office: Office) -> None:
    invoice = await office.invoice()
    await office.ask(invoice)

    async def lose() -> None:
        async with office.database.transaction() as session:
            lost = update(Job).values(lease_owner="another", lease_until=office.api.clock.now)
            await session.exec(lost)

    office.meanwhile(lose)
    # The other has died as well: a third takes it over.
    assert await office.work() == 2

    assert office.simulator.count("invoice.create") == 1
    assert office.simulator.count("customer.create") <= 2
    assert len(office.person.see_all("Customer")) == 1
    assert len(await office.told(invoice)) == 1


async def _work_together(office: Office, *, workers: int) -> None:
    """As many processes would, each with a loop of its own."""
    push = office.working.handlers[JobKind.PUSH_INVOICE]
    several = [
        Working(office.database, {JobKind.PUSH_INVOICE: push}, office.api.clock)
        for _ in range(workers)
    ]
    while sum(await asyncio.gather(*(one.do_due() for one in several))):
        pass
