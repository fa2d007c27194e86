"""Money moved by many clients at once: nothing is paid twice, nothing too much, nothing hangs."""

import asyncio
from decimal import Decimal
from typing import Any

from tests.client import Client
from tests.factories import create_customer, create_invoice, line, record_payment
from tests.readings import get_invoice

BALANCE = "status amountPaid outstandingBalance payments { amount }"


def cheque(invoices: list[dict[str, Any]], amount: str) -> dict[str, Any]:
    return {
        "allocations": [{"invoiceId": one["id"], "amount": amount} for one in invoices],
        "method": "cheque",
    }


async def test_cheques_over_the_same_invoices_in_opposite_order_neither_hang_nor_overpay(
    api: Client,
) -> None:
    customer = await create_customer(api)
    invoices = [await create_invoice(api, "10.00", customerId=customer["id"]) for _ in range(5)]
    orders = [invoices, invoices[::-1], invoices[2:] + invoices[:2]]

    payloads = await asyncio.gather(
        *(
            api.change("recordBatchPayment", "batchId", **cheque(orders[index % 3], "3.00"))
            for index in range(12)
        )
    )

    codes = [error["code"] for one in payloads for error in one["userErrors"]]
    assert codes == ["PAYMENT_EXCEEDS_BALANCE"] * 9
    for invoice in invoices:
        assert await get_invoice(api, invoice["id"], BALANCE) == {
            "status": "partiallyPaid",
            "amountPaid": Decimal("9.00"),
            "outstandingBalance": Decimal("1.00"),
            "payments": [{"amount": 3}] * 3,
        }


