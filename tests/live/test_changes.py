"""Whatever changes an invoice is told to whoever watches, within a second, as it is then."""

import time
from decimal import Decimal
from typing import Any

import pytest

from tests.client import Client
from tests.factories import create_invoice, create_order, delete_invoice, line, record_payment
from tests.files import attach, send
from tests.live.conftest import Live
from tests.live.watchers import KINDS, Watcher, watcher

NOW = "2026-03-10T14:05:00.000Z"


LIFE = [
    "created",
    "lineItemsChanged",
    "lineItemsChanged",
    "lineItemsChanged",
    "updated",
    "sent",
    "paymentRecorded",
    "paymentUpdated",
    "paymentDeleted",
    "documentAttached",
    # Its bytes have come.
    "documentAttached",
    "documentRemoved",
    "deleted",
]


async def attached(api: Client, invoice: dict[str, Any]) -> dict[str, Any]:
    """A document that still waits for its bytes, and where this server takes them."""
    document = await attach(api, invoice["id"])
    return {**document, "uploadUrl": document["uploadUrl"].removeprefix("http://test")}


async def kinds(watching: Watcher, count: int) -> list[str]:
    return [(await watching.told())["kind"] for _ in range(count)]


async def test_a_payment_is_told_with_the_new_balance_within_a_second(live: Live) -> None:
    invoice = await create_invoice(live.api, "1000.00")
    async with watcher(live.port) as board:
        began = time.monotonic()
        await record_payment(live.api, invoice, "400.00")
        told = await board.told()
        took = time.monotonic() - began

    assert told == {
        "kind": "paymentRecorded",
        "invoiceId": invoice["id"],
        "occurredAt": NOW,
        "invoice": {
            "fullId": "INVOICE-1",
            "status": "partiallyPaid",
            "amountPaid": Decimal("400.00"),
            "outstandingBalance": Decimal("600.00"),
            "version": 2,
        },
    }
    assert took < 1


async def test_the_life_of_an_invoice_is_told_step_by_step(live: Live) -> None:
    api = live.api
    async with watcher(live.port) as board:
        invoice = await create_invoice(api, "100.00")
        added = await api.done(
            "addLineItem", "lineItem { id }", parentId=invoice["id"], lineItem=line("50.00")
        )
        await api.done(
            "updateLineItem", "lineItem { id }", id=added["lineItem"]["id"], rate="60.00"
        )
        await api.done("removeLineItem", "invoice { id }", id=added["lineItem"]["id"])
        await api.done("updateInvoice", "invoice { id }", id=invoice["id"], notes="By Friday")
        await api.done("sendInvoice", "invoice { id }", id=invoice["id"])
        paid = (await record_payment(api, invoice, "30.00"))["payment"]["id"]
        await api.done("updatePayment", "payment { id }", id=paid, amount="40.00")
        await api.done("deletePayment", "deletedPaymentId", id=paid, reason="Twice")
        document = await attached(api, invoice)
        await send(api, document)
        await api.done("removeDocument", "removedDocumentId", id=document["id"])
        await delete_invoice(api, invoice)

        told = [await board.told() for _ in range(13)]

    assert [one["kind"] for one in told] == LIFE
    assert {one["invoiceId"] for one in told} == {invoice["id"]}
    versions = [one["invoice"]["version"] for one in told[:-1] if one["invoice"]]
    assert versions == sorted(versions)
    assert told[-1]["invoice"] is None


async def test_a_deleted_invoice_is_told_as_null(live: Live) -> None:
    invoice = await create_invoice(live.api, "100.00")
    async with watcher(live.port) as board:
        await delete_invoice(live.api, invoice)

        told = await board.told()

    assert told == {
        "kind": "deleted",
        "invoiceId": invoice["id"],
        "occurredAt": NOW,
        "invoice": None,
    }


