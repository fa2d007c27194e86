"""Global ids: found again by node and nodes, and refused alike whatever is wrong with them."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest

from app import create_app
from db import organizations
from db.database import Database
from endpoints.access import Demo
from tests.client import FILES, Client
from tests.conftest import NOW
from tests.factories import (
    address,
    create_customer,
    create_invoice,
    create_order,
    delete_invoice,
    record_payment,
)
from tests.readings import everything

NEVER = "01m82nx0ppe8jbd76tk9x230hj"
MALFORMED = ["", "invoice", "invoice_", "INVOICE-1", "😀", "' OR 1=1 --", "x" * 1000]


@pytest.fixture
async def other(database: Database) -> AsyncGenerator[Client]:
    """The same server for another organization."""
    async with database.transaction() as session:
        organization = await organizations.create(
            session,
            organization_id=2,
            name="Other Freight",
            time_zone="Europe/Berlin",
            currency="EUR",
            created_at=NOW,
        )
    app = create_app(database, Demo(organization), files=FILES, clock=lambda: NOW)
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http)


async def one_of_each(api: Client) -> dict[str, str]:
    """The id of an object of every type, by the type's name."""
    order = await create_order(api, "10.00")
    invoice = await create_invoice(api, orderIds=[order["id"]], remitToAddress=address())
    paid = await record_payment(api, invoice, "1.00")
    data = await api.execute(
        "query ($id: ID!) { invoice(by: { id: $id }) {"
        " remitToAddress { id } activity { nodes { id } } } }",
        id=invoice["id"],
    )
    return {
        "Customer": order["customer"]["id"],
        "Order": order["id"],
        "Invoice": invoice["id"],
        "FinancialLineItem": invoice["lineItems"][0]["id"],
        "Payment": paid["payment"]["id"],
        "Address": data["invoice"]["remitToAddress"]["id"],
        "Activity": data["invoice"]["activity"]["nodes"][0]["id"],
    }


def never_made(found: dict[str, str]) -> dict[str, str]:
    """Well-formed ids of the same types, of no object."""
    return {name: f"{prefix_of(one)}_{NEVER}" for name, one in found.items()}


def prefix_of(global_id: str) -> str:
    return global_id.rpartition("_")[0]


def refusals_of(found: dict[str, str]) -> list[tuple[str, dict[str, Any], list[str]]]:
    """Every mutation that names an object, with that object's id and its path."""
    payment = {"amount": "1.00", "method": "cash"}
    charge = {"type": "freight", "description": "x", "rate": "1"}
    return [
        ("updateCustomer", {"id": found["Customer"], "name": "x"}, ["id"]),
        ("createOrder", {"customerId": found["Customer"], "lineItems": []}, ["customerId"]),
        ("createInvoice", {"customerId": found["Customer"]}, ["customerId"]),
        ("createInvoice", {"orderIds": [found["Order"]]}, ["orderIds", "0"]),
        ("addLineItem", {"parentId": found["Order"], "lineItem": charge}, ["parentId"]),
        ("addLineItem", {"parentId": found["Invoice"], "lineItem": charge}, ["parentId"]),
        ("updateLineItem", {"id": found["FinancialLineItem"], "rate": "1"}, ["id"]),
        ("removeLineItem", {"id": found["FinancialLineItem"]}, ["id"]),
        ("updateInvoice", {"id": found["Invoice"], "notes": "x"}, ["id"]),
        ("sendInvoice", {"id": found["Invoice"]}, ["id"]),
        ("deleteInvoice", {"id": found["Invoice"]}, ["id"]),
        ("recordPayment", {"invoiceId": found["Invoice"], **payment}, ["invoiceId"]),
        (
            "recordBatchPayment",
            {"allocations": [{"invoiceId": found["Invoice"], "amount": "1"}], "method": "cash"},
            ["allocations", "0", "invoiceId"],
        ),
        ("updatePayment", {"id": found["Payment"], "amount": "1"}, ["id"]),
        ("deletePayment", {"id": found["Payment"]}, ["id"]),
    ]


