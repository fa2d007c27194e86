"""deleteInvoice: what is refused, what is gone, what is kept."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from db.database import Database
from tests.client import Client
from tests.factories import (
    create_customer,
    create_invoice,
    create_order,
    delete_invoice,
    record_payment,
    send_invoice,
)
from tests.readings import get_order, refused_unchanged


@pytest.mark.parametrize("paid", ["1.00", "10.00"])
async def test_invoice_with_payments_is_kept(api: Client, paid: str) -> None:
    invoice = await create_invoice(api, "10.00")
    await record_payment(api, invoice, paid)

    error = await refused_unchanged(api, "deleteInvoice", id=invoice["id"], reason="Wrong")

    assert error == {
        "__typename": "InvoiceStateError",
        "code": "INVOICE_HAS_PAYMENTS",
        "message": "INVOICE-1 has payments: delete them before the invoice",
        "path": ["input"],
        "invoice": {"fullId": "INVOICE-1"},
    }


async def test_invoice_can_go_when_its_payments_are_deleted(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "10.00")
    await api.done("deletePayment", "__typename", id=paid["payment"]["id"])

    assert (await delete_invoice(api, invoice))["deletedInvoiceId"] == invoice["id"]


async def test_sent_and_unpaid_invoice_can_be_deleted(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    await send_invoice(api, invoice)

    assert await delete_invoice(api, invoice) == {
        "deletedInvoiceId": invoice["id"],
        "orders": [],
    }


async def test_orders_of_a_deleted_invoice_are_answered_and_free(api: Client) -> None:
    first = await create_order(api, "1.00")
    second = await create_order(api, "2.00", customer_id=first["customer"]["id"])
    invoice = await create_invoice(api, orderIds=[second["id"], first["id"]])

    payload = await delete_invoice(api, invoice)

    assert payload["orders"] == [{"id": second["id"]}, {"id": first["id"]}]
    for order in (first, second):
        assert await get_order(api, order["id"], "invoice { id } hasUninvoicedChanges") == {
            "invoice": None,
            "hasUninvoicedChanges": False,
        }


async def test_no_query_shows_a_deleted_invoice(api: Client) -> None:
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]], notes="findme")
    await delete_invoice(api, invoice)

    data = await api.execute(
        """query ($id: ID!, $line: ID!, $customer: ID!, $order: ID!) {
            byId: invoice(by: { id: $id }) { id }
            byFullId: invoice(by: { fullId: "INVOICE-1" }) { id }
            node(id: $id) { id }
            line: node(id: $line) { id }
            nodes(ids: [$id]) { id }
            invoices { totalCount nodes { id } totals { count } }
            found: invoices(filter: { search: "findme" }) { totalCount }
            customer(id: $customer) { invoices { totalCount } outstandingBalance }
            order(by: { id: $order }) { invoice { id } }
        }""",
        id=invoice["id"],
        line=invoice["lineItems"][0]["id"],
        customer=order["customer"]["id"],
        order=order["id"],
    )

    assert data == {
        "byId": None,
        "byFullId": None,
        "node": None,
        "line": None,
        "nodes": [None],
        "invoices": {"totalCount": 0, "nodes": [], "totals": []},
        "found": {"totalCount": 0},
        "customer": {"invoices": {"totalCount": 0}, "outstandingBalance": Decimal("0.00")},
        "order": {"invoice": None},
    }


@pytest.mark.parametrize(
    ("mutation", "input", "path"),
    [
        ("deleteInvoice", {}, "id"),
        ("updateInvoice", {"notes": "x"}, "id"),
        ("sendInvoice", {}, "id"),
        ("recordPayment", {"amount": "1", "method": "cash"}, "invoiceId"),
        ("addLineItem", {"lineItem": {"type": "other", "description": "x", "rate": 1}}, "parentId"),
    ],
)
async def test_nothing_can_be_done_to_a_deleted_invoice(
    api: Client, mutation: str, input: dict[str, Any], path: str
) -> None:
    invoice = await create_invoice(api, "10.00")
    await delete_invoice(api, invoice)

    error = await refused_unchanged(api, mutation, **{path: invoice["id"]} | input)

    assert error == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no invoice with this id",
        "path": ["input", path],
    }


@pytest.mark.parametrize("mutation", ["updateLineItem", "removeLineItem"])
async def test_nothing_can_be_done_to_the_lines_of_a_deleted_invoice(
    api: Client, mutation: str
) -> None:
    invoice = await create_invoice(api, "10.00")
    await delete_invoice(api, invoice)

    error = await refused_unchanged(api, mutation, id=invoice["lineItems"][0]["id"])

    assert (error["code"], error["path"]) == ("NOT_FOUND", ["input", "id"])


async def test_deleted_row_is_kept_with_who_when_and_why(api: Client, database: Database) -> None:
    customer = await create_customer(api)
    invoice = await create_invoice(api, "10.00", customerId=customer["id"])
    await delete_invoice(api, invoice, reason=" Billed twice ")

    async with database.transaction() as session:
        connection = await session.connection()
        [row] = await connection.execute(
            text(
                "SELECT number, deleted_by, deletion_reason, deleted_at FROM invoices"
                " WHERE organization_id = 1"
            )
        )

    assert row[:3] == (1, "Demo admin", "Billed twice")
    assert str(row.deleted_at).startswith("2026-03-10")
