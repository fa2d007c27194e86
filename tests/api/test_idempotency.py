"""Idempotency keys: the same request is done once, however often it is sent."""

from collections.abc import AsyncGenerator
from datetime import date
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from app import create_app
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from tests.client import FILES, Client, Clock
from tests.factories import (
    create_customer,
    create_invoice,
    create_order,
    delete_invoice,
    line,
    record_payment,
)
from tests.readings import get_invoice, refused_unchanged

REUSED = {
    "__typename": "InputError",
    "code": "IDEMPOTENCY_KEY_REUSED",
    "message": "This idempotency key was used before, with another input",
    "path": ["input", "idempotencyKey"],
}
PAYLOAD = "payment { id } invoice { id outstandingBalance } alreadyProcessed"


@pytest.fixture
async def restarted(database_url: str, organization: Organization) -> AsyncGenerator[Client]:
    """A second server over the same database."""
    database = Database(database_url)
    clock = Clock()
    transport = httpx2.ASGITransport(
        create_app(database, Demo(organization), files=FILES, clock=clock)
    )
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http, clock)
    await database.close()


def payment_of(invoice: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        "invoiceId": invoice["id"],
        "amount": "10.00",
        "method": "cheque",
        "referenceNumber": "1042",
        "idempotencyKey": "key-1",
        **rest,
    }


async def test_same_request_again_answers_the_first_payment(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    first = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))
    again = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert first["alreadyProcessed"] is False
    assert again == {**first, "alreadyProcessed": True}
    assert first["invoice"]["outstandingBalance"] == Decimal("90.00")


async def test_same_request_after_a_restart_answers_the_first_payment(
    api: Client, restarted: Client
) -> None:
    invoice = await create_invoice(api, "100.00")

    first = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))
    again = await restarted.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert again == {**first, "alreadyProcessed": True}


async def test_replay_answers_when_the_balance_would_no_longer_allow_it(api: Client) -> None:
    invoice = await create_invoice(api, "15.00")
    first = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))
    await record_payment(api, invoice, "5.00")

    again = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert again["payment"] == first["payment"]
    assert again["invoice"]["outstandingBalance"] == 0


async def test_replay_after_the_day_has_passed_is_the_same_request(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    first = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))
    api.clock.turn_to(date(2026, 3, 11))

    again = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert (again["alreadyProcessed"], again["payment"]) == (True, first["payment"])


@pytest.mark.parametrize("amount", [10, "10.0", "10.000"])
async def test_amount_written_otherwise_is_the_same_input(api: Client, amount: object) -> None:
    invoice = await create_invoice(api, "100.00")
    first = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    again = await api.done("recordPayment", PAYLOAD, **payment_of(invoice, amount=amount))

    assert again == {**first, "alreadyProcessed": True}


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "10.01"},
        {"method": "wire"},
        {"referenceNumber": "1043"},
        {"notes": "x"},
        {"paymentDate": "2026-03-09"},
    ],
)
async def test_same_key_with_another_input_is_refused(api: Client, other: dict[str, Any]) -> None:
    invoice = await create_invoice(api, "100.00")
    await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert await refused_unchanged(api, "recordPayment", **payment_of(invoice, **other)) == REUSED


async def test_same_key_for_another_invoice_is_refused(api: Client) -> None:
    first, second = await create_invoice(api, "100.00"), await create_invoice(api, "100.00")
    await api.done("recordPayment", PAYLOAD, **payment_of(first))

    assert await refused_unchanged(api, "recordPayment", **payment_of(second)) == REUSED


async def test_keys_are_one_space_over_all_mutations(api: Client) -> None:
    invoice = await create_invoice(api, "100.00", idempotencyKey="key-1")

    allocations = [{"invoiceId": invoice["id"], "amount": "10.00"}]
    batch = {"allocations": allocations, "method": "cheque", "idempotencyKey": "key-1"}

    assert await refused_unchanged(api, "recordPayment", **payment_of(invoice)) == REUSED
    assert await refused_unchanged(api, "recordBatchPayment", **batch) == REUSED


