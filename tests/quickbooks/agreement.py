"""What must be true of both sides when nothing is on its way any more."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from db import audit
from tests.quickbooks.real_office import Office

Json = dict[str, Any]

_COPIES = """
    SELECT 'INVOICE-' || invoices.number, invoices.deleted_at IS NOT NULL, invoices.total_cents,
        copies.state, copies.quickbooks_id, copies.gone_at IS NOT NULL, copies.error
    FROM invoices LEFT JOIN quickbooks_invoices AS copies
        ON copies.organization_id = invoices.organization_id AND copies.invoice_id = invoices.id
"""
_PAYMENTS = """
    SELECT allocations.quickbooks_id, copies.quickbooks_id, payments.amount_cents
    FROM payments
    LEFT JOIN quickbooks_allocations AS allocations
        ON allocations.organization_id = payments.organization_id
        AND allocations.payment_id = payments.id
    LEFT JOIN quickbooks_invoices AS copies
        ON copies.organization_id = payments.organization_id
        AND copies.invoice_id = payments.invoice_id
    WHERE payments.source = 'quickBooks' AND payments.deleted_at IS NULL
"""
_OWED = """
    SELECT copies.quickbooks_id, invoices.outstanding_balance_cents
    FROM invoices JOIN quickbooks_invoices AS copies
        ON copies.organization_id = invoices.organization_id AND copies.invoice_id = invoices.id
    WHERE invoices.deleted_at IS NULL
"""


async def check(office: Office) -> None:
    """Every exported invoice is there once with our total; every payment line there is here once.

    The exception are lines that would overpay an invoice here: each is a problem that is told.
    """
    linked = await _check_invoices(office)
    await _check_payments(office, linked)
    assert await audit.differences(office.database) == []


async def _check_invoices(office: Office) -> set[str]:
    """The ids in QuickBooks of the live invoices whose copies are live."""
    copies = defaultdict[str, list[Json]](list)
    for row in office.person.see_all("Invoice"):
        if not row.get("PrivateNote", "").startswith("Voided"):
            copies[row["DocNumber"]].append(row)
    linked: set[str] = set()
    for number, is_deleted, total_cents, state, quickbooks_id, is_gone, error in await office.rows(
        _COPIES
    ):
        there = copies.pop(number, [])
        if state is None or is_gone or is_deleted:
            assert not there or (is_deleted and there[0]["Balance"] < there[0]["TotalAmt"]), number
            continue
        assert (state, error) == ("exported", None), number
        assert [row["Id"] for row in there] == [quickbooks_id], number
        assert there[0]["TotalAmt"] == Decimal(total_cents) / 100, number
        linked.add(quickbooks_id)
    assert not copies, "there are invoices in QuickBooks that are none of ours"
    return linked


async def _check_payments(office: Office, linked: set[str]) -> None:
    there = defaultdict[tuple[str, str], int](int)
    for payment in office.person.see_all("Payment"):
        for line in payment["Line"]:
            [link] = line["LinkedTxn"]
            if link["TxnType"] == "Invoice" and link["TxnId"] in linked:
                there[payment["Id"], link["TxnId"]] += int(line["Amount"] * 100)
    rows = await office.rows(_PAYMENTS)
    here = {(payment_id, invoice_id): cents for payment_id, invoice_id, cents in rows}
    assert len(here) == len(rows)
    owed = dict(await office.rows(_OWED))
    problems = {row[0] for row in await office.rows("SELECT subject FROM quickbooks_problems")}
    for (payment_id, invoice_id), cents in there.items():
        if (payment_id, invoice_id) not in here:
            assert any(payment_id in subject for subject in problems), (payment_id, invoice_id)
            assert cents > owed[invoice_id], (payment_id, invoice_id)
        else:
            assert here.pop((payment_id, invoice_id)) == cents, (payment_id, invoice_id)
    assert here == {}, "there are payments here that QuickBooks does not have"
