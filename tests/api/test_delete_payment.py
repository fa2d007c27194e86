"""deletePayment: balance and status walk back, and the row stays."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from db.database import Database
from tests.client import Client
from tests.factories import create_invoice, record_payment, send_invoice
from tests.readings import refused_unchanged

INVOICE = """deletedPaymentId invoice {
    status amountPaid outstandingBalance version payments { id } canEditLineItems canDelete
}"""


@pytest.mark.parametrize(
    ("is_sent", "status"), [(False, "created"), (True, "sent")], ids=["unsent", "sent"]
)
async def test_deleting_the_only_payment_walks_the_status_back(
    api: Client, status: str, *, is_sent: bool
) -> None:
    invoice = await create_invoice(api, "10.00")
    if is_sent:
        await send_invoice(api, invoice)
    paid = await record_payment(api, invoice, "10.00")

    payload = await api.done("deletePayment", INVOICE, id=paid["payment"]["id"])

    assert payload == {
        "deletedPaymentId": paid["payment"]["id"],
        "invoice": {
            "status": status,
            "amountPaid": Decimal("0.00"),
            "outstandingBalance": Decimal("10.00"),
            "version": 4 if is_sent else 3,
            "payments": [],
            "canEditLineItems": not is_sent,
            "canDelete": True,
        },
    }


async def test_deleting_one_of_two_payments_leaves_the_other(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    first = await record_payment(api, invoice, "4.00")
    second = await record_payment(api, invoice, "6.00")

    payload = await api.done("deletePayment", INVOICE, id=second["payment"]["id"])

    assert payload["invoice"]["payments"] == [{"id": first["payment"]["id"]}]
    assert payload["invoice"]["status"] == "partiallyPaid"
    assert payload["invoice"]["outstandingBalance"] == Decimal("6.00")


@pytest.mark.parametrize(
    ("mutation", "rest"), [("deletePayment", {}), ("updatePayment", {"amount": "1.00"})]
)
async def test_deleted_payment_is_as_if_it_had_never_been(
    api: Client, mutation: str, rest: dict[str, Any]
) -> None:
    paid = await record_payment(api, await create_invoice(api, "10.00"), "10.00")
    payment_id = paid["payment"]["id"]
    await api.done("deletePayment", "__typename", id=payment_id)

    error = await refused_unchanged(api, mutation, id=payment_id, **rest)

    assert error == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no payment with this id",
        "path": ["input", "id"],
    }
    assert await api.execute(
        "query ($id: ID!) { node(id: $id) { id } payments { totalCount } }", id=payment_id
    ) == {"node": None, "payments": {"totalCount": 0}}


async def test_deleted_row_is_kept_with_who_when_and_why(api: Client, database: Database) -> None:
    paid = await record_payment(api, await create_invoice(api, "10.00"), "10.00")
    await api.done("deletePayment", "__typename", id=paid["payment"]["id"], reason=" Bounced ")

    async with database.transaction() as session:
        connection = await session.connection()
        [row] = await connection.execute(
            text(
                "SELECT amount_cents, deleted_by, deletion_reason, deleted_at FROM payments"
                " WHERE organization_id = 1"
            )
        )

    assert row[:3] == (1000, "Demo admin", "Bounced")
    assert str(row.deleted_at).startswith("2026-03-10")


async def test_what_was_freed_can_be_paid_again(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "10.00")
    await api.done("deletePayment", "__typename", id=paid["payment"]["id"])

    assert (await record_payment(api, invoice, "10.00"))["invoice"]["status"] == "paid"
