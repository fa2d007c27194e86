"""recordPayment, from the client's side."""

import asyncio
from decimal import Decimal

import pytest

from db.database import Database
from tests.client import Client
from tests.factories import create_invoice, record_payment
from tests.readings import refused_unchanged

INVOICE = """query ($id: ID!) { invoice(by: { id: $id }) {
    status amountPaid outstandingBalance version payments { amount } activity { totalCount }
} }"""
PAYMENT = """payment {
    id invoice { id } paymentDate method referenceNumber notes amount source batchId canDelete
    recordedBy recordedAt
}"""


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


async def test_payment_keeps_what_it_is_recorded_with(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    payload = await api.done(
        "recordPayment",
        f"{PAYMENT} alreadyProcessed",
        invoiceId=invoice["id"],
        amount="40.00",
        paymentDate="2026-03-01",
        method="creditCard",
        referenceNumber=" 1042 ",
        notes=" By phone ",
    )

    assert payload["payment"].pop("id").startswith("payment_")
    assert payload == {
        "alreadyProcessed": False,
        "payment": {
            "invoice": {"id": invoice["id"]},
            "paymentDate": "2026-03-01",
            "method": "creditCard",
            "referenceNumber": "1042",
            "notes": "By phone",
            "amount": Decimal("40.00"),
            "source": "manual",
            "batchId": None,
            "canDelete": True,
            "recordedBy": "Demo admin",
            "recordedAt": "2026-03-10T14:05:00.000Z",
        },
    }


async def test_payment_is_of_today_unless_dated(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    payload = await api.done(
        "recordPayment", PAYMENT, invoiceId=invoice["id"], amount="1", method="cash"
    )

    assert payload["payment"]["paymentDate"] == "2026-03-10"


async def test_payment_may_be_dated_before_its_invoice(api: Client) -> None:
    invoice = await create_invoice(api, "100.00", invoiceDate="2026-03-01")

    paid = await record_payment(api, invoice, "100.00", paymentDate="1999-12-31")

    assert paid["invoice"]["status"] == "paid"


async def test_payment_of_tomorrow_is_refused(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    error = await refused_unchanged(
        api,
        "recordPayment",
        invoiceId=invoice["id"],
        amount="1.00",
        method="wire",
        paymentDate="2026-03-11",
    )

    assert error == {
        "__typename": "InputError",
        "code": "PAYMENT_DATE_IN_FUTURE",
        "message": "A payment cannot be dated in the future (2026-03-11)",
        "path": ["input", "paymentDate"],
    }


async def test_refusal_of_too_much_carries_the_balance(api: Client) -> None:
    invoice = await create_invoice(api, "1000.00")
    await record_payment(api, invoice, "400.00")

    error = await refused_unchanged(
        api, "recordPayment", invoiceId=invoice["id"], amount="600.01", method="cheque"
    )

    assert error == {
        "__typename": "PaymentExceedsBalanceError",
        "code": "PAYMENT_EXCEEDS_BALANCE",
        "message": "Only 600.00 CAD is outstanding",
        "path": ["input", "amount"],
        "outstandingBalance": Decimal("600.00"),
    }


@pytest.mark.parametrize("rates", [(), ("10.00", "-10.00"), ("5.00",)])
async def test_nothing_can_be_paid_where_nothing_is_owed(
    api: Client, rates: tuple[str, ...]
) -> None:
    invoice = await create_invoice(api, *rates)
    if rates == ("5.00",):
        await record_payment(api, invoice, "5.00")

    error = await refused_unchanged(
        api, "recordPayment", invoiceId=invoice["id"], amount="0.01", method="cheque"
    )

    assert (error["code"], error["outstandingBalance"]) == ("PAYMENT_EXCEEDS_BALANCE", 0)


async def test_refused_payment_answers_no_object(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    payload = await api.change(
        "recordPayment",
        "payment { id } invoice { id } alreadyProcessed",
        invoiceId=invoice["id"],
        amount="0",
        method="cheque",
    )

    assert payload == {
        "payment": None,
        "invoice": None,
        "alreadyProcessed": False,
        "userErrors": [
            {
                "__typename": "InputError",
                "code": "INVALID_INPUT",
                "message": "A payment must be more than zero",
                "path": ["input", "amount"],
            }
        ],
    }


async def test_balance_is_paid_off_to_the_cent(api: Client) -> None:
    invoice = await create_invoice(api, "0.30")
    await record_payment(api, invoice, "0.10")
    await record_payment(api, invoice, "0.10")

    paid = await record_payment(api, invoice, "0.10")

    assert paid["invoice"] == {
        "status": "paid",
        "amountPaid": Decimal("0.30"),
        "outstandingBalance": Decimal("0.00"),
        "version": 4,
    }


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


async def test_payment_in_order_is_recorded_in_one_step(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = await create_invoice(api, "100.00")
    monkeypatch.delattr(Database, "transaction")

    paid = await record_payment(api, invoice, "100.00", idempotencyKey="key-1", notes="By phone")

    assert paid["invoice"]["status"] == "paid"
    monkeypatch.undo()