async def test_one_cheque_for_many_invoices_tells_of_each(live: Live) -> None:
    first = await create_invoice(live.api, "100.00")
    second = await create_invoice(live.api, "100.00", customerId=first["customer"]["id"])
    async with watcher(live.port) as board:
        allocations = [{"invoiceId": one["id"], "amount": "100.00"} for one in (first, second)]
        await live.api.done(
            "recordBatchPayment", "batchId", allocations=allocations, method="cheque"
        )

        told = [await board.told() for _ in range(2)]

    assert {one["invoiceId"] for one in told} == {first["id"], second["id"]}
    assert [(one["kind"], one["invoice"]["status"]) for one in told] == [
        ("paymentRecorded", "paid"),
        ("paymentRecorded", "paid"),
    ]


async def test_an_invoice_is_told_when_its_order_makes_it_outdated(live: Live) -> None:
    order = await create_order(live.api, "100.00")
    invoice = await create_invoice(live.api, orderIds=[order["id"]])
    query = "subscription { invoiceChanged { kind invoiceId invoice { isOutdated } } }"
    async with watcher(live.port, query=query) as board:
        added = await live.api.done(
            "addLineItem", "lineItem { id }", parentId=order["id"], lineItem=line("50.00")
        )
        await live.api.done("removeLineItem", "order { id }", id=added["lineItem"]["id"])

        told = [await board.told() for _ in range(2)]

    assert told == [
        {
            "kind": "lineItemsChanged",
            "invoiceId": invoice["id"],
            "invoice": {"isOutdated": is_outdated},
        }
        for is_outdated in (True, False)
    ]


async def test_a_new_document_is_told_again_when_it_can_be_downloaded(live: Live) -> None:
    invoice = await create_invoice(live.api, "100.00")
    query = "subscription { invoiceChanged { kind invoice { documents { fileName url } } } }"
    async with watcher(live.port, query=query) as board:
        document = await attached(live.api, invoice)
        [waiting] = (await board.told())["invoice"]["documents"]
        await send(live.api, document)
        [arrived] = (await board.told())["invoice"]["documents"]

    assert waiting["url"] is None
    assert arrived["url"].startswith("http://test/documents/1/")


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("recordPayment", {"amount": "100.01", "method": "wire"}),
    ("recordPayment", {"amount": "0.001", "method": "wire"}),
]


@pytest.mark.parametrize(("mutation", "input"), REFUSED)
async def test_what_is_refused_is_not_told(
    live: Live, mutation: str, input: dict[str, Any]
) -> None:
    invoice = await create_invoice(live.api, "100.00")
    async with watcher(live.port, query=KINDS) as board:
        await live.api.refused(mutation, invoiceId=invoice["id"], **input)
        await live.api.done("sendInvoice", "invoice { id }", id=invoice["id"])

        assert await kinds(board, 1) == ["sent"]
        await board.ping()


async def test_a_replayed_request_is_told_once(live: Live) -> None:
    invoice = await create_invoice(live.api, "100.00")
    async with watcher(live.port, query=KINDS) as board:
        for _ in range(3):
            await record_payment(live.api, invoice, "10.00", idempotencyKey="cheque 7")
        await live.api.done("sendInvoice", "invoice { id }", id=invoice["id"])

        assert await kinds(board, 2) == ["paymentRecorded", "sent"]
        await board.ping()


async def test_a_cheque_that_is_refused_for_one_invoice_is_told_for_none(live: Live) -> None:
    first = await create_invoice(live.api, "100.00")
    second = await create_invoice(live.api, "100.00", customerId=first["customer"]["id"])
    async with watcher(live.port, query=KINDS) as board:
        allocations = [
            {"invoiceId": first["id"], "amount": "100.00"},
            {"invoiceId": second["id"], "amount": "100.01"},
        ]
        await live.api.refused("recordBatchPayment", allocations=allocations, method="cheque")
        await live.api.done("sendInvoice", "invoice { id }", id=second["id"])

        assert await board.told() == {"kind": "sent", "invoice": {"fullId": "INVOICE-2"}}
