"""Orders: how they are made, and whose they are."""

from decimal import Decimal
from typing import Any

from tests.client import Client
from tests.factories import create_customer, create_invoice, create_order, line
from tests.readings import get_order, refused_unchanged

ORDER = """order {
    fullId poNumber refNumber currency subTotal taxTotal total version createdAt
    hasUninvoicedChanges customer { id } invoice { id }
    lineItems { type description quantity rate taxRate amount taxAmount total }
}"""
CARRIAGE = {
    "type": "freight",
    "description": "Toronto to Chicago",
    "quantity": 2,
    "rate": Decimal("94.5"),
    "taxRate": 7,
    "amount": Decimal("189.00"),
    "taxAmount": Decimal("13.23"),
    "total": Decimal("202.23"),
}
DISCOUNT = {
    "type": "other",
    "description": "Discount",
    "quantity": 1,
    "rate": -10,
    "taxRate": 0,
    "amount": Decimal("-10.00"),
    "taxAmount": Decimal("0.00"),
    "total": Decimal("-10.00"),
}


async def test_order_is_in_its_customers_currency_with_its_lines(api: Client) -> None:
    customer = await create_customer(api, currency="USD")

    payload = await api.done(
        "createOrder",
        ORDER,
        customerId=customer["id"],
        poNumber=" PO-77 ",
        refNumber="LOAD 9",
        lineItems=[
            line("94.50", quantity="2", taxRate="7"),
            line("-10.00", type="other", description="Discount"),
        ],
    )

    assert payload["order"] == {
        "fullId": "ORDER-1",
        "poNumber": "PO-77",
        "refNumber": "LOAD 9",
        "currency": "USD",
        "subTotal": Decimal("179.00"),
        "taxTotal": Decimal("13.23"),
        "total": Decimal("192.23"),
        "version": 1,
        "createdAt": "2026-03-10T14:05:00.000Z",
        "hasUninvoicedChanges": False,
        "customer": {"id": customer["id"]},
        "invoice": None,
        "lineItems": [CARRIAGE, DISCOUNT],
    }


async def test_order_may_begin_without_lines(api: Client) -> None:
    order = await create_order(api)

    assert await get_order(api, order["id"], "total lineItems { id }") == {
        "total": Decimal("0.00"),
        "lineItems": [],
    }


async def test_refused_line_is_named_by_its_place(api: Client) -> None:
    customer = await create_customer(api)
    refused: list[tuple[dict[str, Any], str]] = [
        ({"description": " "}, "description"),
        ({"quantity": "0.00001"}, "quantity"),
        ({"rate": "0.00001"}, "rate"),
        ({"taxRate": "0.00001"}, "taxRate"),
        ({"taxRate": "-0.0001"}, "taxRate"),
        ({"taxRate": "100.0001"}, "taxRate"),
        ({"rate": "1000000000000"}, "rate"),
        ({"quantity": "1000000000000"}, "quantity"),
        ({"rate": "999999999999.99", "quantity": "1.1"}, "rate"),
    ]
    for changed, field in refused:
        error = await refused_unchanged(
            api, "createOrder", customerId=customer["id"], lineItems=[line(), line() | changed]
        )
        assert (error["__typename"], error["code"]) == ("InputError", "INVALID_INPUT")
        assert error["path"] == ["input", "lineItems", "1", field]


async def test_order_of_nobody_is_refused(api: Client) -> None:
    error = await refused_unchanged(api, "createOrder", customerId="customer_x", lineItems=[])

    assert error == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no customer with this id",
        "path": ["input", "customerId"],
    }


async def test_order_knows_the_live_invoice_it_is_on(api: Client) -> None:
    order = await create_order(api, "1.00")
    invoice = await create_invoice(api, orderIds=[order["id"]], lineItems=[])

    found = await get_order(api, order["id"], "invoice { id fullId } hasUninvoicedChanges")

    assert found == {
        "invoice": {"id": invoice["id"], "fullId": "INVOICE-1"},
        "hasUninvoicedChanges": False,
    }