async def test_twenty_parallel_requests_with_one_key_make_one_payment(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    given = {
        "invoiceId": invoice["id"],
        "amount": "10.00",
        "method": "cheque",
        "idempotencyKey": "key-1",
    }

    payloads = await asyncio.gather(
        *(api.done("recordPayment", "payment { id } alreadyProcessed", **given) for _ in range(20))
    )

    assert len({one["payment"]["id"] for one in payloads}) == 1
    assert sorted(one["alreadyProcessed"] for one in payloads) == [False] + [True] * 19
    found = await get_invoice(api, invoice["id"], BALANCE)
    assert found["payments"] == [{"amount": 10}]


async def test_same_key_raced_with_other_inputs_does_one_of_them(api: Client) -> None:
    invoice = await create_invoice(api, "1000.00")
    given = {"invoiceId": invoice["id"], "method": "cheque", "idempotencyKey": "key-1"}

    payloads = await asyncio.gather(
        *(
            api.change("recordPayment", "payment { amount }", amount=f"{10 + index}.00", **given)
            for index in range(10)
        )
    )

    [done] = [one["payment"] for one in payloads if one["payment"]]
    codes = [error["code"] for one in payloads for error in one["userErrors"]]
    assert codes == ["IDEMPOTENCY_KEY_REUSED"] * 9
    assert (await get_invoice(api, invoice["id"], BALANCE))["payments"] == [done]


async def test_refused_request_leaves_its_key_to_the_one_that_raced_it(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    given = {"invoiceId": invoice["id"], "method": "cheque", "idempotencyKey": "key-1"}

    payloads = await asyncio.gather(
        *(
            api.change("recordPayment", "payment { amount }", amount=amount, **given)
            for amount in ["10.01"] * 5 + ["10.00"]
        )
    )

    assert payloads[-1]["payment"] == {"amount": 10}
    codes = {error["code"] for one in payloads[:-1] for error in one["userErrors"]}
    assert codes <= {"PAYMENT_EXCEEDS_BALANCE", "IDEMPOTENCY_KEY_REUSED"}


async def test_invoice_is_deleted_or_paid_but_never_both(api: Client) -> None:
    customer = await create_customer(api)
    invoices = [await create_invoice(api, "1.00", customerId=customer["id"]) for _ in range(10)]
    payment = {"amount": "1.00", "method": "cash"}

    payloads = await asyncio.gather(
        *(
            one
            for invoice in invoices
            for one in (
                api.change("deleteInvoice", "deletedInvoiceId", id=invoice["id"]),
                api.change("recordPayment", "payment { id }", invoiceId=invoice["id"], **payment),
            )
        )
    )

    for invoice, deleted, paid in zip(invoices, payloads[::2], payloads[1::2], strict=True):
        shown = await get_invoice(api, invoice["id"], "status")
        if deleted["deletedInvoiceId"]:
            assert [error["code"] for error in paid["userErrors"]] == ["NOT_FOUND"]
            assert shown is None
        else:
            assert [error["code"] for error in deleted["userErrors"]] == ["INVOICE_HAS_PAYMENTS"]
            assert shown == {"status": "paid"}


async def test_parallel_corrections_never_overpay(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    payments = [(await record_payment(api, invoice, "1.00"))["payment"]["id"] for _ in range(5)]

    await asyncio.gather(
        *(
            api.change("updatePayment", "__typename", id=payment_id, amount="3.00")
            for payment_id in payments
        )
    )

    found = await get_invoice(api, invoice["id"], BALANCE)
    assert sorted(one["amount"] for one in found["payments"]) == [1, 1, 1, 3, 3]
    assert (found["amountPaid"], found["outstandingBalance"]) == (9, 1)


async def test_payment_deleted_by_many_at_once_is_deleted_once(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    paid = await record_payment(api, invoice, "4.00")

    payloads = await asyncio.gather(
        *(
            api.change("deletePayment", "deletedPaymentId", id=paid["payment"]["id"])
            for _ in range(8)
        )
    )

    codes = [error["code"] for one in payloads for error in one["userErrors"]]
    assert codes == ["NOT_FOUND"] * 7
    assert await get_invoice(api, invoice["id"], "status amountPaid version") == {
        "status": "created",
        "amountPaid": 0,
        "version": 3,
    }


async def test_payments_raced_with_every_other_change_of_the_invoice_stay_exact(
    api: Client,
) -> None:
    invoice = await create_invoice(api, "10.00")
    earlier = [(await record_payment(api, invoice, "1.00"))["payment"]["id"] for _ in range(5)]
    given = {"invoiceId": invoice["id"], "amount": "1.00", "method": "wire"}

    payloads = await asyncio.gather(
        *(
            api.change("recordPayment", "payment { id }", idempotencyKey=str(index), **given)
            for index in range(12)
        ),
        *(api.change("deletePayment", "deletedPaymentId", id=paid_id) for paid_id in earlier[:3]),
        api.change("updatePayment", "payment { id }", id=earlier[3], amount="1.50"),
        *(api.change("updateInvoice", "__typename", id=invoice["id"], notes=n) for n in "abc"),
        *(api.change("sendInvoice", "__typename", id=invoice["id"]) for _ in range(2)),
    )

    codes = {error["code"] for one in payloads for error in one["userErrors"]}
    assert codes <= {"PAYMENT_EXCEEDS_BALANCE"}
    found = await get_invoice(api, invoice["id"], BALANCE)
    done = sum(one["payment"] is not None for one in payloads[:12])
    assert found["amountPaid"] == sum(one["amount"] for one in found["payments"])
    assert len(found["payments"]) == done + 2
    assert found["outstandingBalance"] == 10 - found["amountPaid"]


async def test_payments_raced_with_new_lines_pay_what_there_is(api: Client) -> None:
    invoice = await create_invoice(api, "10.00")
    given = {"invoiceId": invoice["id"], "amount": "4.00", "method": "wire"}
    added = {"parentId": invoice["id"], "lineItem": line("2.00")}

    changes = await asyncio.gather(
        *(
            one
            for _ in range(5)
            for one in (
                api.change("addLineItem", "lineItem { id }", **added),
                api.change("recordPayment", "payment { id }", **given),
            )
        )
    )

    lines = sum(one.get("lineItem") is not None for one in changes)
    paid = sum(one.get("payment") is not None for one in changes)
    assert await get_invoice(api, invoice["id"], "total amountPaid") == {
        "total": 10 + 2 * lines,
        "amountPaid": 4 * paid,
    }
    assert paid == (10 + 2 * lines) // 4
