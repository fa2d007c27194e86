"""updateInvoice: absent stays, null clears, and what is locked when."""

from typing import Any

import pytest

from tests.client import Client
from tests.factories import address, create_invoice, record_payment, send_invoice
from tests.readings import get_invoice, refused_unchanged

INVOICE = """invoice {
    notes invoiceDate terms dueDate version remitToAddress { address1 } updatedAt
}"""
CHANGES: list[tuple[str, Any]] = [
    ("terms", "net60"),
    ("dueDate", "2026-12-31"),
    ("notes", "Please pay"),
    ("remitToAddress", address("1 Factor Way")),
]


async def test_absent_stays(api: Client) -> None:
    invoice = await create_invoice(
        api,
        "1.00",
        notes="Handle with care",
        terms="net7",
        dueDate="2026-05-05",
        remitToAddress=address(),
    )
    api.clock.now = api.clock.now.replace(hour=15)

    payload = await api.done("updateInvoice", INVOICE, id=invoice["id"], terms="net10")

    assert payload["invoice"] == {
        "notes": "Handle with care",
        "invoiceDate": "2026-03-10",
        "terms": "net10",
        "dueDate": "2026-05-05",
        "version": 2,
        "remitToAddress": {"address1": "12 King St W"},
        "updatedAt": "2026-03-10T15:05:00.000Z",
    }


@pytest.mark.parametrize("field", ["notes", "remitToAddress"])
async def test_null_clears(api: Client, field: str) -> None:
    invoice = await create_invoice(api, "1.00", notes="x", remitToAddress=address())

    payload = await api.done("updateInvoice", INVOICE, id=invoice["id"], **{field: None})

    assert payload["invoice"][field] is None
    assert payload["invoice"]["version"] == 2


@pytest.mark.parametrize("field", ["invoiceDate", "terms"])
async def test_null_is_refused_where_nothing_can_be_cleared(api: Client, field: str) -> None:
    invoice = await create_invoice(api, "1.00")

    error = await refused_unchanged(api, "updateInvoice", id=invoice["id"], **{field: None})

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": "This cannot be cleared",
        "path": ["input", field],
    }


async def test_update_of_nothing_is_no_change(api: Client) -> None:
    invoice = await create_invoice(api, "1.00", notes="x")

    payload = await api.done(
        "updateInvoice",
        "invoice { version activity { totalCount } }",
        id=invoice["id"],
        notes="x",
        terms="net30",
        dueDate=None,
        invoiceDate="2026-03-10",
    )

    assert payload["invoice"] == {"version": 1, "activity": {"totalCount": 1}}


@pytest.mark.parametrize("status", ["created", "sent", "partiallyPaid"])
async def test_may_change_until_paid(api: Client, status: str) -> None:
    invoice = await create_invoice(api, "10.00")
    await bring_to(api, invoice, status)

    for field, value in CHANGES:
        payload = await api.done("updateInvoice", INVOICE, id=invoice["id"], **{field: value})
        expected = {"address1": "1 Factor Way"} if field == "remitToAddress" else value
        assert payload["invoice"][field] == expected


async def test_paid_invoice_is_locked(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    await bring_to(api, invoice, "paid")

    for field, value in (*CHANGES, ("invoiceDate", "2026-03-11")):
        error = await refused_unchanged(api, "updateInvoice", id=invoice["id"], **{field: value})
        assert error == {
            "__typename": "InvoiceStateError",
            "code": "INVOICE_LOCKED",
            "message": "INVOICE-1 is paid and can no longer be changed",
            "path": ["input"],
            "invoice": {"fullId": "INVOICE-1"},
        }


@pytest.mark.parametrize(
    ("status", "words"), [("sent", "sent"), ("partiallyPaid", "partially paid")]
)
async def test_invoice_date_is_locked_once_more_than_created(
    api: Client, status: str, words: str
) -> None:
    invoice = await create_invoice(api, "10.00")
    await bring_to(api, invoice, status)

    error = await refused_unchanged(
        api, "updateInvoice", id=invoice["id"], notes="x", invoiceDate="2026-03-09"
    )

    assert error == {
        "__typename": "InvoiceStateError",
        "code": "INVOICE_LOCKED",
        "message": f"INVOICE-1 is {words}: "
        "its invoice date can be changed only while it is created",
        "path": ["input", "invoiceDate"],
        "invoice": {"fullId": "INVOICE-1"},
    }


async def test_invoice_may_change_again_when_its_payment_is_deleted(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "10.00")
    await api.done("deletePayment", "__typename", id=paid["payment"]["id"])

    payload = await api.done("updateInvoice", INVOICE, id=invoice["id"], invoiceDate="2026-03-01")

    assert payload["invoice"]["invoiceDate"] == "2026-03-01"


async def test_lines_and_totals_do_not_follow_from_terms(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")

    await api.done("updateInvoice", INVOICE, id=invoice["id"], terms="pia")

    assert await get_invoice(api, invoice["id"], "status total terms") == {
        "status": "created",
        "total": 10,
        "terms": "pia",
    }


async def bring_to(api: Client, invoice: dict[str, Any], status: str) -> None:
    if status == "sent":
        await send_invoice(api, invoice)
    elif status != "created":
        await record_payment(api, invoice, "10.00" if status == "paid" else "1.00")
