"""Numbers for people: gapless, each given once, and looked up exactly as written."""

from tests.client import Client
from tests.factories import (
    create_customer,
    create_invoice,
    create_order,
    delete_invoice,
    line,
)


async def test_each_kind_is_numbered_from_one(api: Client) -> None:
    customer = await create_customer(api)
    customer_id = customer["id"]
    orders = [await create_order(api, customer_id=customer_id) for _ in range(3)]
    invoices = [await create_invoice(api, customerId=customer_id) for _ in range(3)]

    assert customer["fullId"] == "CUST-1"
    assert (await create_customer(api))["fullId"] == "CUST-2"
    assert [one["fullId"] for one in orders] == ["ORDER-1", "ORDER-2", "ORDER-3"]
    assert [one["fullId"] for one in invoices] == ["INVOICE-1", "INVOICE-2", "INVOICE-3"]


async def test_refused_request_leaves_no_gap(api: Client) -> None:
    customer = await create_customer(api)
    negative = {"customerId": customer["id"], "lineItems": [line("-1.00")]}

    await api.refused("createCustomer", name="Beta Lines", email="nobody")
    await api.refused("createOrder", **negative)
    await api.refused("createInvoice", **negative)

    assert (await create_customer(api))["fullId"] == "CUST-2"
    assert (await create_order(api, customer_id=customer["id"]))["fullId"] == "ORDER-1"
    assert (await create_invoice(api, customerId=customer["id"]))["fullId"] == "INVOICE-1"


async def test_number_of_a_deleted_invoice_is_never_given_again(api: Client) -> None:
    order = await create_order(api, "1.00")
    await delete_invoice(api, await create_invoice(api, orderIds=[order["id"]]))

    again = await create_invoice(api, orderIds=[order["id"]])

    assert again["fullId"] == "INVOICE-2"


async def test_found_by_the_number_for_people(api: Client) -> None:
    order = await create_order(api, "1.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])

    assert await api.execute(
        """{
            invoice(by: { fullId: "INVOICE-1" }) { id }
            order(by: { fullId: "ORDER-1" }) { id }
        }"""
    ) == {"invoice": {"id": invoice["id"]}, "order": {"id": order["id"]}}


async def test_number_not_exactly_so_finds_nothing(api: Client) -> None:
    order = await create_order(api, "1.00")
    await create_invoice(api, orderIds=[order["id"]])

    for full_id in (
        *"INVOICE-2 INVOICE-01 INVOICE-0 INVOICE--1 INVOICE- INVOICE-1x invoice-1 1".split(),
        *"ORDER-1 INVOICE-\u0661 INVOICE-99999999999999999999".split(),
    ):
        data = await api.execute(
            "query ($id: String!) { invoice(by: { fullId: $id }) { id } }", id=full_id
        )
        assert (full_id, data) == (full_id, {"invoice": None})
