"""createInvoice: what is copied, from whom, and what is refused."""

from decimal import Decimal
from typing import Any

import pytest

from tests.client import Client
from tests.factories import (
    address,
    create_customer,
    create_invoice,
    create_order,
    delete_invoice,
    line,
    send_invoice,
)
from tests.readings import get_invoice, refused_unchanged

INVOICE = """invoice {
    invoice fullId status notes invoiceDate terms dueDate sentAt currency version
    total outstandingBalance isOutdated canEditLineItems canRecordPayment canDelete
    createdAt updatedAt customer { id } remitToAddress { address1 } orders { id }
    lineItems { description rate copiedFrom { id } } payments { id }
} alreadyProcessed"""


async def test_invoice_of_a_customer_alone_gets_defaults(api: Client) -> None:
    customer = await create_customer(api, currency="USD", terms="net15")

    payload = await api.done("createInvoice", INVOICE, customerId=customer["id"])

    assert payload == {
        "alreadyProcessed": False,
        "invoice": {
            "invoice": "INVOICE-1 · Acme Freight",
            "fullId": "INVOICE-1",
            "status": "created",
            "notes": None,
            "invoiceDate": "2026-03-10",
            "terms": "net15",
            "dueDate": "2026-03-25",
            "sentAt": None,
            "currency": "USD",
            "version": 1,
            "total": Decimal("0.00"),
            "outstandingBalance": Decimal("0.00"),
            "isOutdated": False,
            "canEditLineItems": True,
            "canRecordPayment": False,
            "canDelete": True,
            "createdAt": "2026-03-10T14:05:00.000Z",
            "updatedAt": "2026-03-10T14:05:00.000Z",
            "customer": {"id": customer["id"]},
            "remitToAddress": None,
            "orders": [],
            "lineItems": [],
            "payments": [],
        },
    }


async def test_copies_come_first_in_the_order_given_then_the_invoices_own_lines(
    api: Client,
) -> None:
    first = await create_order(api, "1.00", "2.00")
    second = await create_order(api, "3.00", customer_id=first["customer"]["id"])

    payload = await api.done(
        "createInvoice",
        INVOICE,
        orderIds=[second["id"], first["id"]],
        lineItems=[line("4.00")],
        invoiceDate="2027-01-31",
        terms="eom",
        notes=" Thank you ",
        remitToAddress=address("1 Factor Way"),
    )

    invoice = payload["invoice"]
    assert [one["rate"] for one in invoice["lineItems"]] == [3, 1, 2, 4]
    assert [one["copiedFrom"] for one in invoice["lineItems"]] == [
        {"id": second["lineItems"][0]["id"]},
        {"id": first["lineItems"][0]["id"]},
        {"id": first["lineItems"][1]["id"]},
        None,
    ]
    assert [one["id"] for one in invoice["orders"]] == [second["id"], first["id"]]
    assert (invoice["invoiceDate"], invoice["dueDate"]) == ("2027-01-31", "2027-01-31")
    assert (invoice["notes"], invoice["total"]) == ("Thank you", Decimal("10.00"))
    assert invoice["remitToAddress"] == {"address1": "1 Factor Way"}


async def test_order_named_twice_counts_once(api: Client) -> None:
    order = await create_order(api, "10.00")

    payload = await api.done("createInvoice", INVOICE, orderIds=[order["id"]] * 2)

    assert payload["invoice"]["total"] == Decimal("10.00")
    assert payload["invoice"]["orders"] == [{"id": order["id"]}]


@pytest.mark.parametrize("input", [{}, {"orderIds": []}, {"orderIds": None, "customerId": None}])
async def test_invoice_of_nobody_is_refused(api: Client, input: dict[str, Any]) -> None:
    error = await refused_unchanged(api, "createInvoice", **input)

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": "Without orders an invoice needs a customer",
        "path": ["input", "customerId"],
    }


async def test_customer_may_be_named_beside_its_orders(api: Client) -> None:
    order = await create_order(api, "10.00")
    customer_id = order["customer"]["id"]

    invoice = await create_invoice(api, orderIds=[order["id"]], customerId=customer_id)

    assert invoice["customer"] == {"id": customer_id}


@pytest.mark.parametrize("customer_id", ["", "nobody", "customer_01m82nx0ppe8jbd76tk9x230hj"])
@pytest.mark.parametrize("has_order", [False, True])
async def test_unknown_customer_is_refused(
    api: Client, customer_id: str, *, has_order: bool
) -> None:
    orders = [(await create_order(api, "1.00"))["id"]] if has_order else []

    error = await refused_unchanged(api, "createInvoice", orderIds=orders, customerId=customer_id)

    assert error == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no customer with this id",
        "path": ["input", "customerId"],
    }


