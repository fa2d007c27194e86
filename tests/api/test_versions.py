"""Versions: every change raises one, and a stale expectation refuses the change."""

from typing import Any

import pytest

from tests.client import Client
from tests.factories import (
    create_customer,
    create_invoice,
    create_order,
    line,
    record_payment,
    send_invoice,
)
from tests.readings import get_customer, get_invoice, get_order, refused_unchanged


async def test_every_change_of_an_invoice_raises_its_version_by_one(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    invoice_id, line_id = invoice["id"], invoice["lineItems"][0]["id"]

    async def version_after(mutation: str, **given: Any) -> int:
        await api.done(mutation, "__typename", **given)
        return (await get_invoice(api, invoice_id, "version"))["version"]

    payment = {"invoiceId": invoice_id, "method": "cash"}
    versions = [
        await version_after("updateInvoice", id=invoice_id, notes="x"),
        await version_after("addLineItem", parentId=invoice_id, lineItem=line("5.00")),
        await version_after("updateLineItem", id=line_id, rate="6.00"),
        await version_after("removeLineItem", id=line_id),
        await version_after("sendInvoice", id=invoice_id),
        await version_after("recordPayment", amount="1.00", **payment),
        await version_after(
            "recordBatchPayment",
            allocations=[{"invoiceId": invoice_id, "amount": "1.00"}],
            method="cash",
        ),
    ]
    payments = (await get_invoice(api, invoice_id, "payments { id }"))["payments"]
    versions += [
        await version_after("updatePayment", id=payments[0]["id"], amount="2.00"),
        await version_after("deletePayment", id=payments[0]["id"]),
    ]

    assert versions == [2, 3, 4, 5, 6, 7, 8, 9, 10]


async def test_every_change_of_an_order_raises_its_version_by_one(api: Client) -> None:
    order = await create_order(api, "10.00")

    await api.done("addLineItem", "__typename", parentId=order["id"], lineItem=line())
    await api.done("updateLineItem", "__typename", id=order["lineItems"][0]["id"], rate="1")
    await api.done("removeLineItem", "__typename", id=order["lineItems"][0]["id"])

    assert (await get_order(api, order["id"], "version"))["version"] == 4


async def test_payment_of_one_invoice_leaves_the_others_version(api: Client) -> None:
    customer = await create_customer(api)
    first = await create_invoice(api, "1.00", customerId=customer["id"])
    second = await create_invoice(api, "1.00", customerId=customer["id"])

    await record_payment(api, first, "1.00")

    assert (await get_invoice(api, second["id"], "version"))["version"] == 1
    assert (await get_customer(api, customer["id"], "version"))["version"] == 1


@pytest.mark.parametrize(
    "mutation",
    [
        "updateCustomer",
        "updateInvoice",
        "sendInvoice",
        "addLineItem",
        "updateLineItem",
        "removeLineItem",
    ],
)
async def test_version_other_than_the_current_one_is_refused(api: Client, mutation: str) -> None:
    owner, given = await made_twice(api, mutation)

    for expected in (1, 3, 0, -1):
        error = await refused_unchanged(api, mutation, expectedVersion=expected, **given)
        assert error == {
            "__typename": "InputError",
            "code": "STALE_VERSION",
            "message": f"{owner} has been changed since: it is at version 2, not {expected}",
            "path": ["input", "expectedVersion"],
        }


@pytest.mark.parametrize("expected", [2, None])
@pytest.mark.parametrize(
    "mutation", ["updateCustomer", "updateInvoice", "sendInvoice", "updateLineItem"]
)
async def test_current_version_or_none_is_accepted(
    api: Client, mutation: str, expected: int | None
) -> None:
    _owner, given = await made_twice(api, mutation)

    await api.done(mutation, "__typename", expectedVersion=expected, **given)


async def test_line_of_an_order_expects_the_orders_version(api: Client) -> None:
    order = await create_order(api, "1.00")
    given = {"id": order["lineItems"][0]["id"], "rate": "2.00"}
    await api.done("addLineItem", "__typename", parentId=order["id"], lineItem=line())

    error = await refused_unchanged(api, "updateLineItem", expectedVersion=1, **given)
    payload = await api.done("updateLineItem", "order { version }", expectedVersion=2, **given)

    assert error["message"] == "ORDER-1 has been changed since: it is at version 2, not 1"
    assert payload["order"]["version"] == 3


async def test_stale_version_of_a_locked_invoice_is_told_first(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")
    await send_invoice(api, invoice)

    error = await refused_unchanged(
        api, "removeLineItem", id=invoice["lineItems"][0]["id"], expectedVersion=1
    )

    assert error["code"] == "STALE_VERSION"


async def made_twice(api: Client, mutation: str) -> tuple[str, dict[str, Any]]:
    """Something at version 2: its full id, and an input of the mutation that changes it."""
    if mutation == "updateCustomer":
        customer = await create_customer(api)
        await api.done("updateCustomer", "__typename", id=customer["id"], name="Beta Lines")
        return "CUST-1", {"id": customer["id"], "name": "Gamma Cargo"}
    invoice = await create_invoice(api, "1.00")
    await api.done("updateInvoice", "__typename", id=invoice["id"], notes="x")
    line_id = invoice["lineItems"][0]["id"]
    inputs: dict[str, dict[str, Any]] = {
        "updateInvoice": {"id": invoice["id"], "notes": "y"},
        "sendInvoice": {"id": invoice["id"]},
        "addLineItem": {"parentId": invoice["id"], "lineItem": line()},
        "updateLineItem": {"id": line_id, "rate": "2.00"},
        "removeLineItem": {"id": line_id},
    }
    return "INVOICE-1", inputs[mutation]
