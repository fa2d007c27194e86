"""Status follows from what was sent and what was paid, forth and back."""

from typing import Any

from tests.client import Client
from tests.factories import create_invoice, record_payment, send_invoice
from tests.readings import get_invoice

STATUS = "status canEditLineItems canRecordPayment canDelete"


def shown(status: str, *, can: str) -> dict[str, Any]:
    """`can` names what may be done: edit, pay, delete."""
    return {
        "status": status,
        "canEditLineItems": "edit" in can,
        "canRecordPayment": "pay" in can,
        "canDelete": "delete" in can,
    }


async def test_status_goes_forth_with_payments_and_back_without_them(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    seen = [await get_invoice(api, invoice["id"], STATUS)]
    await send_invoice(api, invoice)
    seen.append(await get_invoice(api, invoice["id"], STATUS))
    payments: list[str] = []
    for amount in ("4.00", "6.00"):
        payments.append((await record_payment(api, invoice, amount))["payment"]["id"])
        seen.append(await get_invoice(api, invoice["id"], STATUS))
    for payment_id in payments:
        await api.done("deletePayment", "__typename", id=payment_id)
        seen.append(await get_invoice(api, invoice["id"], STATUS))

    assert seen == [
        shown("created", can="edit pay delete"),
        shown("sent", can="pay delete"),
        shown("partiallyPaid", can="pay"),
        shown("paid", can=""),
        shown("partiallyPaid", can="pay"),
        shown("sent", can="pay delete"),
    ]


async def test_invoice_paid_in_advance_goes_back_to_created(api: Client) -> None:
    invoice = await create_invoice(api, "10.00", terms="pia")
    paid = await record_payment(api, invoice, "10.00")
    await api.done("deletePayment", "__typename", id=paid["payment"]["id"])

    assert await get_invoice(api, invoice["id"], STATUS) == shown("created", can="edit pay delete")


async def test_correcting_a_payment_moves_the_status(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "10.00")
    selection = f"invoice {{ {STATUS} }}"

    less = await api.done("updatePayment", selection, id=paid["payment"]["id"], amount="9.99")
    more = await api.done("updatePayment", selection, id=paid["payment"]["id"], amount="10.00")

    assert less["invoice"] == shown("partiallyPaid", can="pay")
    assert more["invoice"] == shown("paid", can="")


async def test_invoice_over_nothing_is_created_until_sent(api: Client) -> None:
    invoice = await create_invoice(api)

    assert await get_invoice(api, invoice["id"], STATUS) == shown("created", can="edit delete")


async def test_status_may_be_named_any_number_of_times(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    query = """query ($status: [InvoiceStatus!]) {
        invoices(filter: { status: $status }) { nodes { id } }
    }"""

    found = await api.execute(query, status=["created", "paid"] * 20_000)

    assert found["invoices"]["nodes"] == [{"id": invoice["id"]}]
