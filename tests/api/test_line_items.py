"""Line items: added, changed and removed on orders, and on invoices in review."""

from decimal import Decimal
from typing import Any

import pytest

from tests.client import Client
from tests.factories import create_invoice, create_order, line, record_payment, send_invoice
from tests.readings import get_invoice, get_order, refused_unchanged

PAYLOAD = """lineItem { description rate total }
    invoice { fullId total outstandingBalance version lineItems { rate } }
    order { fullId total version lineItems { rate } }"""


async def make_parent(api: Client, kind: str, *rates: str) -> dict[str, Any]:
    return await (create_order if kind == "order" else create_invoice)(api, *rates)


def parents_of(payload: dict[str, Any], kind: str) -> dict[str, Any]:
    """The named parent, after a look that the other one is null."""
    other = "order" if kind == "invoice" else "invoice"
    assert payload[other] is None
    return payload[kind]


@pytest.mark.parametrize("kind", ["order", "invoice"])
async def test_added_line_stands_last(api: Client, kind: str) -> None:
    parent = await make_parent(api, kind, "1.00", "2.00")

    payload = await api.done(
        "addLineItem", PAYLOAD, parentId=parent["id"], lineItem=line("3.00", taxRate="10")
    )

    assert payload["lineItem"] == {
        "description": "Toronto to Chicago",
        "rate": 3,
        "total": Decimal("3.30"),
    }
    changed = parents_of(payload, kind)
    assert (changed["total"], changed["version"]) == (Decimal("6.30"), 2)
    assert [one["rate"] for one in changed["lineItems"]] == [1, 2, 3]


@pytest.mark.parametrize("kind", ["order", "invoice"])
async def test_changed_line_stays_in_its_place(api: Client, kind: str) -> None:
    parent = await make_parent(api, kind, "1.00", "2.00")

    payload = await api.done(
        "updateLineItem", PAYLOAD, id=parent["lineItems"][0]["id"], rate="5.00", quantity="2"
    )

    assert payload["lineItem"]["total"] == Decimal("10.00")
    changed = parents_of(payload, kind)
    assert (changed["total"], changed["version"]) == (Decimal("12.00"), 2)
    assert [one["rate"] for one in changed["lineItems"]] == [5, 2]


@pytest.mark.parametrize("kind", ["order", "invoice"])
async def test_removed_line_is_gone(api: Client, kind: str) -> None:
    parent = await make_parent(api, kind, "1.00", "2.00")
    line_id = parent["lineItems"][0]["id"]

    payload = await api.done("removeLineItem", PAYLOAD, id=line_id)

    assert payload["lineItem"] is None
    changed = parents_of(payload, kind)
    assert (changed["total"], changed["version"]) == (Decimal("2.00"), 2)
    assert [one["rate"] for one in changed["lineItems"]] == [2]
    assert (await api.execute(f'{{ node(id: "{line_id}") {{ id }} }}'))["node"] is None


async def test_line_added_after_a_removal_stands_last(api: Client) -> None:
    invoice = await create_invoice(api, "1.00", "2.00", "3.00")
    await api.done("removeLineItem", "__typename", id=invoice["lineItems"][1]["id"])

    payload = await api.done("addLineItem", PAYLOAD, parentId=invoice["id"], lineItem=line("4.00"))

    assert [one["rate"] for one in payload["invoice"]["lineItems"]] == [1, 3, 4]


async def test_update_changes_only_what_is_there(api: Client) -> None:
    order = await create_order(
        api, lineItems=[line("9.00", quantity="2", taxRate="5", type="fuel", description="Diesel")]
    )

    payload = await api.done(
        "updateLineItem",
        "lineItem { type description quantity rate taxRate total }",
        id=order["lineItems"][0]["id"],
        description="Fuel",
    )

    assert payload["lineItem"] == {
        "type": "fuel",
        "description": "Fuel",
        "quantity": 2,
        "rate": 9,
        "taxRate": 5,
        "total": Decimal("18.90"),
    }


