"""An order changed after its lines were copied: isOutdated and hasUninvoicedChanges."""

from typing import Any

import pytest

from tests.client import Client
from tests.factories import create_invoice, create_order, delete_invoice, line, send_invoice
from tests.readings import get_invoice, get_order


async def flags(api: Client, order: dict[str, Any], invoice: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the invoice is outdated, and whether the order has uninvoiced changes."""
    return (
        (await get_invoice(api, invoice["id"], "isOutdated"))["isOutdated"],
        (await get_order(api, order["id"], "hasUninvoicedChanges"))["hasUninvoicedChanges"],
    )


@pytest.mark.parametrize(
    ("field", "value", "before"),
    [
        ("type", "fuel", "freight"),
        ("description", "Chicago to Toronto", "Toronto to Chicago"),
        ("quantity", "2", "1"),
        ("rate", "10.01", "10.00"),
        ("taxRate", "0.0001", "0"),
    ],
)
async def test_changed_line_makes_outdated_and_changed_back_it_is_not(
    api: Client, field: str, value: str, before: str
) -> None:
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    line_id = order["lineItems"][0]["id"]
    seen = [await flags(api, order, invoice)]
    for now in (value, before):
        await api.done("updateLineItem", "__typename", id=line_id, **{field: now})
        seen.append(await flags(api, order, invoice))

    assert seen == [(False, False), (True, True), (False, False)]


async def test_line_removed_and_made_again_is_no_change(api: Client) -> None:
    order = await create_order(api, "10.00", "20.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])

    await api.done("removeLineItem", "__typename", id=order["lineItems"][0]["id"])
    without = await flags(api, order, invoice)
    await api.done("addLineItem", "__typename", parentId=order["id"], lineItem=line("10"))

    assert without == (True, True)
    assert await flags(api, order, invoice) == (False, False)


async def test_line_twice_is_not_line_once(api: Client) -> None:
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])

    await api.done("addLineItem", "__typename", parentId=order["id"], lineItem=line("10.00"))

    assert await flags(api, order, invoice) == (True, True)


async def test_editing_the_invoices_own_copy_does_not_count(api: Client) -> None:
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])

    await api.done("updateLineItem", "__typename", id=invoice["lineItems"][0]["id"], rate="11")
    await api.done("addLineItem", "__typename", parentId=invoice["id"], lineItem=line())

    assert await flags(api, order, invoice) == (False, False)


async def test_one_changed_order_of_two_makes_the_invoice_outdated(api: Client) -> None:
    first = await create_order(api, "1.00")
    second = await create_order(api, "2.00", customer_id=first["customer"]["id"])
    invoice = await create_invoice(api, orderIds=[first["id"], second["id"]])

    await api.done("removeLineItem", "__typename", id=second["lineItems"][0]["id"])

    assert await flags(api, first, invoice) == (True, False)
    assert await flags(api, second, invoice) == (True, True)


async def test_order_without_live_invoice_has_no_uninvoiced_changes(api: Client) -> None:
    order = await create_order(api, "1.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    await api.done("removeLineItem", "__typename", id=order["lineItems"][0]["id"])

    await delete_invoice(api, invoice)

    assert (await get_order(api, order["id"], "hasUninvoicedChanges")) == {
        "hasUninvoicedChanges": False
    }


async def test_invoice_keeps_its_lines_when_the_order_changes(api: Client) -> None:
    order = await create_order(api, "10.00", "20.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    await send_invoice(api, invoice)

    await api.done("updateLineItem", "__typename", id=order["lineItems"][0]["id"], rate="99.00")
    await api.done("removeLineItem", "__typename", id=order["lineItems"][1]["id"])

    found = await get_invoice(api, invoice["id"], "total lineItems { rate copiedFrom { id rate } }")
    # The lineage stays, also of the line that the order has lost.
    assert found == {
        "total": 30,
        "lineItems": [
            {"rate": 10, "copiedFrom": {"id": order["lineItems"][0]["id"], "rate": 99}},
            {"rate": 20, "copiedFrom": {"id": order["lineItems"][1]["id"], "rate": 20}},
        ],
    }
