"""What jobs change is told to whoever watches, as what requests change."""

import asyncio

from db.changes import Subscriber
from domain.activity import ActivityKind
from tests.quickbooks.office import Office

SECONDS = 10


async def watch(office: Office) -> Subscriber:
    return await office.database.changes.subscribe(1, invoice_id=None, customer_id=None)


async def kinds(subscriber: Subscriber, count: int) -> list[ActivityKind]:
    async with asyncio.timeout(SECONDS):
        return [(await subscriber.next()).kind for _ in range(count)]


async def test_an_export_is_told_when_it_is_done(office: Office) -> None:
    subscriber = await watch(office)
    invoice = await office.invoice("100.00")
    await office.export(invoice)

    assert await kinds(subscriber, 2) == [ActivityKind.CREATED, ActivityKind.EXPORTED]


async def test_an_export_that_had_nothing_to_do_is_told_as_well(office: Office) -> None:
    """The invoice was shown as queued meanwhile."""
    subscriber = await watch(office)
    invoice, _ = await office.exported("100.00", notes="Rush")
    await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Slow")
    await office.ask(invoice)
    await office.api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="Rush")
    await office.work()

    assert await kinds(subscriber, 5) == [
        ActivityKind.CREATED,
        ActivityKind.EXPORTED,
        ActivityKind.UPDATED,
        ActivityKind.UPDATED,
        ActivityKind.EXPORTED,
    ]
    assert [kind for kind, _ in await office.told(invoice)] == ["exported"]


async def test_an_export_that_failed_is_told(office: Office) -> None:
    office.go_wrong("refused", code="6210", detail="The account period has closed")
    subscriber = await watch(office)
    await office.export(await office.invoice("100.00"))

    assert await kinds(subscriber, 2) == [ActivityKind.CREATED, ActivityKind.EXPORT_FAILED]


async def test_payments_that_are_made_changed_and_deleted_there_are_told(office: Office) -> None:
    subscriber = await watch(office)
    _, theirs = await office.exported("1000.00")
    payment = office.person.record_payment({theirs: "400.00"})
    await office.pull()
    office.person.edit_payment(payment["Id"], note="Thank you")
    await office.pull()
    # Nothing has changed since.
    await office.pull()
    office.person.delete_payment(payment["Id"])
    await office.pull()

    assert await kinds(subscriber, 5) == [
        ActivityKind.CREATED,
        ActivityKind.EXPORTED,
        ActivityKind.PAYMENT_RECORDED,
        ActivityKind.PAYMENT_UPDATED,
        ActivityKind.PAYMENT_DELETED,
    ]
