"""recordBatchPayment: one cheque over many invoices, all of it or nothing."""

from decimal import Decimal
from typing import Any

import pytest

from tests.client import Client
from tests.factories import create_customer, create_invoice, delete_invoice
from tests.readings import get_invoice, refused_unchanged

PAYLOAD = """batchId payments {
    amount batchId method referenceNumber paymentDate notes invoice { id }
} invoices { id status outstandingBalance version } alreadyProcessed"""


def share(invoice: dict[str, Any], amount: str) -> dict[str, str]:
    return {"invoiceId": invoice["id"], "amount": amount}


async def create_invoices(api: Client, *rates: str) -> list[dict[str, Any]]:
    """Invoices of one customer, one for each rate."""
    customer = await create_customer(api)
    return [await create_invoice(api, rate, customerId=customer["id"]) for rate in rates]


async def test_one_cheque_pays_many_invoices(api: Client) -> None:
    first, second, third = await create_invoices(api, "10.00", "20.00", "30.00")

    payload = await api.done(
        "recordBatchPayment",
        PAYLOAD,
        allocations=[share(third, "30.00"), share(first, "10.00"), share(second, "5.00")],
        method="cheque",
        referenceNumber="1042",
        paymentDate="2026-03-05",
        notes="Envelope 3",
    )

    assert payload["batchId"].startswith("batch_")
    assert payload["alreadyProcessed"] is False
    common = {
        "batchId": payload["batchId"],
        "method": "cheque",
        "referenceNumber": "1042",
        "paymentDate": "2026-03-05",
        "notes": "Envelope 3",
    }
    assert payload["payments"] == [
        {"amount": Decimal("30.00"), "invoice": {"id": third["id"]}, **common},
        {"amount": Decimal("10.00"), "invoice": {"id": first["id"]}, **common},
        {"amount": Decimal("5.00"), "invoice": {"id": second["id"]}, **common},
    ]
    assert payload["invoices"] == [
        {"id": third["id"], "status": "paid", "outstandingBalance": 0, "version": 2},
        {"id": first["id"], "status": "paid", "outstandingBalance": 0, "version": 2},
        {"id": second["id"], "status": "partiallyPaid", "outstandingBalance": 15, "version": 2},
    ]


async def test_one_share_too_large_refuses_all(api: Client) -> None:
    first, second = await create_invoices(api, "10.00", "20.00")

    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[share(first, "10.00"), share(second, "20.01")],
        method="cheque",
    )

    assert error == {
        "__typename": "PaymentExceedsBalanceError",
        "code": "PAYMENT_EXCEEDS_BALANCE",
        "message": "Only 20.00 CAD is outstanding",
        "path": ["input", "allocations", "1", "amount"],
        "outstandingBalance": Decimal("20.00"),
    }


@pytest.mark.parametrize("amount", ["0", "-1.00", "1.001"])
async def test_meaningless_share_refuses_all(api: Client, amount: str) -> None:
    first, second = await create_invoices(api, "10.00", "20.00")

    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[share(first, "10.00"), share(second, amount)],
        method="cheque",
    )

    assert (error["__typename"], error["code"]) == ("InputError", "INVALID_INPUT")
    assert error["path"] == ["input", "allocations", "1", "amount"]


async def test_invoice_may_stand_once(api: Client) -> None:
    [invoice] = await create_invoices(api, "10.00")

    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[share(invoice, "1.00"), share(invoice, "2.00")],
        method="cheque",
    )

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": "This invoice stands here twice",
        "path": ["input", "allocations", "1", "invoiceId"],
    }


async def test_invoices_of_two_customers_are_refused(api: Client) -> None:
    first, second = [await create_invoice(api, "10.00") for _ in range(2)]

    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[share(first, "1.00"), share(second, "1.00")],
        method="cheque",
    )

    assert error == {
        "__typename": "InputError",
        "code": "CUSTOMER_MISMATCH",
        "message": "INVOICE-2 is another customer's",
        "path": ["input", "allocations", "1", "invoiceId"],
    }


async def test_deleted_invoice_refuses_all(api: Client) -> None:
    first, second = await create_invoices(api, "10.00", "20.00")
    await delete_invoice(api, second)

    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[share(first, "1.00"), share(second, "1.00")],
        method="cheque",
    )

    assert error == {
        "__typename": "InputError",
        "code": "NOT_FOUND",
        "message": "There is no invoice with this id",
        "path": ["input", "allocations", "1", "invoiceId"],
    }


async def test_cheque_of_tomorrow_is_refused(api: Client) -> None:
    [invoice] = await create_invoices(api, "10.00")

    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[share(invoice, "1.00")],
        method="cheque",
        paymentDate="2026-03-11",
    )

    assert (error["code"], error["path"]) == (
        "PAYMENT_DATE_IN_FUTURE",
        ["input", "paymentDate"],
    )


@pytest.mark.parametrize(
    ("count", "code", "place"),
    [
        (0, "INVALID_INPUT", []),
        # A hundred are looked at, and these are nobody's.
        (100, "NOT_FOUND", ["0", "invoiceId"]),
        (101, "LIMIT_EXCEEDED", []),
    ],
)
async def test_one_cheque_is_for_one_to_a_hundred_invoices(
    api: Client, count: int, code: str, place: list[str]
) -> None:
    error = await refused_unchanged(
        api,
        "recordBatchPayment",
        allocations=[{"invoiceId": f"invoice_{index}", "amount": "1"} for index in range(count)],
        method="cheque",
    )

    assert (error["code"], error["path"]) == (code, ["input", "allocations", *place])


async def test_refused_cheque_answers_no_object(api: Client) -> None:
    payload = await api.change("recordBatchPayment", PAYLOAD, allocations=[], method="cheque")

    assert payload == {
        "batchId": None,
        "payments": None,
        "invoices": None,
        "alreadyProcessed": False,
        "userErrors": [
            {
                "__typename": "InputError",
                "code": "INVALID_INPUT",
                "message": "Name at least one invoice",
                "path": ["input", "allocations"],
            }
        ],
    }


async def test_payment_of_a_batch_can_be_deleted_alone(api: Client) -> None:
    first, second = await create_invoices(api, "10.00", "20.00")
    payload = await api.done(
        "recordBatchPayment",
        "payments { id }",
        allocations=[share(first, "10.00"), share(second, "20.00")],
        method="cheque",
    )

    await api.done("deletePayment", "__typename", id=payload["payments"][0]["id"])

    found = [await get_invoice(api, one["id"], "status") for one in (first, second)]
    assert found == [{"status": "created"}, {"status": "paid"}]
