"""Money received: how, from where, and how much may be accepted."""

from datetime import date
from enum import StrEnum

from domain.errors import (
    InvalidInput,
    PaymentDateInFuture,
    PaymentExceedsBalance,
    PaymentManagedByQuickBooks,
)
from domain.money import decimal_text, money_text

ALLOCATIONS_MAX = 100


class PaymentMethod(StrEnum):
    CHEQUE = "cheque"
    ACH = "ach"
    WIRE = "wire"
    EFT = "eft"
    CREDIT_CARD = "creditCard"
    CASH = "cash"
    OTHER = "other"


class PaymentSource(StrEnum):
    MANUAL = "manual"
    QUICKBOOKS = "quickBooks"


_METHOD_WORDS = {
    None: "payment",
    PaymentMethod.CHEQUE: "cheque",
    PaymentMethod.ACH: "ACH payment",
    PaymentMethod.WIRE: "wire",
    PaymentMethod.EFT: "EFT",
    PaymentMethod.CREDIT_CARD: "credit card payment",
    PaymentMethod.CASH: "cash",
    PaymentMethod.OTHER: "payment",
}


def words(
    method: PaymentMethod | None,
    reference_number: str | None,
    *,
    amount_cents: int,
    outstanding_balance_cents: int,
    currency: str,
) -> str:
    """A payment as a clerk tells of it: `cheque 1042, 400.00 CAD; 600.00 outstanding`."""
    before, between, after = words_around(method, reference_number, amount_cents)
    return f"{before}{currency}{between}{decimal_text(outstanding_balance_cents)}{after}"


def words_around(
    method: PaymentMethod | None, reference_number: str | None, amount_cents: int
) -> tuple[str, str, str]:
    """What stands before the currency, between it and the outstanding balance, and after that.

    For whoever learns these two only in the act of recording.
    """
    return (
        f"{received(method, reference_number)}, {decimal_text(amount_cents)} ",
        "; ",
        " outstanding",
    )


def received(method: PaymentMethod | None, reference_number: str | None) -> str:
    """What was received: `cheque 1042`."""
    return (
        f"{_METHOD_WORDS[method]} {reference_number}" if reference_number else _METHOD_WORDS[method]
    )


def check_amount(amount_cents: int, *, outstanding_balance_cents: int, currency: str) -> None:
    """Refuse what is not more than zero, or more than is owed.

    For a correction the balance is the one without the payment itself.
    """
    if amount_cents <= 0:
        raise InvalidInput("A payment must be more than zero", "amount")
    if amount_cents > outstanding_balance_cents:
        owed = money_text(outstanding_balance_cents, currency)
        raise PaymentExceedsBalance(
            f"Only {owed} is outstanding",
            "amount",
            outstanding_balance_cents=outstanding_balance_cents,
        )


def check_date(payment_date: date, *, today: date) -> None:
    if payment_date > today:
        raise PaymentDateInFuture(
            f"A payment cannot be dated in the future ({payment_date})", "payment_date"
        )


def check_managed_here(source: PaymentSource) -> None:
    if source is PaymentSource.QUICKBOOKS:
        raise PaymentManagedByQuickBooks(
            "This payment comes from QuickBooks: change or delete it there", "id"
        )


def can_delete(source: PaymentSource) -> bool:
    return source is not PaymentSource.QUICKBOOKS
