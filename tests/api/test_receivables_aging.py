"""The aging of receivables: what is owed as of a day, by how late it is."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

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

BUCKETS = ("current", "days1To30", "days31To60", "days61To90", "over90")
AMOUNTS = f"{' '.join(BUCKETS)} outstandingBalance"
AGING = f"""query ($asOf: Date, $customerId: ID) {{
    receivablesAging(asOf: $asOf, customerId: $customerId) {{
        asOf currency total {{ customer {{ name }} {AMOUNTS} }}
        customers {{ customer {{ name }} {AMOUNTS} }}
    }}
}}"""


async def aging(api: Client, as_of: date | None = None, **rest: Any) -> list[dict[str, Any]]:
    asked = rest if as_of is None else {"asOf": str(as_of), **rest}
    return (await api.execute(AGING, **asked))["receivablesAging"]


def row(name: str | None, **amounts: str) -> dict[str, Any]:
    """A row with nothing in the buckets that are not named."""
    buckets = {bucket: Decimal(amounts.get(bucket, "0.00")) for bucket in BUCKETS}
    customer = None if name is None else {"name": name}
    return {"customer": customer, **buckets, "outstandingBalance": sum(buckets.values())}


def report(as_of: date, *rows: dict[str, Any], currency: str = "CAD") -> dict[str, Any]:
    total = {name: str(sum(one[name] for one in rows)) for name in BUCKETS}
    return {
        "asOf": str(as_of),
        "currency": currency,
        "total": row(None, **total),
        "customers": list(rows),
    }


async def sent(
    api: Client,
    amount: str,
    customer: dict[str, Any],
    *,
    on: date = TODAY - timedelta(days=100),
    due: date = TODAY,
) -> dict[str, Any]:
    """A receivable of a customer."""
    dates = {"invoiceDate": str(on), "dueDate": str(due)}
    invoice = await create_invoice(api, amount, customerId=customer["id"], **dates)
    await send_invoice(api, invoice)
    return invoice


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("late", "bucket"),
    [
        (-1, "current"),
        (0, "current"),
        (1, "days1To30"),
        (30, "days1To30"),
        (31, "days31To60"),
        (60, "days31To60"),
        (61, "days61To90"),
        (90, "days61To90"),
        (91, "over90"),
        (4_000, "over90"),
    ],
)
async def test_receivable_is_in_the_bucket_of_its_days_past_due(
    api: Client, late: int, bucket: str
) -> None:
    customer = await create_customer(api)
    await sent(api, "100.00", customer, due=TODAY)

    found = await aging(api, days(late))

    assert found == [report(days(late), row("Acme Freight", **{bucket: "100.00"}))]


async def test_day_is_today_unless_another_is_asked_for(api: Client) -> None:
    customer = await create_customer(api)
    await sent(api, "100.00", customer, due=days(-1))

    assert await aging(api, TODAY) == await aging(api, asOf=None)
    for found in (await aging(api), await aging(api, asOf=None)):
        assert found == [report(TODAY, row("Acme Freight", days1To30="100.00"))]
    # 23:00 in Toronto is not yet tomorrow.
    api.clock.now = api.clock.now.replace(day=12, hour=3)
    assert (await aging(api))[0]["asOf"] == "2026-03-11"


async def test_all_buckets_come_to_the_balance(api: Client) -> None:
    customer = await create_customer(api)
    for amount, late in (("1", -5), ("20", 0), ("300", 7), ("4000", 45), ("50000", 80), ("6", 99)):
        await sent(api, f"{amount}.00", customer, due=days(-late))

    [found] = await aging(api)

    expected = row(
        "Acme Freight",
        current="21.00",
        days1To30="300.00",
        days31To60="4000.00",
        days61To90="50000.00",
        over90="6.00",
    )
    assert found == report(TODAY, expected)
    assert expected["outstandingBalance"] == Decimal("54327.00")
    assert await get_customer(api, customer["id"], "outstandingBalance") == {
        "outstandingBalance": Decimal("54327.00")
    }


async def test_only_what_was_dated_until_the_day_counts(api: Client) -> None:
    customer = await create_customer(api)
    invoice = await sent(api, "100.00", customer, on=days(-20), due=days(-5))
    await record_payment(api, invoice, "30.00", paymentDate=str(days(-10)))
    await record_payment(api, invoice, "70.00", paymentDate=str(days(-2)))

    owed = {
        day: (await aging(api, days(day)) or [None])[0]
        for day in (-21, -20, -11, -10, -4, -3, -2, 9)
    }

    assert owed == {
        -21: None,
        -20: report(days(-20), row("Acme Freight", current="100.00")),
        -11: report(days(-11), row("Acme Freight", current="100.00")),
        -10: report(days(-10), row("Acme Freight", current="70.00")),
        -4: report(days(-4), row("Acme Freight", days1To30="70.00")),
        -3: report(days(-3), row("Acme Freight", days1To30="70.00")),
        -2: None,
        9: None,
    }


async def test_payment_before_its_invoice_counts_from_the_invoice_on(api: Client) -> None:
    customer = await create_customer(api)
    other = await sent(api, "5.00", customer, on=days(-50))
    early = await sent(api, "100.00", customer, on=days(10), due=days(40))
    await record_payment(api, early, "40.00", paymentDate=str(days(-20)))

    # Until the invoice is dated, neither it nor its payment is there.
    for day in (-21, -20, 0):
        assert await aging(api, days(day)) == [
            report(days(day), row("Acme Freight", current="5.00"))
        ]
    assert await aging(api, days(9)) == [report(days(9), row("Acme Freight", days1To30="5.00"))]
    await record_payment(api, other, "5.00", paymentDate=str(days(-30)))
    assert await aging(api, days(9)) == []
    assert await aging(api, days(10)) == [report(days(10), row("Acme Freight", current="60.00"))]


async def test_only_receivables_count(api: Client) -> None:
    customer = await create_customer(api)
    await create_invoice(api, "1.00", customerId=customer["id"])
    deleted = await sent(api, "20.00", customer)
    await delete_invoice(api, deleted)
    prepaid = await create_invoice(api, "300.00", customerId=customer["id"])
    await record_payment(api, prepaid, "100.00")
    taken_back = await sent(api, "4000.00", customer)
    payment = (await record_payment(api, taken_back, "4000.00"))["payment"]
    assert await aging(api) == [report(TODAY, row("Acme Freight", current="200.00"))]

    await api.done("deletePayment", "deletedPaymentId", id=payment["id"])

    assert await aging(api) == [report(TODAY, row("Acme Freight", current="4200.00"))]


async def test_new_due_date_moves_what_is_owed(api: Client) -> None:
    customer = await create_customer(api)
    invoice = await sent(api, "100.00", customer, due=days(-31))
    assert await aging(api) == [report(TODAY, row("Acme Freight", days31To60="100.00"))]

    await api.done("updateInvoice", "invoice { dueDate }", id=invoice["id"], dueDate=str(days(-30)))

    assert await aging(api) == [report(TODAY, row("Acme Freight", days1To30="100.00"))]


async def test_currencies_are_never_mixed(api: Client) -> None:
    for name, currency, amount in (
        ("Yankee", "USD", "10.00"),
        ("Beta", "CAD", "20.00"),
        ("Zulu", "USD", "300.00"),
        ("Nobody", "EUR", None),
        ("Mexico", "MXN", "0.00"),
    ):
        customer = await create_customer(api, name, currency=currency)
        if amount is not None:
            await sent(api, amount, customer)

    # In EUR nothing is billed, in MXN nothing is owed: neither has a report.
    assert await aging(api) == [
        report(TODAY, row("Beta", current="20.00")),
        report(
            TODAY, row("Zulu", current="300.00"), row("Yankee", current="10.00"), currency="USD"
        ),
    ]


async def test_customers_stand_by_balance_then_by_name(api: Client) -> None:
    for name, amounts in (
        ("zulu", ["50.00"]),
        ("Alpha", ["50.00"]),
        ("mike", ["20.00", "40.00"]),
        ("ALPHA", ["50.00"]),
        ("Small", ["0.01"]),
    ):
        customer = await create_customer(api, name)
        for amount in amounts:
            await sent(api, amount, customer, due=days(-40) if amount == "40.00" else TODAY)

    [found] = await aging(api)

    names = [one["customer"]["name"] for one in found["customers"]]
    assert names == ["mike", "Alpha", "ALPHA", "zulu", "Small"]
    assert found["total"] == row(None, current="170.01", days31To60="40.00")


async def test_one_customer_alone(api: Client) -> None:
    customers = [await create_customer(api, name) for name in ("Acme", "Beta", "Settled")]
    for customer, amount in zip(customers, ("10.00", "20.00", "0.00"), strict=True):
        await sent(api, amount, customer)

    found = [await aging(api, customerId=one["id"]) for one in customers]

    assert found == [
        [report(TODAY, row("Acme", current="10.00"))],
        [report(TODAY, row("Beta", current="20.00"))],
        [],
    ]
    assert await aging(api, customerId=None) == await aging(api)


@pytest.mark.parametrize(
    "customer_id",
    [
        "",
        "customer",
        "customer_00000000000000000000000000",
        "invoice_01jnyzp4aaep0s5w6e4kd0r8n0",
        "' OR 1=1 --",
        "x" * 300,
    ],
)
async def test_customer_that_is_not_there_owes_nothing(api: Client, customer_id: str) -> None:
    await sent(api, "10.00", await create_customer(api))

    assert await aging(api, customerId=customer_id) == []


async def test_any_day_may_be_asked_for(api: Client) -> None:
    await sent(api, "10.00", await create_customer(api))

    for first in ("0001-01-01", "0001-02-01", "0001-04-05"):
        assert await aging(api, asOf=first) == []
    last = await aging(api, asOf="9999-12-31")
    assert last == [report(date.max, row("Acme Freight", over90="10.00"))]
    for wrong in ("2026-02-30", "20260310", "", 5):
        [error] = await api.errors(AGING, asOf=wrong)
        assert error["extensions"] == {"code": "BAD_USER_INPUT"}