async def test_refused_request_keeps_no_key(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    too_much = payment_of(invoice, amount="100.01")
    assert (await api.refused("recordPayment", **too_much))["code"] == "PAYMENT_EXCEEDS_BALANCE"

    payload = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert payload["alreadyProcessed"] is False


@pytest.mark.parametrize("key", ["", "k" * 256])
async def test_key_has_1_to_255_characters(api: Client, key: str) -> None:
    invoice = await create_invoice(api, "100.00")

    error = await refused_unchanged(api, "recordPayment", **payment_of(invoice, idempotencyKey=key))

    assert error == {
        "__typename": "InputError",
        "code": "INVALID_INPUT",
        "message": "An idempotency key has 1 to 255 characters",
        "path": ["input", "idempotencyKey"],
    }


@pytest.mark.parametrize("key", ["k", "k" * 255, "é€😀" * 85])
async def test_key_of_1_or_255_characters_is_kept(api: Client, key: str) -> None:
    invoice = await create_invoice(api, "100.00")
    given = payment_of(invoice, idempotencyKey=key)

    answers = [await api.done("recordPayment", PAYLOAD, **given) for _ in range(2)]

    assert [answer["alreadyProcessed"] for answer in answers] == [False, True]


@pytest.mark.parametrize(("day", "is_kept"), [(date(2026, 4, 9), True), (date(2026, 4, 10), False)])
async def test_key_is_kept_for_30_days(api: Client, day: date, *, is_kept: bool) -> None:
    invoice = await create_invoice(api, "100.00")
    # Noon in Toronto, as on the later day.
    api.clock.turn_to(date(2026, 3, 10))
    first = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))
    api.clock.turn_to(day)

    again = await api.done("recordPayment", PAYLOAD, **payment_of(invoice))

    assert again["alreadyProcessed"] is is_kept
    assert (again["payment"] == first["payment"]) is is_kept


async def test_request_without_key_is_done_each_time(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    for _ in range(2):
        await api.done("recordPayment", PAYLOAD, **payment_of(invoice, idempotencyKey=None))

    assert (await get_invoice(api, invoice["id"], "amountPaid"))["amountPaid"] == 20


async def test_same_order_is_billed_once_under_one_key(api: Client) -> None:
    order = await create_order(api, "10.00")
    given = {"orderIds": [order["id"]], "notes": "x", "idempotencyKey": "key-1"}
    selection = "invoice { id fullId } alreadyProcessed"

    first = await api.done("createInvoice", selection, lineItems=[line("5")], **given)
    again = await api.done("createInvoice", selection, lineItems=[line("5.00")], **given)

    assert again == {**first, "alreadyProcessed": True}
    assert await refused_unchanged(api, "createInvoice", lineItems=[line("6")], **given) == REUSED


async def test_one_cheque_is_recorded_once_under_one_key(api: Client) -> None:
    customer = await create_customer(api)
    invoices = [await create_invoice(api, "10.00", customerId=customer["id"]) for _ in range(2)]
    given = {
        "allocations": [{"invoiceId": one["id"], "amount": "10.00"} for one in invoices],
        "method": "cheque",
        "idempotencyKey": "key-1",
    }
    selection = "batchId payments { id } invoices { id status } alreadyProcessed"

    first = await api.done("recordBatchPayment", selection, **given)
    again = await api.done("recordBatchPayment", selection, **given)

    assert again == {**first, "alreadyProcessed": True}
    turned = given | {"allocations": list(reversed(given["allocations"]))}
    assert await refused_unchanged(api, "recordBatchPayment", **turned) == REUSED


async def test_replay_of_what_was_deleted_since_makes_it_no_second_time(api: Client) -> None:
    customer = await create_customer(api)
    given = {"customerId": customer["id"], "idempotencyKey": "key-1"}
    invoice = await create_invoice(api, "10.00", **given)
    await delete_invoice(api, invoice)

    payload = await api.done(
        "createInvoice",
        "invoice { id } alreadyProcessed",
        lineItems=[line("10.00")],
        **given,
    )

    assert payload == {"invoice": None, "alreadyProcessed": True}
