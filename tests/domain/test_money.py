"""Exact numbers: rounding, reading decimals, writing them."""

from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.money import (
    AMOUNT_CENTS_MAX,
    CURRENCIES,
    E4_MAX,
    cents_from,
    decimal_text,
    e4_from,
    e4_text,
    money_text,
    round_half_up,
)

# What no number of the API may be. Multiplied out, some would not fit into any memory.
BEYOND_MEASURE = [
    "NaN",
    "-NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-1e400",
    "1e999999999999999999",
    "1e-400",
    "1e-999999999999999999",
    "9" * 5000,
    "0." + "1" * 5000,
]
WIDE = Context(prec=60)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (0, 10, 0),
        (4, 10, 0),
        (5, 10, 1),
        (14, 10, 1),
        (15, 10, 2),
        (25, 10, 3),
        (-4, 10, 0),
        (-5, 10, -1),
        (-25, 10, -3),
        (1, 3, 0),
        (2, 3, 1),
        (1005, 10, 101),
        (2675, 10, 268),
    ],
)
def test_ties_are_rounded_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert round_half_up(numerator, denominator) == expected


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**12))
def test_rounding_is_symmetric_about_zero(numerator: int, denominator: int) -> None:
    assert round_half_up(-numerator, denominator) == -round_half_up(numerator, denominator)


@given(st.integers(-(10**30), 10**30), st.integers(0, 12))
def test_rounding_agrees_with_decimal(numerator: int, places: int) -> None:
    exact = Decimal(numerator).scaleb(-places, WIDE)
    rounded = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP, context=WIDE)
    assert round_half_up(numerator, 10**places) == rounded


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**12))
def test_rounding_errs_by_half_a_unit_at_most(numerator: int, denominator: int) -> None:
    error = round_half_up(numerator, denominator) * denominator - numerator
    assert 2 * abs(error) <= denominator


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("0", 0),
        ("-0", 0),
        ("0.01", 1),
        ("-0.01", -1),
        ("10", 1000),
        ("10.00", 1000),
        ("10.5", 1050),
        ("1e3", 100_000),
        ("7.1000000000000000000000000000000000000000", 710),
        ("1.005e2", 10_050),
        ("999999999999.99", 99_999_999_999_999),
        ("-999999999999.99", -99_999_999_999_999),
    ],
)
def test_an_amount_is_read_as_whole_cents(amount: str, cents: int) -> None:
    assert cents_from(Decimal(amount)) == cents


@pytest.mark.parametrize("amount", ["0.001", "1.005", "-1.005", "2.675", "999999999999.994"])
def test_an_amount_finer_than_a_cent_is_refused_not_rounded(amount: str) -> None:
    with pytest.raises(InvalidInput, match=r"^At most 2 decimal places are allowed$") as refusal:
        cents_from(Decimal(amount), "line_items", "0", "amount")
    assert refusal.value.path == ("line_items", "0", "amount")


@pytest.mark.parametrize("amount", ["1000000000000", "1000000000000.00", "-1000000000000", "1e13"])
def test_an_amount_of_thirteen_digits_is_refused(amount: str) -> None:
    with pytest.raises(InvalidInput, match=r"^At most 12 digits may stand") as refusal:
        cents_from(Decimal(amount), "amount")
    assert refusal.value.path == ("amount",)


@pytest.mark.parametrize(
    ("number", "number_e4"),
    [
        ("1", 10_000),
        ("35.5055", 355_055),
        ("9.975", 99_750),
        ("-0.0001", -1),
        ("999999999999.9999", 9_999_999_999_999_999),
    ],
)
def test_a_rate_is_read_in_ten_thousandths(number: str, number_e4: int) -> None:
    assert e4_from(Decimal(number)) == number_e4


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0.00001", "At most 4 decimal places are allowed"),
        ("35.50555", "At most 4 decimal places are allowed"),
        ("1000000000000", "At most 12 digits may stand before the point"),
    ],
)
def test_a_rate_too_fine_or_too_large_is_refused(number: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        e4_from(Decimal(number), "rate")
    assert refusal.value.message == message
    assert refusal.value.path == ("rate",)


@pytest.mark.parametrize("number", BEYOND_MEASURE, ids=lambda number: number[:12])
def test_a_number_beyond_all_measure_is_refused_at_once(number: str) -> None:
    with pytest.raises(InvalidInput):
        cents_from(Decimal(number))
    with pytest.raises(InvalidInput):
        e4_from(Decimal(number))


@given(st.decimals())
def test_any_decimal_is_read_exactly_or_refused(number: Decimal) -> None:
    try:
        cents = cents_from(number)
    except InvalidInput:
        return
    assert Decimal(cents) / 100 == number
    assert abs(cents) <= AMOUNT_CENTS_MAX


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (-1, "-0.01"),
        (99, "0.99"),
        (100, "1.00"),
        (-1234, "-12.34"),
        (40_000, "400.00"),
        (99_999_999_999_999, "999999999999.99"),
    ],
)
def test_cents_are_written_with_two_places(cents: int, text: str) -> None:
    assert decimal_text(cents) == text


@given(st.integers(-AMOUNT_CENTS_MAX, AMOUNT_CENTS_MAX))
def test_cents_written_and_read_are_the_same(cents: int) -> None:
    assert cents_from(Decimal(decimal_text(cents))) == cents


@pytest.mark.parametrize(
    ("number_e4", "text"),
    [
        (0, "0"),
        (10_000, "1"),
        (100_000, "10"),
        (355_055, "35.5055"),
        (99_750, "9.975"),
        (-5_000, "-0.5"),
        (-20_000, "-2"),
        (1, "0.0001"),
    ],
)
def test_rates_are_written_in_the_shortest_exact_form(number_e4: int, text: str) -> None:
    assert e4_text(number_e4) == text


@given(st.integers(-E4_MAX, E4_MAX))
def test_rates_written_and_read_are_the_same(number_e4: int) -> None:
    text = e4_text(number_e4)
    assert e4_from(Decimal(text)) == number_e4
    assert text == f"{Decimal(number_e4) / 10_000:f}".removesuffix(".0")


def test_money_names_its_currency() -> None:
    assert money_text(40_000, "CAD") == "400.00 CAD"


@pytest.mark.parametrize("code", ["CAD", "USD", "EUR", "GBP", "MXN", "XCD", "XCG"])
def test_currencies_of_hundredths_are_known(code: str) -> None:
    assert code in CURRENCIES


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("JPY", "no decimals"),
        ("KRW", "no decimals"),
        ("CLP", "no decimals"),
        ("XAF", "no decimals"),
        ("KWD", "three decimals"),
        ("TND", "three decimals"),
        ("HRK", "replaced by the euro"),
        ("BGN", "replaced by the euro"),
        ("ANG", "replaced by XCG"),
        ("XAU", "not a currency"),
        ("XXX", "no currency"),
        ("USN", "a fund"),
        ("cad", "not as the standard writes it"),
    ],
)
def test_other_currencies_are_not(code: str, reason: str) -> None:
    assert code not in CURRENCIES, reason
