"""Due dates: from the invoice date and its terms, unless set by hand."""

import pytest

from tests.client import Client
from tests.factories import create_customer, create_invoice, send_invoice
from tests.readings import get_invoice


async def due_date_after(api: Client, invoice_id: str, **changes: object) -> str:
    payload = await api.done("updateInvoice", "invoice { dueDate }", id=invoice_id, **changes)
    return payload["invoice"]["dueDate"]


async def test_due_date_follows_from_date_and_terms(api: Client) -> None:
    vectors = """
        2026-01-31 net30 2026-03-02
        2024-01-30 net30 2024-02-29
        2024-02-29 net45 2024-04-14
        2025-12-31 net60 2026-03-01
        2026-01-31 eom 2026-01-31
        2024-02-01 eom 2024-02-29
        2024-02-29 pia 2024-02-29
        2024-02-29 net0 2024-02-29
        2024-02-29 net7 2024-03-07
        2024-02-29 net10 2024-03-10
        2024-02-29 net15 2024-03-15
        2024-02-29 net60 2024-04-29
        2024-02-29 net90 2024-05-29
        2026-11-15 net7 2026-11-22
        2026-11-15 net30 2026-12-15
        2026-11-15 net60 2027-01-14
        2026-11-15 net90 2027-02-13
        2026-11-15 eom 2026-11-30
    """
    customer = await create_customer(api)
    for invoice_date, terms, due_date in (row.split() for row in vectors.strip().splitlines()):
        invoice = await create_invoice(
            api, customerId=customer["id"], invoiceDate=invoice_date, terms=terms
        )
        found = await get_invoice(api, invoice["id"], "dueDate")
        assert (terms, found["dueDate"]) == (terms, due_date)


async def test_due_date_follows_new_terms_and_a_new_invoice_date(api: Client) -> None:
    invoice = await create_invoice(api, "1.00", invoiceDate="2026-01-31", terms="net30")

    due_dates = [
        await due_date_after(api, invoice["id"], terms="net60"),
        await due_date_after(api, invoice["id"], invoiceDate="2025-12-31"),
        await due_date_after(api, invoice["id"], terms="eom", invoiceDate="2024-02-01"),
    ]

    assert due_dates == ["2026-04-01", "2026-03-01", "2024-02-29"]


@pytest.mark.parametrize("is_given_at_once", [True, False])
async def test_due_date_set_by_hand_wins_over_terms(api: Client, *, is_given_at_once: bool) -> None:
    given = {"dueDate": "2026-05-05"}
    invoice = await create_invoice(api, "1.00", **given if is_given_at_once else {})
    if not is_given_at_once:
        await due_date_after(api, invoice["id"], **given)

    due_dates = [
        await due_date_after(api, invoice["id"], terms="net7"),
        await due_date_after(api, invoice["id"], invoiceDate="2026-02-01"),
    ]

    assert due_dates == ["2026-05-05", "2026-05-05"]


async def test_due_date_and_terms_given_together_are_both_taken(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")

    due_date = await due_date_after(api, invoice["id"], terms="net7", dueDate="2026-05-05")

    assert due_date == "2026-05-05"
    assert (await get_invoice(api, invoice["id"], "terms"))["terms"] == "net7"


async def test_null_goes_back_to_the_derived_due_date(api: Client) -> None:
    invoice = await create_invoice(api, "1.00", dueDate="2026-05-05", terms="net7")

    assert await due_date_after(api, invoice["id"], dueDate=None) == "2026-03-17"
    assert await due_date_after(api, invoice["id"], terms="net10") == "2026-03-20"


async def test_due_date_of_a_sent_invoice_still_follows_its_terms(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")
    await send_invoice(api, invoice)

    assert await due_date_after(api, invoice["id"], terms="net7") == "2026-03-17"
