"""sendInvoice: a date, and what follows from it."""

import pytest

from tests.client import Client
from tests.factories import create_invoice, record_payment, send_invoice
from tests.readings import get_invoice, refused_unchanged


async def test_sent_today_unless_told_otherwise(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")

    assert await send_invoice(api, invoice) == {
        "status": "sent",
        "sentAt": "2026-03-10",
        "version": 2,
    }


async def test_may_have_been_sent_before_today(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")

    sent = await send_invoice(api, invoice, sentAt="2026-02-28")

    assert sent["sentAt"] == "2026-02-28"


async def test_sent_again_is_dated_anew(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    await send_invoice(api, invoice, sentAt="2026-03-01")

    assert await send_invoice(api, invoice) == {
        "status": "sent",
        "sentAt": "2026-03-10",
        "version": 3,
    }


async def test_cannot_be_sent_tomorrow(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")

    error = await refused_unchanged(api, "sendInvoice", id=invoice["id"], sentAt="2026-03-11")

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": "An invoice cannot be sent in the future (2026-03-11)",
        "path": ["input", "sentAt"],
    }


async def test_invoice_without_lines_cannot_be_sent(api: Client) -> None:
    invoice = await create_invoice(api)

    error = await refused_unchanged(api, "sendInvoice", id=invoice["id"])

    assert error == {
        "__typename": "InvoiceStateError",
        "code": "INVOICE_EMPTY",
        "message": "INVOICE-1 has no line items: add one before sending it",
        "path": ["input"],
        "invoice": {"fullId": "INVOICE-1"},
    }


async def test_invoice_that_lost_its_only_line_cannot_be_sent(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    await api.done("removeLineItem", "__typename", id=invoice["lineItems"][0]["id"])

    assert (await refused_unchanged(api, "sendInvoice", id=invoice["id"]))["code"] == (
        "INVOICE_EMPTY"
    )


@pytest.mark.parametrize(("paid", "status"), [("10.00", "paid"), ("4.00", "partiallyPaid")])
async def test_invoice_paid_in_advance_may_be_sent(api: Client, paid: str, status: str) -> None:
    invoice = await create_invoice(api, "10.00", terms="pia")
    await record_payment(api, invoice, paid)

    assert await send_invoice(api, invoice) == {
        "status": status,
        "sentAt": "2026-03-10",
        "version": 3,
    }


async def test_invoice_over_nothing_is_paid_when_sent(api: Client) -> None:
    invoice = await create_invoice(api, "10.00", "-10.00")

    sent = await send_invoice(api, invoice)

    assert sent["status"] == "paid"
    assert await get_invoice(
        api, invoice["id"], "canRecordPayment canEditLineItems canDelete isOverdue"
    ) == {
        "canRecordPayment": False,
        "canEditLineItems": False,
        "canDelete": True,
        "isOverdue": False,
    }