async def test_unknown_order_is_refused_by_its_place(api: Client) -> None:
    order = await create_order(api, "1.00")

    error = await refused_unchanged(
        api, "createInvoice", orderIds=[order["id"], order["customer"]["id"]]
    )

    assert error == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no order with this id",
        "path": ["input", "orderIds", "1"],
    }


async def test_orders_of_two_customers_are_refused(api: Client) -> None:
    first = await create_order(api, "1.00")
    second = await create_order(api, "2.00")

    error = await refused_unchanged(api, "createInvoice", orderIds=[first["id"], second["id"]])

    assert error == {
        "__typename": "InputError",
        "code": "CUSTOMER_MISMATCH",
        "message": "ORDER-2 is not an order of Acme Freight",
        "path": ["input", "orderIds", "1"],
    }


async def test_order_of_another_than_the_customer_named_is_refused(api: Client) -> None:
    order = await create_order(api, "1.00")
    other = await create_customer(api, "Beta Lines")

    error = await refused_unchanged(
        api, "createInvoice", orderIds=[order["id"]], customerId=other["id"]
    )

    assert (error["code"], error["path"]) == ("CUSTOMER_MISMATCH", ["input", "orderIds", "0"])
    assert error["message"] == "ORDER-1 is not an order of Beta Lines"


@pytest.mark.parametrize("is_sent", [False, True])
async def test_order_on_a_live_invoice_is_refused(api: Client, *, is_sent: bool) -> None:
    billed = await create_order(api, "1.00")
    free = await create_order(api, "2.00", customer_id=billed["customer"]["id"])
    invoice = await create_invoice(api, orderIds=[billed["id"]])
    if is_sent:
        await send_invoice(api, invoice)

    error = await refused_unchanged(api, "createInvoice", orderIds=[free["id"], billed["id"]])

    assert error == {
        "__typename": "InvoiceStateError",
        "code": "ORDER_ALREADY_INVOICED",
        "message": "ORDER-1 is on INVOICE-1: delete that invoice before billing the order again",
        "path": ["input", "orderIds", "1"],
        "invoice": {"fullId": "INVOICE-1"},
    }


async def test_changed_order_is_refused_until_its_invoice_is_deleted(api: Client) -> None:
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    await api.done("addLineItem", "__typename", parentId=order["id"], lineItem=line("5.00"))

    error = await refused_unchanged(api, "createInvoice", orderIds=[order["id"]])
    await delete_invoice(api, invoice)
    again = await create_invoice(api, orderIds=[order["id"]])

    assert error["code"] == "ORDER_ALREADY_INVOICED"
    assert await get_invoice(api, again["id"], "fullId total isOutdated") == {
        "fullId": "INVOICE-2",
        "total": Decimal("15.00"),
        "isOutdated": False,
    }


@pytest.mark.parametrize(("own", "code"), [(0, None), (1, "LIMIT_EXCEEDED")])
async def test_copies_and_own_lines_are_500_at_most_together(
    api: Client, own: int, code: str | None
) -> None:
    order = await create_order(api, *["1.00"] * 500)

    payload = await api.change(
        "createInvoice", "invoice { total }", orderIds=[order["id"]], lineItems=[line()] * own
    )

    if code is None:
        assert payload == {"invoice": {"total": Decimal("500.00")}, "userErrors": []}
    else:
        [error] = payload["userErrors"]
        assert payload["invoice"] is None
        assert (error["code"], error["path"]) == (code, ["input", "lineItems"])
        assert error["message"] == "At most 500 line items are allowed"


async def test_refused_own_line_is_named_by_its_place(api: Client) -> None:
    order = await create_order(api, "1.00", "2.00")

    error = await refused_unchanged(
        api, "createInvoice", orderIds=[order["id"]], lineItems=[line(), line("0.00001")]
    )

    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["input", "lineItems", "1", "rate"])


async def test_due_date_beyond_the_calendar_is_refused(api: Client) -> None:
    customer = await create_customer(api)

    error = await refused_unchanged(
        api, "createInvoice", customerId=customer["id"], invoiceDate="9999-12-31", terms="net7"
    )

    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["input", "invoiceDate"])


async def test_more_than_500_orders_at_once_are_refused(api: Client) -> None:
    order = await create_order(api, "100.00")

    error = await api.refused("createInvoice", orderIds=[order["id"]] * 501)

    assert (error["code"], error["path"]) == ("LIMIT_EXCEEDED", ["input", "orderIds"])
