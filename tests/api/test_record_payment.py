"""recordPayment, from the client's side."""

import asyncio
from decimal import Decimal

import pytest

from tests.client import Client
from tests.factories import create_invoice, record_payment

INVOICE = """query ($id: ID!) { invoice(by: { id: $id }) {
    status amountPaid outstandingBalance version payments { amount } activity { totalCount }
} }"""


async def test_part_payment_reduces_the_balance(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    paid = await record_payment(api, invoice, "40.00")

    assert paid["payment"]["amount"] == Decimal("40.00")
    assert paid["invoice"] == {
        "status": "partiallyPaid",
        "amountPaid": Decimal("40.00"),
        "outstandingBalance": Decimal("60.00"),
        "version": 2,
    }


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("100.01", "PAYMENT_EXCEEDS_BALANCE"),
        ("0", "INVALID_INPUT"),
        ("-1.00", "INVALID_INPUT"),
        ("0.001", "INVALID_INPUT"),
    ],
)
async def test_refused_payment_changes_nothing(api: Client, amount: str, code: str) -> None:
    invoice = await create_invoice(api, "100.00")
    before = await api.execute(INVOICE, id=invoice["id"])

    error = await api.refused(
        "recordPayment", invoiceId=invoice["id"], amount=amount, method="cheque"
    )

    assert (error["code"], error["path"]) == (code, ["input", "amount"])
    assert await api.execute(INVOICE, id=invoice["id"]) == before


async def test_forty_parallel_payments_never_overpay(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    payloads = await asyncio.gather(
        *(
            api.change(
                "recordPayment",
                "payment { id }",
                invoiceId=invoice["id"],
                amount="10.00",
                method="cheque",
            )
            for _ in range(40)
        )
    )

    assert sum(payload["payment"] is not None for payload in payloads) == 10
    found = (await api.execute(INVOICE, id=invoice["id"]))["invoice"]
    assert (found["status"], found["amountPaid"]) == ("paid", Decimal("100.00"))
    assert len(found["payments"]) == 10