async def test_every_object_is_found_by_its_id_in_the_order_asked_for(api: Client) -> None:
    found = await one_of_each(api)
    ids = [*reversed(found.values()), "invoice_x", found["Order"]]

    data = await api.execute("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids)

    expected: list[Any] = [
        {"__typename": name, "id": found[name]} for name in reversed(list(found))
    ]
    again = {"__typename": "Order", "id": found["Order"]}
    assert data["nodes"] == [*expected, None, again]
    assert {name: prefix_of(one) for name, one in found.items()} == {
        "Customer": "customer",
        "Order": "order",
        "Invoice": "invoice",
        "FinancialLineItem": "line",
        "Payment": "payment",
        "Address": "address",
        "Activity": "activity",
    }


async def test_more_than_100_nodes_are_refused(api: Client) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    [error] = await api.errors(query, ids=["x"] * 101)

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert await api.execute(query, ids=["x"] * 100) == {"nodes": [None] * 100}


async def test_wrong_id_is_null_in_queries(api: Client) -> None:
    await create_invoice(api, "1.00")

    for wrong in (*MALFORMED, f"invoice_{NEVER}"):
        data = await api.execute(
            """query ($id: ID!) {
                node(id: $id) { id } invoice(by: { id: $id }) { id }
                customer(id: $id) { id } order(by: { id: $id }) { id }
            }""",
            id=wrong,
        )
        assert data == {"node": None, "invoice": None, "customer": None, "order": None}, wrong


async def test_id_of_another_type_is_null_in_queries(api: Client) -> None:
    found = await one_of_each(api)

    data = await api.execute(
        """query ($customer: ID!, $order: ID!, $invoice: ID!) {
            invoice(by: { id: $order }) { id }
            customer(id: $invoice) { id }
            order(by: { id: $customer }) { id }
        }""",
        customer=found["Customer"],
        order=found["Order"],
        invoice=found["Invoice"],
    )

    assert data == {"invoice": None, "customer": None, "order": None}


@pytest.mark.parametrize("wrong", ["malformed", "never", "other type"])
async def test_wrong_id_is_not_found_in_mutations(api: Client, wrong: str) -> None:
    found = await one_of_each(api)
    names = list(found)
    ids = {
        "malformed": dict.fromkeys(names, "😀"),
        "never": never_made(found),
        "other type": {name: found[names[names.index(name) - 1]] for name in names},
    }[wrong]
    before = await everything(api)
    for mutation, given, path in refusals_of(ids):
        if wrong == "other type" and mutation == "addLineItem":
            given["parentId"] = found["Customer"]
        error = await api.refused(mutation, **given)
        assert (mutation, error["code"]) == (mutation, "NOT_FOUND")
        assert error["path"] == ["input", *path]
    assert await everything(api) == before


async def test_id_of_another_organization_is_as_if_it_had_never_been(
    api: Client, other: Client
) -> None:
    found = await one_of_each(api)
    never = never_made(found)

    for theirs, nobodys in zip(refusals_of(found), refusals_of(never), strict=True):
        assert await other.refused(theirs[0], **theirs[1]) == await other.refused(
            nobodys[0], **nobodys[1]
        )
    data = await other.execute(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } invoices { totalCount } }",
        ids=list(found.values()),
    )
    assert data == {"nodes": [None] * 7, "invoices": {"totalCount": 0}}


async def test_each_organization_has_its_own_numbers_and_keys(api: Client, other: Client) -> None:
    await create_invoice(api, "1.00", idempotencyKey="key-1")

    payload = await other.done(
        "createInvoice",
        "invoice { fullId currency } alreadyProcessed",
        customerId=(await create_customer(other))["id"],
        idempotencyKey="key-1",
    )

    assert payload == {
        "invoice": {"fullId": "INVOICE-1", "currency": "EUR"},
        "alreadyProcessed": False,
    }


async def test_deleted_invoice_is_refused_as_one_that_never_was(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")
    await delete_invoice(api, invoice)

    assert await api.refused("sendInvoice", id=invoice["id"]) == await api.refused(
        "sendInvoice", id=f"invoice_{NEVER}"
    )
