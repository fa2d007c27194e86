"""A payment made in QuickBooks is here as its newest version says, and fits."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from db import audit
from db.database import Database
from domain.errors import PaymentManagedByQuickBooks
from domain.payment import PaymentMethod, PaymentSource
from services import payments
from services.foreign_payments import DoesNotFit
from tests.conftest import NOW, TODAY
from tests.quickbooks.ledger import YESTERDAY, Ledger, opened, payment


@pytest.fixture
async def ledger(database: Database) -> AsyncGenerator[Ledger]:
    async with opened(database) as ledger:
        await ledger.bill("145")
        await ledger.bill("146")
        await ledger.bill("147")
        yield ledger
    assert await audit.differences(database) == []


async def test_a_payment_comes_in_with_all_that_is_known_of_it(ledger: Ledger) -> None:
    version = replace(payment(i145=40000), notes="Thank you")
    assert await ledger.apply(version)
    (found,) = await ledger.payments("145")
    assert found.model_dump(exclude={"id", "organization_id", "invoice_id", "customer_id"}) == {
        "payment_date": YESTERDAY,
        "method": PaymentMethod.CHEQUE,
        "reference_number": "1042",
        "notes": "Thank you",
        "amount_cents": 40000,
        "source": PaymentSource.QUICKBOOKS,
        "batch_id": None,
        "recorded_by": "QuickBooks",
        "recorded_at": NOW,
        "deleted_at": None,
        "deleted_by": None,
        "deletion_reason": None,
    }
    assert (await ledger.invoice("145")).outstanding_balance_cents == 60000
    assert await ledger.told("145") == ["Recorded cheque 1042, 400.00 CAD; 600.00 outstanding"]


async def test_a_payment_over_three_invoices_has_a_row_on_each(ledger: Ledger) -> None:
    await ledger.apply(payment(i145=10000, i146=20000, i147=100000))
    assert await ledger.lines() == {
        ("301", "145"): 10000,
        ("301", "146"): 20000,
        ("301", "147"): 100000,
    }
    assert (await ledger.invoice("147")).outstanding_balance_cents == 0


async def test_the_same_version_again_changes_nothing(ledger: Ledger) -> None:
    await ledger.apply(payment(3, i145=40000, i146=1))
    before = await ledger.till.everything()
    await ledger.apply(payment(3, i145=40000, i146=1))
    assert await ledger.till.everything() == before


async def test_an_older_version_changes_nothing(ledger: Ledger) -> None:
    await ledger.apply(payment(3, i145=40000))
    before = await ledger.till.everything()
    await ledger.apply(payment(2, i145=50000, i146=100))
    assert await ledger.till.everything() == before


async def test_what_changes_there_changes_here_in_the_same_row(ledger: Ledger) -> None:
    await ledger.apply(payment(0, i145=40000))
    (before,) = await ledger.payments("145")
    changed = replace(
        payment(1, TODAY, i145=45000), reference_number="7", notes="Corrected", method=None
    )
    await ledger.apply(changed)
    (after,) = await ledger.payments("145")
    assert after.id == before.id
    assert (after.payment_date, after.reference_number) == (TODAY, "7")
    assert (after.notes, after.method, after.amount_cents) == ("Corrected", None, 45000)
    assert (await ledger.invoice("145")).version == 3
    assert await ledger.told("145") == [
        "Recorded cheque 1042, 400.00 CAD; 600.00 outstanding",
        "Changed a payment to payment 7, 450.00 CAD; 550.00 outstanding",
    ]


@pytest.mark.parametrize(("first", "then"), [("145", "146"), ("146", "145")])
async def test_a_payment_moves_to_another_invoice(ledger: Ledger, first: str, then: str) -> None:
    await ledger.apply(payment(0, cents_by_invoice={first: 100000}))
    await ledger.apply(payment(1, cents_by_invoice={then: 100000}))
    assert await ledger.lines() == {("301", then): 100000}
    assert (await ledger.invoice(first)).outstanding_balance_cents == 100000
    reason = "Taken off this invoice in QuickBooks"
    assert await ledger.told(first) == [
        "Recorded cheque 1042, 1000.00 CAD; 0.00 outstanding",
        f"Deleted cheque 1042, 1000.00 CAD; 1000.00 outstanding ({reason})",
    ]


async def test_parts_move_between_invoices_either_way(ledger: Ledger) -> None:
    await ledger.apply(payment(0, i145=90000, i146=10000))
    await ledger.apply(payment(1, i145=10000, i146=90000))
    assert await ledger.lines() == {("301", "145"): 10000, ("301", "146"): 90000}
    await ledger.apply(payment(2, i145=90000, i146=10000))
    assert await ledger.lines() == {("301", "145"): 90000, ("301", "146"): 10000}
    assert [len(await ledger.payments(one)) for one in ("145", "146")] == [1, 1]


async def test_a_voided_payment_is_deleted_here(ledger: Ledger) -> None:
    await ledger.apply(payment(0, i145=100))
    await ledger.apply(replace(payment(1), is_voided=True))
    (found,) = await ledger.payments("145")
    assert (found.deleted_at, found.deleted_by) == (NOW, "QuickBooks")
    assert found.deletion_reason == "Voided in QuickBooks"


async def test_a_deleted_payment_is_deleted_here_and_never_revived(ledger: Ledger) -> None:
    await ledger.apply(payment(0, i145=100))
    await ledger.remove("301")
    (found,) = await ledger.payments("145")
    assert found.deletion_reason == "Deleted in QuickBooks"
    before = await ledger.till.everything()
    await ledger.apply(payment(9, i145=100))
    await ledger.remove("301")
    assert await ledger.till.everything() == before


async def test_a_payment_that_is_deleted_before_it_is_seen_never_comes(ledger: Ledger) -> None:
    await ledger.remove("301")
    await ledger.apply(payment(0, i145=100))
    assert await ledger.lines() == {}


async def test_lines_for_unknown_invoices_and_for_nothing_are_passed_over(ledger: Ledger) -> None:
    assert await ledger.apply(payment(i999=100, i145=0, i146=5))
    assert await ledger.lines() == {("301", "146"): 5}
    assert await ledger.problems() == {}


async def test_an_invoice_that_gets_to_be_known_finds_its_payment(ledger: Ledger) -> None:
    await ledger.apply(payment(i148=100))
    await ledger.bill("148")
    await ledger.apply(payment(i148=100))
    assert await ledger.lines() == {("301", "148"): 100}


async def test_a_line_that_would_overpay_becomes_a_problem_and_the_rest_goes_on(
    ledger: Ledger,
) -> None:
    await ledger.till.pay(ledger.invoices["145"], "900.00")
    assert not await ledger.apply(payment(i145=10001, i146=10000))
    assert await ledger.lines() == {("301", "146"): 10000}
    assert await ledger.problems() == {
        "Payment 301 Invoice 145": "Payment 301 gives 100.01 CAD to INVOICE-1 in QuickBooks, "
        "which is not taken over: Only 100.00 CAD is outstanding"
    }
    assert await ledger.told("145") == []


async def test_a_problem_is_none_when_what_stood_in_its_way_is_gone(ledger: Ledger) -> None:
    paid = await ledger.till.pay(ledger.invoices["145"], "900.00")
    await ledger.apply(payment(i145=20000))
    await ledger.till.take_back(paid)
    assert await ledger.apply(payment(i145=20000))
    assert await ledger.problems() == {}
    assert await ledger.lines() == {("301", "145"): 20000}


async def test_a_payment_that_grows_too_large_is_taken_off(ledger: Ledger) -> None:
    await ledger.apply(payment(0, i145=10000))
    await ledger.till.pay(ledger.invoices["145"], "900.00")
    await ledger.apply(payment(1, i145=10001))
    assert await ledger.lines() == {}
    (found, _) = await ledger.payments("145")
    reason = (
        "Changed in QuickBooks. Payment 301 gives 100.01 CAD to INVOICE-1 in QuickBooks, "
        "which is not taken over: Only 100.00 CAD is outstanding"
    )
    assert found.deletion_reason == reason
    assert list(await ledger.problems()) == ["Payment 301 Invoice 145"]


async def test_what_must_fit_changes_nothing_where_it_does_not(ledger: Ledger) -> None:
    await ledger.apply(payment(0, i145=100))
    before = await ledger.till.everything()
    with pytest.raises(DoesNotFit):
        await ledger.apply(payment(1, i145=100001, i146=5), must_fit=True)
    assert await ledger.till.everything() == before


async def test_a_payment_of_tomorrow_waits_until_then(ledger: Ledger) -> None:
    tomorrow = TODAY + timedelta(days=1)
    await ledger.apply(payment(0, tomorrow, i145=100))
    assert await ledger.lines() == {}
    assert await ledger.problems() == {
        "Payment 301 Invoice 145": "Payment 301 gives 1.00 CAD to INVOICE-1 in QuickBooks, which "
        "is not taken over: A payment cannot be dated in the future (2026-03-11)"
    }
    ledger.quickbooks = replace(ledger.quickbooks, today=tomorrow)
    await ledger.apply(payment(0, tomorrow, i145=100))
    assert await ledger.lines() == {("301", "145"): 100}
    assert await ledger.problems() == {}


async def test_less_than_nothing_is_a_problem(ledger: Ledger) -> None:
    await ledger.apply(payment(i145=-100))
    assert await ledger.problems() == {
        "Payment 301 Invoice 145": "Payment 301 gives -1.00 CAD to INVOICE-1 in QuickBooks, which "
        "is not taken over: A payment must be more than zero"
    }


async def test_a_payment_for_a_deleted_invoice_is_a_problem(ledger: Ledger) -> None:
    await ledger.till.delete(ledger.invoices["145"])
    await ledger.apply(payment(i145=100, i146=100))
    assert await ledger.lines() == {("301", "146"): 100}
    message = "Payment 301 pays invoice 145 in QuickBooks, which was deleted here"
    assert await ledger.problems() == {"Payment 301 Invoice 145": message}
    await ledger.remove("301")
    assert await ledger.problems() == {}


async def test_texts_that_are_too_long_are_cut_visibly(ledger: Ledger) -> None:
    long = replace(payment(i145=1), reference_number="7" * 101, notes="a\x00" + "b" * 10_000)
    await ledger.apply(long)
    await ledger.apply(long)
    (found,) = await ledger.payments("145")
    assert found.reference_number == "7" * 99 + "…"
    assert found.notes == "a\N{REPLACEMENT CHARACTER}" + "b" * 9_997 + "…"


async def test_blank_texts_are_none(ledger: Ledger) -> None:
    await ledger.apply(replace(payment(i145=1), reference_number=" ", notes=""))
    (found,) = await ledger.payments("145")
    assert (found.reference_number, found.notes) == (None, None)


async def test_such_a_payment_is_not_changed_here(ledger: Ledger) -> None:
    await ledger.apply(payment(i145=1))
    (found,) = await ledger.payments("145")
    with pytest.raises(PaymentManagedByQuickBooks):
        async with ledger.database.transaction() as session:
            await payments.update_payment(
                session, ledger.till.author, payment_id=found.id, changes={"notes": "x"}
            )
    with pytest.raises(PaymentManagedByQuickBooks):
        await ledger.till.take_back(found.id)
