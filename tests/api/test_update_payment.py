"""updatePayment: a correction, checked against the balance without the payment itself."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from db.database import Database
from tests.client import Client
from tests.factories import create_invoice, record_payment
from tests.readings import get_invoice, refused_unchanged

PAYLOAD = """payment { amount paymentDate method referenceNumber notes }
    invoice { status amountPaid outstandingBalance version }"""


@pytest.mark.parametrize(
    ("amount", "status", "outstanding"),
    [
        ("10.00", "paid", "0.00"),
        ("7.01", "partiallyPaid", "2.99"),
        ("0.01", "partiallyPaid", "9.99"),
    ],
)
async def test_correction_is_not_checked_against_itself(
    api: Client, amount: str, status: str, outstanding: str
) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "7.00")

    payload = await api.done("updatePayment", PAYLOAD, id=paid["payment"]["id"], amount=amount)

    assert payload["payment"]["amount"] == Decimal(amount)
    assert payload["invoice"] == {
        "status": status,
        "amountPaid": Decimal(amount),
        "outstandingBalance": Decimal(outstanding),
        "version": 3,
    }


async def test_refusal_carries_the_balance_without_the_payment(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    await record_payment(api, invoice, "2.00")
    paid = await record_payment(api, invoice, "7.00")

    error = await refused_unchanged(api, "updatePayment", id=paid["payment"]["id"], amount="8.01")

    assert error == {
        "__typename": "PaymentExceedsBalanceError",
        "code": "PAYMENT_EXCEEDS_BALANCE",
        "message": "Only 8.00 CAD is outstanding",
        "path": ["input", "amount"],
        "outstandingBalance": Decimal("8.00"),
    }


async def test_meaningless_correction_is_refused(api: Client) -> None:
    paid = await record_payment(api, await create_invoice(api, "10.00"), "7.00")

    for field, value, code in (
        ("amount", "0", "INVALID_INPUT"),
        ("amount", "-1.00", "INVALID_INPUT"),
        ("amount", "1.005", "INVALID_INPUT"),
        ("amount", None, "INVALID_INPUT"),
        ("method", None, "INVALID_INPUT"),
        ("paymentDate", None, "INVALID_INPUT"),
        ("paymentDate", "2026-03-11", "PAYMENT_DATE_IN_FUTURE"),
    ):
        error = await refused_unchanged(
            api, "updatePayment", id=paid["payment"]["id"], **{field: value}
        )
        assert (error["__typename"], error["code"]) == ("InputError", code)
        assert error["path"] == ["input", field]


async def test_absent_stays_and_null_clears(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(
        api, invoice, "7.00", referenceNumber="1042", notes="x", paymentDate="2026-03-01"
    )

    payload = await api.done(
        "updatePayment", PAYLOAD, id=paid["payment"]["id"], referenceNumber=None, method="eft"
    )

    assert payload["payment"] == {
        "amount": Decimal("7.00"),
        "paymentDate": "2026-03-01",
        "method": "eft",
        "referenceNumber": None,
        "notes": "x",
    }


async def test_correction_to_the_same_is_no_change(api: Client) -> None:
    paid = await record_payment(api, await create_invoice(api, "10.00"), "7.00")

    payload = await api.done(
        "updatePayment", PAYLOAD, id=paid["payment"]["id"], amount="7", notes=None, method="cheque"
    )

    assert payload["invoice"]["version"] == 2


@pytest.mark.parametrize(
    ("mutation", "rest"), [("updatePayment", {"amount": "1.00"}), ("deletePayment", {})]
)
async def test_payment_of_quickbooks_is_managed_there(
    api: Client, database: Database, mutation: str, rest: dict[str, Any]
) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "7.00")
    async with database.transaction() as session:
        connection = await session.connection()
        statement = "UPDATE payments SET source = 'quickBooks', method = NULL"
        await connection.execute(text(f"{statement} WHERE organization_id = 1"))

    error = await refused_unchanged(api, mutation, id=paid["payment"]["id"], **rest)

    assert error == {
        "__typename": "InputError",
        "code": "PAYMENT_MANAGED_BY_QUICKBOOKS",
        "message": "This payment comes from QuickBooks: change or delete it there",
        "path": ["input", "id"],
    }
    found = await get_invoice(api, invoice["id"], "payments { source method canDelete }")
    assert found["payments"] == [{"source": "quickBooks", "method": None, "canDelete": False}]
