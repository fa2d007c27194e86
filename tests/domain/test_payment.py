"""Money received: how much may be accepted, dated when, and changed where."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import (
    InvalidInput,
    PaymentDateInFuture,
    PaymentExceedsBalance,
    PaymentManagedByQuickBooks,
)
from domain.payment import (
    ALLOCATIONS_MAX,
    PaymentSource,
    can_delete,
    check_amount,
    check_date,
    check_managed_here,
)

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(("amount_cents", "balance_cents"), [(1, 1), (1, 100_000), (99, 100)])
def test_a_payment_up_to_the_balance_is_accepted(amount_cents: int, balance_cents: int) -> None:
    check_amount(amount_cents, outstanding_balance_cents=balance_cents, currency="CAD")


@pytest.mark.parametrize("balance_cents", [0, 100_000])
@pytest.mark.parametrize("amount_cents", [0, -1, -40_000])
def test_a_payment_of_nothing_or_less_is_refused(amount_cents: int, balance_cents: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_amount(amount_cents, outstanding_balance_cents=balance_cents, currency="CAD")
    assert refusal.value.message == "A payment must be more than zero"
    assert refusal.value.path == ("amount",)


@pytest.mark.parametrize(
    ("amount_cents", "balance_cents", "message"),
    [
        (60_001, 60_000, "Only 600.00 CAD is outstanding"),
        (10**14, 5, "Only 0.05 CAD is outstanding"),
        (1, 0, "Only 0.00 CAD is outstanding"),
    ],
)
def test_a_payment_above_the_balance_is_refused_and_told_the_balance(
    amount_cents: int, balance_cents: int, message: str
) -> None:
    with pytest.raises(PaymentExceedsBalance) as refusal:
        check_amount(amount_cents, outstanding_balance_cents=balance_cents, currency="CAD")
    assert refusal.value.message == message
    assert refusal.value.path == ("amount",)
    assert refusal.value.outstanding_balance_cents == balance_cents


@given(st.integers(), st.integers(0))
def test_no_accepted_payment_leaves_less_than_nothing(
    amount_cents: int, balance_cents: int
) -> None:
    try:
        check_amount(amount_cents, outstanding_balance_cents=balance_cents, currency="USD")
    except (InvalidInput, PaymentExceedsBalance):
        assert amount_cents <= 0 or amount_cents > balance_cents
    else:
        assert 0 <= balance_cents - amount_cents < balance_cents


@pytest.mark.parametrize("payment_date", [date(1, 1, 1), date(2026, 3, 14), TODAY])
def test_a_payment_may_be_dated_up_to_today(payment_date: date) -> None:
    check_date(payment_date, today=TODAY)


def test_a_payment_dated_tomorrow_is_refused() -> None:
    with pytest.raises(PaymentDateInFuture) as refusal:
        check_date(date(2026, 3, 16), today=TODAY)
    assert refusal.value.message == "A payment cannot be dated in the future (2026-03-16)"
    assert refusal.value.path == ("payment_date",)


def test_a_payment_recorded_here_is_changed_here() -> None:
    check_managed_here(PaymentSource.MANUAL)
    assert can_delete(PaymentSource.MANUAL)


def test_a_payment_from_quickbooks_is_changed_there() -> None:
    assert not can_delete(PaymentSource.QUICKBOOKS)
    with pytest.raises(PaymentManagedByQuickBooks) as refusal:
        check_managed_here(PaymentSource.QUICKBOOKS)
    assert refusal.value.message == "This payment comes from QuickBooks: change or delete it there"
    assert refusal.value.path == ("id",)


def test_a_batch_holds_a_hundred_allocations() -> None:
    assert ALLOCATIONS_MAX == 100
