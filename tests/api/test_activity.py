"""Activity: one entry for every change, in words a clerk understands."""

from typing import Any

import pytest
from sqlalchemy import text

from db.database import Database
from tests.client import Client
from tests.factories import (
    address,
    create_customer,
    create_invoice,
    create_order,
    delete_invoice,
    line,
    record_payment,
    send_invoice,
)
from tests.readings import get_invoice


async def activity_of(api: Client, invoice: dict[str, Any]) -> list[tuple[str, str]]:
    """Kinds and messages, newest first."""
    found = await get_invoice(api, invoice["id"], "activity { nodes { kind message } }")
    return [(entry["kind"], entry["message"]) for entry in found["activity"]["nodes"]]


async def told(database: Database) -> list[tuple[str, str]]:
    """Kinds and messages of everything, oldest first."""
    async with database.transaction() as session:
        connection = await session.connection()
        statement = "SELECT kind, message FROM activities WHERE organization_id = 1 ORDER BY id"
        rows = await connection.execute(text(statement))
    return [(row.kind, row.message) for row in rows]


async def test_entry_tells_who_when_and_what(api: Client) -> None:
    invoice = await create_invoice(api, "1000.00")
    api.clock.now = api.clock.now.replace(hour=15)
    await record_payment(api, invoice, "400.00", referenceNumber="1042")

    found = await get_invoice(
        api,
        invoice["id"],
        "activity { totalCount nodes { __typename kind message actor source occurredAt } }",
    )

    common = {"__typename": "Activity", "actor": "Demo admin", "source": "manual"}
    assert found["activity"] == {
        "totalCount": 2,
        "nodes": [
            {
                **common,
                "kind": "paymentRecorded",
                "message": "Recorded cheque 1042, 400.00 CAD; 600.00 outstanding",
                "occurredAt": "2026-03-10T15:05:00.000Z",
            },
            {
                **common,
                "kind": "created",
                "message": "Created INVOICE-1 for Acme Freight, 1000.00 CAD",
                "occurredAt": "2026-03-10T14:05:00.000Z",
            },
        ],
    }


async def test_invoice_tells_of_the_orders_it_was_made_from(api: Client) -> None:
    first = await create_order(api, "1.00")
    second = await create_order(api, "2.00", customer_id=first["customer"]["id"])
    invoice = await create_invoice(api, orderIds=[second["id"], first["id"]])

    assert await activity_of(api, invoice) == [
        ("created", "Created INVOICE-1 for Acme Freight from ORDER-2, ORDER-1, 3.00 CAD")
    ]


async def test_review_and_sending_are_told_line_by_line(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")
    line_id = invoice["lineItems"][0]["id"]
    await api.done(
        "addLineItem", "__typename", parentId=invoice["id"], lineItem=line("5", type="fuel")
    )
    await api.done("updateLineItem", "__typename", id=line_id, rate="2.50", taxRate="10")
    await api.done("removeLineItem", "__typename", id=line_id)
    await send_invoice(api, invoice, sentAt="2026-03-09")

    assert (await activity_of(api, invoice))[:-1] == [
        ("sent", "Sent INVOICE-1 on 2026-03-09"),
        ("lineItemsChanged", "Removed freight “Toronto to Chicago”, 2.75 CAD"),
        ("lineItemsChanged", "Changed a line to freight “Toronto to Chicago”, 2.75 CAD"),
        ("lineItemsChanged", "Added fuel “Toronto to Chicago”, 5.00 CAD"),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"notes": "x"}, "Changed notes"),
        ({"terms": "net7"}, "Changed terms to net7, due date to 2026-03-17"),
        ({"dueDate": "2026-05-01"}, "Changed due date to 2026-05-01"),
        ({"dueDate": "2026-04-09"}, "Changed how the due date is set"),
        (
            {"invoiceDate": "2026-03-01"},
            "Changed invoice date to 2026-03-01, due date to 2026-03-31",
        ),
        ({"remitToAddress": address()}, "Changed remit-to address"),
    ],
)
async def test_update_tells_what_was_changed(
    api: Client, change: dict[str, Any], message: str
) -> None:
    invoice = await create_invoice(api, "1.00")

    await api.done("updateInvoice", "__typename", id=invoice["id"], **change)

    found = dict(await activity_of(api, invoice))
    # The order of the words is not the point.
    assert sorted(found["updated"].removeprefix("Changed ").split(", ")) == sorted(
        message.removeprefix("Changed ").split(", ")
    )


async def test_corrections_of_a_payment_are_told(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "4.00", method="other")
    payment_id = paid["payment"]["id"]
    await api.done("updatePayment", "__typename", id=payment_id, amount="5.50", method="ach")
    await api.done("deletePayment", "__typename", id=payment_id, reason="Bounced")

    assert (await activity_of(api, invoice))[:-1] == [
        ("paymentDeleted", "Deleted ACH payment, 5.50 CAD; 10.00 outstanding (Bounced)"),
        ("paymentUpdated", "Changed a payment to ACH payment, 5.50 CAD; 4.50 outstanding"),
        ("paymentRecorded", "Recorded payment, 4.00 CAD; 6.00 outstanding"),
    ]


async def test_one_cheque_is_told_on_each_of_its_invoices(api: Client) -> None:
    customer = await create_customer(api)
    invoices = [await create_invoice(api, "9.00", customerId=customer["id"]) for _ in range(2)]
    await api.done(
        "recordBatchPayment",
        "__typename",
        allocations=[{"invoiceId": one["id"], "amount": "4.00"} for one in invoices],
        method="cheque",
        referenceNumber="77",
    )

    for invoice in invoices:
        assert (await activity_of(api, invoice))[0] == (
            "paymentRecorded",
            "Recorded cheque 77, 4.00 CAD; 5.00 outstanding",
        )


async def test_customers_orders_and_deletions_are_told_too(api: Client, database: Database) -> None:
    customer = await create_customer(api)
    await api.done(
        "updateCustomer",
        "__typename",
        id=customer["id"],
        name="Acme Cargo",
        billToAddress=address(),
    )
    order = await create_order(api, "5.00", customer_id=customer["id"])
    await api.done("updateLineItem", "__typename", id=order["lineItems"][0]["id"], rate="6.00")
    invoice = await create_invoice(api, orderIds=[order["id"]])
    await delete_invoice(api, invoice, reason="Billed twice")

    assert await told(database) == [
        ("created", "Created CUST-1, Acme Freight"),
        ("updated", "Changed name, bill to address of CUST-1"),
        ("created", "Created ORDER-1 for Acme Cargo, 5.00 CAD"),
        ("lineItemsChanged", "Changed a line to freight “Toronto to Chicago”, 6.00 CAD"),
        ("created", "Created INVOICE-1 for Acme Cargo from ORDER-1, 6.00 CAD"),
        ("deleted", "Deleted INVOICE-1 (Billed twice)"),
    ]


async def test_refused_change_is_not_told(api: Client, database: Database) -> None:
    invoice = await create_invoice(api, "5.00")
    before = await told(database)

    await api.refused("recordPayment", invoiceId=invoice["id"], amount="6.00", method="cash")
    await api.refused("sendInvoice", id=invoice["id"], sentAt="2026-03-11")

    assert await told(database) == before
