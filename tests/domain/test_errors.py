"""Refusals: their codes, and where in the input they belong."""

from collections.abc import Iterator

import pytest

from domain.errors import (
    DomainError,
    InvalidInput,
    InvoiceStateError,
    NotFound,
    PaymentExceedsBalance,
    UserErrorCode,
    at,
)


def kinds_of(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_every_code_has_one_error() -> None:
    codes = [kind.code for kind in kinds_of(DomainError) if kind is not InvoiceStateError]
    assert sorted(codes) == sorted(UserErrorCode)


def test_codes_are_what_programs_were_told() -> None:
    assert {code.name for code in UserErrorCode} == {str(code) for code in UserErrorCode}


def test_a_refusal_says_what_and_where() -> None:
    refusal = InvalidInput("This may not be empty", "customer", "name")
    assert refusal.code is UserErrorCode.INVALID_INPUT
    assert refusal.message == str(refusal) == "This may not be empty"
    assert refusal.path == ("customer", "name")


def test_paths_grow_outwards() -> None:
    with pytest.raises(InvalidInput) as refusal, at("allocations", "1"), at("money"):
        raise InvalidInput("This may not be empty", "amount")
    assert refusal.value.path == ("allocations", "1", "money", "amount")


def test_a_refusal_without_a_place_takes_the_place_around_it() -> None:
    with pytest.raises(NotFound) as refusal, at("invoice_id"):
        raise NotFound("There is no such invoice")
    assert refusal.value.path == ("invoice_id",)


def test_what_is_no_refusal_passes_untouched() -> None:
    with pytest.raises(ZeroDivisionError, match=r"^by zero$"), at("amount"):
        raise ZeroDivisionError("by zero")


def test_a_block_without_refusals_is_left_alone() -> None:
    with at("amount"):
        amount = 5
    assert amount == 5


def test_the_balance_travels_with_the_refusal() -> None:
    with pytest.raises(PaymentExceedsBalance) as refusal, at("allocations", "0"):
        raise PaymentExceedsBalance(
            "Only 6.00 CAD is outstanding", "amount", outstanding_balance_cents=600
        )
    assert refusal.value.outstanding_balance_cents == 600
    assert refusal.value.path == ("allocations", "0", "amount")
