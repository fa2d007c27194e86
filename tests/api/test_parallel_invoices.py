"""Invoices made, changed and deleted by many clients at once."""

import asyncio
from decimal import Decimal
from typing import Any

from tests.client import Client
from tests.factories import create_customer, create_invoice, create_order, line
from tests.readings import get_invoice

TOTALS = "total subTotal outstandingBalance version lineItems { rate }"


async def test_twenty_parallel_invoices_have_twenty_consecutive_numbers(api: Client) -> None:
    customers = [await create_customer(api) for _ in range(4)]

    invoices = await asyncio.gather(
        *(create_invoice(api, "1.00", customerId=one["id"]) for one in customers * 5)
    )

    numbers = sorted(int(one["fullId"].removeprefix("INVOICE-")) for one in invoices)
    assert numbers == list(range(1, 21))


async def test_refused_among_parallel_invoices_leave_no_gap(api: Client) -> None:
    customer = await create_customer(api)

    payloads = await asyncio.gather(
        *(
            api.change(
                "createInvoice",
                "invoice { fullId }",
                customerId=customer["id"],
                lineItems=[line("-1.00" if index % 2 else "1.00")],
            )
            for index in range(12)
        )
    )

    made = sorted(one["invoice"]["fullId"] for one in payloads if one["invoice"])
    assert made == [f"INVOICE-{number}" for number in range(1, 7)]


async def test_parallel_invoices_for_one_order_make_one(api: Client) -> None:
    order = await create_order(api, "10.00")

    payloads = await asyncio.gather(
        *(
            api.change("createInvoice", "invoice { fullId }", orderIds=[order["id"]])
            for _ in range(10)
        )
    )

    made = [one["invoice"] for one in payloads if one["invoice"]]
    errors = [error for one in payloads for error in one["userErrors"]]
    assert made == [{"fullId": "INVOICE-1"}]
    assert [error["code"] for error in errors] == ["ORDER_ALREADY_INVOICED"] * 9
    assert [error["invoice"] for error in errors] == made * 9


async def test_orders_in_opposite_order_do_not_deadlock(api: Client) -> None:
    first = await create_order(api, "1.00")
    second = await create_order(api, "2.00", customer_id=first["customer"]["id"])
    ids = [first["id"], second["id"]]

    payloads = await asyncio.gather(
        *(
            api.change("createInvoice", "invoice { id }", orderIds=ids[:: -1 if index % 2 else 1])
            for index in range(10)
        )
    )

    assert sum(one["invoice"] is not None for one in payloads) == 1


async def test_parallel_line_changes_keep_totals_right(api: Client) -> None:
    invoice = await create_invoice(api, *["1.00"] * 5)
    lines = [one["id"] for one in invoice["lineItems"]]

    def add(rate: str) -> Any:
        return api.done("addLineItem", "__typename", parentId=invoice["id"], lineItem=line(rate))

    await asyncio.gather(
        *(add(f"{rate}.00") for rate in range(10, 15)),
        *(api.done("updateLineItem", "__typename", id=one, rate="2.50") for one in lines[:3]),
        *(api.done("removeLineItem", "__typename", id=one) for one in lines[3:]),
    )

    found = await get_invoice(api, invoice["id"], TOTALS)
    rates = [one["rate"] for one in found.pop("lineItems")]
    assert rates[:3] == [Decimal("2.5")] * 3
    assert sorted(rates[3:]) == [10, 11, 12, 13, 14]
    assert found == {
        "subTotal": Decimal("67.50"),
        "total": Decimal("67.50"),
        "outstandingBalance": Decimal("67.50"),
        "version": 11,
    }


async def test_one_of_many_changes_of_the_same_version_is_done(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")

    payloads = await asyncio.gather(
        *(
            api.change(
                "addLineItem",
                "__typename",
                parentId=invoice["id"],
                lineItem=line(),
                expectedVersion=1,
            )
            for _ in range(10)
        )
    )

    codes = [error["code"] for one in payloads for error in one["userErrors"]]
    assert codes == ["STALE_VERSION"] * 9
    assert (await get_invoice(api, invoice["id"], "total"))["total"] == Decimal("101.00")


async def test_invoice_copies_an_order_before_or_after_its_change_but_never_half(
    api: Client,
) -> None:
    order = await create_order(api, "1.00", "1.00")

    created, *_ = await asyncio.gather(
        create_invoice(api, orderIds=[order["id"]]),
        *(
            api.done("updateLineItem", "__typename", id=one["id"], rate="5.00")
            for one in order["lineItems"]
        ),
    )

    found = await get_invoice(api, created["id"], "total isOutdated lineItems { rate }")
    assert found["total"] == sum(one["rate"] for one in found["lineItems"])
    assert found["isOutdated"] is (found["total"] != 10)