async def test_update_to_the_same_is_no_change(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")

    payload = await api.done(
        "updateLineItem",
        "invoice { version activity { totalCount } }",
        id=invoice["lineItems"][0]["id"],
        rate="1",
        quantity="1.0",
        type="freight",
    )

    assert payload["invoice"] == {"version": 1, "activity": {"totalCount": 1}}


async def test_nothing_of_a_line_can_be_cleared(api: Client) -> None:
    order = await create_order(api, "1.00")

    for field in ("type", "description", "quantity", "rate", "taxRate"):
        error = await refused_unchanged(
            api, "updateLineItem", id=order["lineItems"][0]["id"], **{field: None}
        )
        assert error == {
            "__typename": "InputError",
            "code": "INVALID_INPUT",
            "message": "This cannot be cleared",
            "path": ["input", field],
        }


MEANINGLESS = [
    ("description", " "),
    ("quantity", "0.00001"),
    ("quantity", "1000000000000"),
    ("rate", "0.00001"),
    ("rate", "1000000000000"),
    ("taxRate", "0.00001"),
    ("taxRate", "100.0001"),
    ("taxRate", "-0.0001"),
]


async def test_meaningless_value_of_an_added_line_is_refused(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")

    for field, value in MEANINGLESS:
        error = await refused_unchanged(
            api, "addLineItem", parentId=invoice["id"], lineItem=line() | {field: value}
        )
        assert error["code"] == "INVALID_INPUT"
        assert error["path"] == ["input", "lineItem", field]


async def test_meaningless_change_of_a_line_is_refused(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")

    for field, value in MEANINGLESS:
        error = await refused_unchanged(
            api, "updateLineItem", id=invoice["lineItems"][0]["id"], **{field: value}
        )
        assert (error["code"], error["path"]) == ("INVALID_INPUT", ["input", field])


@pytest.mark.parametrize(
    ("status", "words"),
    [("sent", "sent"), ("partiallyPaid", "partially paid"), ("paid", "paid")],
)
async def test_lines_are_locked_once_the_invoice_is_more_than_created(
    api: Client, status: str, words: str
) -> None:
    invoice = await create_invoice(api, "10.00")
    line_id = invoice["lineItems"][0]["id"]
    if status == "sent":
        await send_invoice(api, invoice)
    else:
        await record_payment(api, invoice, "10.00" if status == "paid" else "1.00")

    errors = [
        await refused_unchanged(api, "addLineItem", parentId=invoice["id"], lineItem=line()),
        await refused_unchanged(api, "updateLineItem", id=line_id, rate="2.00"),
        await refused_unchanged(api, "removeLineItem", id=line_id),
    ]

    locked = {
        "__typename": "InvoiceStateError",
        "code": "INVOICE_LOCKED",
        "message": f"INVOICE-1 is {words}: its line items can be changed only while it is created",
        "path": ["input"],
        "invoice": {"fullId": "INVOICE-1"},
    }
    assert errors == [locked] * 3


async def test_lines_of_an_invoiced_order_stay_open(api: Client) -> None:
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    await send_invoice(api, invoice)

    await api.done("updateLineItem", PAYLOAD, id=order["lineItems"][0]["id"], rate="11.00")

    assert (await get_order(api, order["id"], "total"))["total"] == Decimal("11.00")
    assert (await get_invoice(api, invoice["id"], "total"))["total"] == Decimal("10.00")


async def test_order_has_at_most_500_lines(api: Client) -> None:
    order = await create_order(api, *["1.00"] * 500)

    error = await refused_unchanged(
        api, "createOrder", customerId=order["customer"]["id"], lineItems=[line()] * 501
    )
    added = await refused_unchanged(api, "addLineItem", parentId=order["id"], lineItem=line())

    assert (error["code"], error["path"]) == ("LIMIT_EXCEEDED", ["input", "lineItems"])
    assert (added["code"], added["path"]) == ("LIMIT_EXCEEDED", ["input", "lineItem"])
    assert (await get_order(api, order["id"], "total"))["total"] == Decimal("500.00")
