"""Today is the organization's day; overdue is counted from it, and is no status."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.client import Client
from tests.factories import create_customer, create_invoice, record_payment, send_invoice
from tests.readings import get_invoice

OVERDUE = "isOverdue daysPastDue"
# In UTC it is the 11th already.
LATE_IN_TORONTO = datetime(2026, 3, 11, 3, 30, tzinfo=UTC)
MIDNIGHT_IN_TORONTO = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (LATE_IN_TORONTO, "2026-03-10"),
        (MIDNIGHT_IN_TORONTO, "2026-03-11"),
        # Before the clocks went forward on 8 March.
        (datetime(2026, 3, 8, 4, 59, tzinfo=UTC), "2026-03-07"),
        (datetime(2026, 3, 8, 5, 0, tzinfo=UTC), "2026-03-08"),
    ],
)
async def test_defaults_are_of_the_organizations_day(
    api: Client, moment: datetime, today: str
) -> None:
    api.clock.now = moment

    invoice = await create_invoice(api, "2.00", terms="net0")
    await send_invoice(api, invoice)
    await record_payment(api, invoice, "1.00")

    found = await get_invoice(
        api, invoice["id"], "invoiceDate dueDate sentAt payments { paymentDate }"
    )
    assert found == {
        "invoiceDate": today,
        "dueDate": today,
        "sentAt": today,
        "payments": [{"paymentDate": today}],
    }


async def test_tomorrow_begins_at_the_organizations_midnight(api: Client) -> None:
    invoice = await create_invoice(api, "2.00")
    payment = {"invoiceId": invoice["id"], "amount": "1.00", "method": "cash"}
    api.clock.now = LATE_IN_TORONTO

    paid_too_soon = await api.refused("recordPayment", paymentDate="2026-03-11", **payment)
    sent_too_soon = await api.refused("sendInvoice", id=invoice["id"], sentAt="2026-03-11")
    api.clock.now = MIDNIGHT_IN_TORONTO
    await api.done("recordPayment", "__typename", paymentDate="2026-03-11", **payment)

    assert paid_too_soon["code"] == "PAYMENT_DATE_IN_FUTURE"
    assert (sent_too_soon["code"], sent_too_soon["path"]) == ("INVALID_INPUT", ["input", "sentAt"])


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (LATE_IN_TORONTO, {"isOverdue": False, "daysPastDue": 0}),
        (MIDNIGHT_IN_TORONTO, {"isOverdue": True, "daysPastDue": 1}),
    ],
)
async def test_due_today_is_not_overdue(
    api: Client, moment: datetime, expected: dict[str, object]
) -> None:
    invoice = await create_invoice(api, "2.00", terms="net0")
    await send_invoice(api, invoice)
    api.clock.now = moment

    assert await get_invoice(api, invoice["id"], OVERDUE) == expected


async def test_overdue_can_be_asked_for_any_day(api: Client) -> None:
    invoice = await create_invoice(api, "2.00", dueDate="2026-02-28")
    await send_invoice(api, invoice)

    found = await get_invoice(
        api,
        invoice["id"],
        """isOverdue daysPastDue
        before: daysPastDue(asOf: "2026-02-28") wasBefore: isOverdue(asOf: "2026-02-28")
        next: daysPastDue(asOf: "2026-03-01") wasNext: isOverdue(asOf: "2026-03-01")
        later: daysPastDue(asOf: "2027-02-28")""",
    )

    assert found == {
        "isOverdue": True,
        "daysPastDue": 10,
        "before": 0,
        "wasBefore": False,
        "next": 1,
        "wasNext": True,
        "later": 365,
    }


async def test_only_receivables_with_a_balance_are_overdue(api: Client) -> None:
    customer = await create_customer(api)
    given = {"customerId": customer["id"], "dueDate": "2026-03-01"}
    names = ("created", "sent", "partiallyPaid", "paid")
    invoices = {name: await create_invoice(api, "2.00", **given) for name in names}
    await send_invoice(api, invoices["sent"])
    await record_payment(api, invoices["partiallyPaid"], "1.00")
    await record_payment(api, invoices["paid"], "2.00")

    found = {
        name: await get_invoice(api, invoice["id"], f"status {OVERDUE}")
        for name, invoice in invoices.items()
    }

    on_time = {"isOverdue": False, "daysPastDue": 0}
    late = {"isOverdue": True, "daysPastDue": 9}
    assert found == {
        "created": {"status": "created", **on_time},
        "sent": {"status": "sent", **late},
        "partiallyPaid": {"status": "partiallyPaid", **late},
        "paid": {"status": "paid", **on_time},
    }


async def test_paying_off_ends_being_overdue_and_deleting_the_payment_brings_it_back(
    api: Client,
) -> None:
    invoice = await create_invoice(api, "2.00", terms="net0")
    await send_invoice(api, invoice)
    api.clock.turn_to(date(2026, 3, 20))

    paid = await record_payment(api, invoice, "2.00")
    settled = await get_invoice(api, invoice["id"], OVERDUE)
    await api.done("deletePayment", "__typename", id=paid["payment"]["id"])

    assert settled == {"isOverdue": False, "daysPastDue": 0}
    assert await get_invoice(api, invoice["id"], f"{OVERDUE} outstandingBalance") == {
        "isOverdue": True,
        "daysPastDue": 10,
        "outstandingBalance": Decimal("2.00"),
    }
