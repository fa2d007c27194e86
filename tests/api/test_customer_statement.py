"""A customer's statement: its account from one day to another, line by line."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.api.test_receivables_aging import aging, days, sent
from tests.client import Client
from tests.conftest import TODAY
from tests.factories import (
    create_customer,
    create_invoice,
    delete_invoice,
    record_payment,
    send_invoice,
)
from tests.readings import get_customer

STATEMENT = """query ($id: ID!, $from: Date!, $to: Date!) { customer(id: $id) {
    statement(from: $from, to: $to) {
        from to currency openingBalance closingBalance
        lines {
            date description charge credit balance invoice { fullId } payment { referenceNumber }
        }
    }
} }"""


async def statement(
    api: Client, customer: dict[str, Any], first: date, last: date
) -> dict[str, Any]:
    asked = {"id": customer["id"], "from": str(first), "to": str(last)}
    return (await api.execute(STATEMENT, **asked))["customer"]["statement"]


def lines(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (one["date"], one["description"], one["charge"], one["credit"], one["balance"])
        for one in found["lines"]
    ]


def balances(found: dict[str, Any]) -> tuple[Decimal, list[Decimal], Decimal]:
    each = [one["balance"] for one in found["lines"]]
    return found["openingBalance"], each, found["closingBalance"]


async def test_statement_tells_all_that_happened(api: Client) -> None:
    customer = await create_customer(api, currency="USD")
    before = await sent(api, "100.00", customer, on=days(-60))
    await record_payment(api, before, "40.00", paymentDate=str(days(-50)))
    within = await sent(api, "200.00", customer, on=days(-30), due=days(5))
    payment = {"paymentDate": str(days(-10)), "method": "wire", "referenceNumber": "W-7"}
    await record_payment(api, within, "150.00", **payment)
    await sent(api, "1000.00", customer, on=days(1))

    found = await statement(api, customer, days(-40), TODAY)

    assert found == {
        "from": "2026-01-29",
        "to": "2026-03-10",
        "currency": "USD",
        "openingBalance": Decimal("60.00"),
        "lines": [
            {
                "date": "2026-02-08",
                "description": "INVOICE-2, due 2026-03-15",
                "charge": Decimal("200.00"),
                "credit": None,
                "balance": Decimal("260.00"),
                "invoice": {"fullId": "INVOICE-2"},
                "payment": None,
            },
            {
                "date": "2026-02-28",
                "description": "Wire W-7 for INVOICE-2",
                "charge": None,
                "credit": Decimal("150.00"),
                "balance": Decimal("110.00"),
                "invoice": None,
                "payment": {"referenceNumber": "W-7"},
            },
        ],
        "closingBalance": Decimal("110.00"),
    }


async def test_both_ends_are_included(api: Client) -> None:
    customer = await create_customer(api)
    invoice = await sent(api, "100.00", customer, on=days(-20))
    await record_payment(api, invoice, "30.00", paymentDate=str(days(-10)))

    found = {
        (first, last): balances(await statement(api, customer, days(first), days(last)))
        for first, last in ((-20, -10), (-19, -11), (-21, -20), (-10, -10), (-9, 0), (-40, -21))
    }

    hundred, seventy, none = Decimal("100.00"), Decimal("70.00"), Decimal("0.00")
    assert found == {
        (-20, -10): (none, [hundred, seventy], seventy),
        (-19, -11): (hundred, [], hundred),
        (-21, -20): (none, [hundred], hundred),
        (-10, -10): (hundred, [seventy], seventy),
        (-9, 0): (seventy, [], seventy),
        (-40, -21): (none, [], none),
    }


async def test_charges_come_before_credits_on_one_day(api: Client) -> None:
    customer = await create_customer(api)
    first = await sent(api, "10.00", customer, on=TODAY)
    second = await sent(api, "20.00", customer, on=TODAY)
    await record_payment(api, second, "5.00", method="cash")
    await record_payment(api, first, "10.00", referenceNumber="1042")
    third = await sent(api, "40.00", customer, on=TODAY)
    await record_payment(api, third, "1.00", paymentDate=str(days(-1)), method="other")

    found = await statement(api, customer, days(-1), TODAY)

    due = "due 2026-03-10"
    assert lines(found) == [
        ("2026-03-09", "Payment for INVOICE-3", None, Decimal("1.00"), Decimal("-1.00")),
        ("2026-03-10", f"INVOICE-1, {due}", Decimal("10.00"), None, Decimal("9.00")),
        ("2026-03-10", f"INVOICE-2, {due}", Decimal("20.00"), None, Decimal("29.00")),
        ("2026-03-10", f"INVOICE-3, {due}", Decimal("40.00"), None, Decimal("69.00")),
        ("2026-03-10", "Cheque 1042 for INVOICE-1", None, Decimal("10.00"), Decimal("59.00")),
        ("2026-03-10", "Cash for INVOICE-2", None, Decimal("5.00"), Decimal("54.00")),
    ]


async def test_only_receivables_and_their_payments_count(api: Client) -> None:
    customer = await create_customer(api)
    await create_invoice(api, "1.00", customerId=customer["id"])
    deleted = await sent(api, "20.00", customer)
    await delete_invoice(api, deleted)
    taken_back = await sent(api, "300.00", customer, on=TODAY)
    payment = (await record_payment(api, taken_back, "300.00"))["payment"]
    await api.done("deletePayment", "deletedPaymentId", id=payment["id"])
    prepaid = await create_invoice(api, "4000.00", customerId=customer["id"])
    await record_payment(api, prepaid, "1000.00")
    # Another's does not either.
    await sent(api, "50000.00", await create_customer(api, "Beta"))

    found = await statement(api, customer, date.min, date.max)

    assert [one[2:4] for one in lines(found)] == [
        (Decimal("300.00"), None),
        (Decimal("4000.00"), None),
        (None, Decimal("1000.00")),
    ]
    assert found["closingBalance"] == Decimal("3300.00")


async def test_last_balance_is_what_the_customer_owes(api: Client) -> None:
    customer = await create_customer(api)
    invoice = await sent(api, "100.00", customer, on=days(-20))
    await record_payment(api, invoice, "30.00", paymentDate=str(days(-10)))
    early = await sent(api, "500.00", customer, on=days(20))
    await record_payment(api, early, "200.00", paymentDate=str(days(-5)))

    closing = {
        day: (await statement(api, customer, days(-30), days(day)))["closingBalance"]
        for day in (-6, 0, 19, 20, 400)
    }
    owed = (await get_customer(api, customer["id"], "outstandingBalance"))["outstandingBalance"]
    [aged] = await aging(api)

    # What was paid before its invoice's date is a credit until then: aging leaves out both.
    assert closing == {
        -6: Decimal("70.00"),
        0: Decimal("-130.00"),
        19: Decimal("-130.00"),
        20: Decimal("370.00"),
        400: Decimal("370.00"),
    }
    assert owed == closing[20]
    assert aged["total"]["outstandingBalance"] == closing[0] + 200


async def test_customer_of_nothing_has_an_empty_statement(api: Client) -> None:
    customer = await create_customer(api, currency="EUR")

    assert await statement(api, customer, TODAY, TODAY) == {
        "from": "2026-03-10",
        "to": "2026-03-10",
        "currency": "EUR",
        "openingBalance": Decimal("0.00"),
        "lines": [],
        "closingBalance": Decimal("0.00"),
    }


@pytest.mark.parametrize("customer_id", ["customer_00000000000000000000000000", "", "nobody"])
async def test_customer_that_is_not_there_has_none(api: Client, customer_id: str) -> None:
    asked = {"id": customer_id, "from": "2026-01-01", "to": "2026-12-31"}

    assert await api.execute(STATEMENT, **asked) == {"customer": None}


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("root", ["customer(id: $id) {", "customers { nodes {"])
async def test_from_after_to_is_refused(api: Client, root: str, *, is_there: bool) -> None:
    customer = await create_customer(api) if is_there else {"id": "nobody"}
    query = f"""query ($from: Date!, $id: ID = "x") {{ {root}
        id statement(from: $from, to: "2026-03-10") {{ closingBalance }}
    {"} }" if "nodes" in root else "}"} }} """.replace(
        'query ($from: Date!, $id: ID = "x")',
        "query ($from: Date!)" if "nodes" in root else "query ($from: Date!, $id: ID!)",
    )
    variables = {} if "nodes" in root else {"id": customer["id"]}
    # Also by a plan that has answered before.
    await api.execute(query, **{"from": "2026-03-10", **variables})

    [error] = await api.errors(query, **{"from": "2026-03-11", **variables})

    assert error["message"] == "from must not be after to"
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_mutation_whose_statement_makes_no_sense_changes_nothing(api: Client) -> None:
    customer = await create_customer(api)
    query = """mutation ($input: UpdateCustomerInput!, $from: Date!, $to: Date!) {
        updateCustomer(input: $input) { customer { statement(from: $from, to: $to) { from } } }
    }"""
    asked = {"input": {"id": customer["id"], "name": "Beta"}, "to": "2026-03-10"}

    [error] = await api.errors(query, **{**asked, "from": "2026-03-11"})

    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert await get_customer(api, customer["id"], "name version") == {
        "name": "Acme Freight",
        "version": 1,
    }


async def test_payload_has_what_was_just_recorded(api: Client) -> None:
    customer = await create_customer(api)
    invoice = await sent(api, "100.00", customer, on=TODAY)

    payload = await api.done(
        "recordPayment",
        """invoice { customer { statement(from: "2026-03-10", to: "2026-03-10") {
            closingBalance lines { credit }
        } } }""",
        invoiceId=invoice["id"],
        amount="30.00",
        method="cash",
    )

    assert payload["invoice"]["customer"]["statement"] == {
        "closingBalance": Decimal("70.00"),
        "lines": [{"credit": None}, {"credit": Decimal("30.00")}],
    }


async def test_description_follows_the_method(api: Client) -> None:
    customer = await create_customer(api)
    invoice = await create_invoice(api, "100.00", customerId=customer["id"])
    await send_invoice(api, invoice)
    for method in ("cheque", "ach", "wire", "eft", "creditCard", "cash", "other"):
        await record_payment(api, invoice, "1.00", method=method)

    found = await statement(api, customer, TODAY, TODAY)

    assert [one[1] for one in lines(found)[1:]] == [
        f"{words} for INVOICE-1"
        for words in (
            "Cheque",
            "ACH payment",
            "Wire",
            "EFT",
            "Credit card payment",
            "Cash",
            "Payment",
        )
    ]
