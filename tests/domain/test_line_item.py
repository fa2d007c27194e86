"""Line items: amounts, tax, totals, and when two sets of lines bill the same."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput, LimitExceeded
from domain.line_item import (
    LINE_ITEMS_MAX,
    LineAmounts,
    LineItemType,
    Totals,
    check_count,
    check_totals,
    digest,
    line_amounts,
)
from domain.money import AMOUNT_CENTS_MAX, E4_MAX, e4_from


@dataclass(frozen=True)
class Line:
    type: LineItemType = LineItemType.FREIGHT
    description: str = "Toronto to Montreal"
    quantity_e4: int = 10_000
    rate_e4: int = 4_000_000
    tax_rate_e4: int = 130_000


LINES = st.builds(
    Line,
    type=st.sampled_from(LineItemType),
    description=st.text(max_size=8),
    quantity_e4=st.integers(-20_000, 20_000),
    rate_e4=st.integers(0, 20_000),
    tax_rate_e4=st.integers(0, 1_000_000),
)


def amounts(quantity: str, rate: str, tax_rate: str = "0") -> LineAmounts:
    return line_amounts(
        quantity_e4=e4_from(Decimal(quantity)),
        rate_e4=e4_from(Decimal(rate)),
        tax_rate_e4=e4_from(Decimal(tax_rate)),
    )


def rounded_cents(exact: Decimal) -> int:
    return int(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) * 100)


@pytest.mark.parametrize(
    ("rates", "tax_rate", "sub_total_cents", "tax_total_cents"),
    [
        (["94.50", "94.50", "17.25"], "7", 20_625, 1_445),
        (["17.50"] * 4, "7", 7_000, 492),
        (["8180.00"], "9.975", 818_000, 81_596),
        (["0.43", "4.84"], "15", 527, 79),
        (["1.59"] * 29 + ["17.49"] * 2, "12", 8_109, 971),
    ],
)
def test_tax_is_rounded_half_up_for_each_line_and_then_summed(
    rates: list[str], tax_rate: str, sub_total_cents: int, tax_total_cents: int
) -> None:
    lines = [amounts("1", rate, tax_rate) for rate in rates]
    assert sum(line.amount_cents for line in lines) == sub_total_cents
    assert sum(line.tax_amount_cents for line in lines) == tax_total_cents
    assert sum(line.total_cents for line in lines) == sub_total_cents + tax_total_cents


@pytest.mark.parametrize(
    ("quantity", "rate", "amount_cents"),
    [
        ("3", "35.5055", 10_652),
        ("1", "1.005", 101),
        ("1", "2.675", 268),
        ("-1", "1.005", -101),
        ("0.5", "0.01", 1),
        ("0.4999", "0.01", 0),
        ("0.0001", "0.0001", 0),
        ("0", "500", 0),
        ("-2", "-3.10", 620),
        ("1", "999999999999.99", 99_999_999_999_999),
    ],
)
def test_an_amount_is_quantity_times_rate_rounded_half_up(
    quantity: str, rate: str, amount_cents: int
) -> None:
    assert amounts(quantity, rate) == LineAmounts(amount_cents, 0)


@pytest.mark.parametrize(
    ("tax_rate", "tax_amount_cents"), [("0", 0), ("0.0001", 0), ("5", 500), ("100", 10_000)]
)
def test_a_tax_rate_is_per_cent_of_the_amount(tax_rate: str, tax_amount_cents: int) -> None:
    assert amounts("1", "100", tax_rate) == LineAmounts(10_000, tax_amount_cents)


@given(
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9),
    st.integers(0, 1_000_000),
)
def test_amount_and_tax_agree_with_decimal(
    quantity_e4: int, rate_e4: int, tax_rate_e4: int
) -> None:
    amount_cents = rounded_cents(Decimal(quantity_e4) / 10_000 * (Decimal(rate_e4) / 10_000))
    tax_rate = Decimal(tax_rate_e4) / 10_000
    tax_amount_cents = rounded_cents(Decimal(amount_cents) / 100 * tax_rate / 100)
    line = line_amounts(quantity_e4=quantity_e4, rate_e4=rate_e4, tax_rate_e4=tax_rate_e4)
    assert line == LineAmounts(amount_cents, tax_amount_cents)


@given(st.integers(0, 10**10), st.integers(0, 10**8), st.integers(0, 1_000_000))
def test_a_reversed_line_cancels_exactly(quantity_e4: int, rate_e4: int, tax_rate_e4: int) -> None:
    line = line_amounts(quantity_e4=quantity_e4, rate_e4=rate_e4, tax_rate_e4=tax_rate_e4)
    back = line_amounts(quantity_e4=-quantity_e4, rate_e4=rate_e4, tax_rate_e4=tax_rate_e4)
    assert line.amount_cents + back.amount_cents == 0
    assert line.tax_amount_cents + back.tax_amount_cents == 0


@pytest.mark.parametrize("tax_rate", ["-0.0001", "-5", "100.0001", "1300"])
def test_a_tax_rate_below_zero_or_above_a_hundred_is_refused(tax_rate: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        amounts("1", "100", tax_rate)
    assert refusal.value.message == "A tax rate lies between 0 and 100 per cent"
    assert refusal.value.path == ("tax_rate",)


@pytest.mark.parametrize(
    ("quantity", "rate"),
    [
        ("1", "999999999999.995"),
        ("-1", "999999999999.995"),
        ("2", "500000000000"),
        ("999999999999.9999", "999999999999.9999"),
    ],
)
def test_an_amount_of_thirteen_digits_is_refused(quantity: str, rate: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        amounts(quantity, rate)
    assert refusal.value.message == "Quantity times rate comes to more than 12 digits"
    assert refusal.value.path == ("rate",)


@given(st.integers(-E4_MAX, E4_MAX), st.integers(-E4_MAX, E4_MAX))
def test_every_amount_accepted_fits_into_the_database(quantity_e4: int, rate_e4: int) -> None:
    try:
        line = line_amounts(quantity_e4=quantity_e4, rate_e4=rate_e4, tax_rate_e4=1_000_000)
    except InvalidInput:
        return
    assert abs(line.total_cents) <= 2 * AMOUNT_CENTS_MAX < 2**63


@pytest.mark.parametrize(
    ("sub_total_cents", "tax_total_cents"),
    [
        (0, 0),
        (20_625, 1_445),
        (-100, 100),
        (AMOUNT_CENTS_MAX, 0),
        (AMOUNT_CENTS_MAX, -1),
        (AMOUNT_CENTS_MAX - 7, 7),
    ],
)
def test_totals_from_zero_to_twelve_digits_are_accepted(
    sub_total_cents: int, tax_total_cents: int
) -> None:
    totals = Totals(sub_total_cents, tax_total_cents)
    check_totals(totals)
    assert totals.total_cents == sub_total_cents + tax_total_cents


@pytest.mark.parametrize(("sub_total_cents", "tax_total_cents"), [(-1, 0), (100, -101), (-5, 4)])
def test_a_total_below_zero_is_refused(sub_total_cents: int, tax_total_cents: int) -> None:
    with pytest.raises(InvalidInput, match=r"^The total may not become negative$"):
        check_totals(Totals(sub_total_cents, tax_total_cents))


@pytest.mark.parametrize(
    ("sub_total_cents", "tax_total_cents"),
    [
        (AMOUNT_CENTS_MAX, 1),
        (AMOUNT_CENTS_MAX + 1, 0),
        (AMOUNT_CENTS_MAX + 1, -1),
        (-AMOUNT_CENTS_MAX - 1, AMOUNT_CENTS_MAX + 1),
    ],
)
def test_a_total_beyond_twelve_digits_is_refused(
    sub_total_cents: int, tax_total_cents: int
) -> None:
    with pytest.raises(InvalidInput, match=r"^The total may have at most 12 digits"):
        check_totals(Totals(sub_total_cents, tax_total_cents))


def test_five_hundred_lines_are_allowed_and_no_more() -> None:
    check_count(0, "line_items")
    check_count(LINE_ITEMS_MAX, "line_items")
    with pytest.raises(LimitExceeded) as refusal:
        check_count(501, "line_items")
    assert refusal.value.message == "At most 500 line items are allowed"
    assert refusal.value.path == ("line_items",)


@given(
    st.lists(LINES, max_size=6).flatmap(lambda lines: st.tuples(st.just(lines), _shuffled(lines)))
)
def test_the_digest_does_not_depend_on_the_order(pair: tuple[list[Line], list[Line]]) -> None:
    lines, shuffled = pair
    assert digest(shuffled) == digest(lines)


@given(st.lists(LINES, max_size=4), st.lists(LINES, max_size=4))
def test_the_digest_is_equal_only_for_equal_lines(left: list[Line], right: list[Line]) -> None:
    is_same = sorted(map(repr, left)) == sorted(map(repr, right))
    assert (digest(left) == digest(right)) is is_same


@pytest.mark.parametrize(
    "changed",
    [
        replace(Line(), type=LineItemType.FUEL),
        replace(Line(), description="Toronto to Ottawa"),
        replace(Line(), quantity_e4=10_001),
        replace(Line(), rate_e4=4_000_001),
        replace(Line(), tax_rate_e4=50_000),
    ],
    ids=["type", "description", "quantity", "rate", "tax rate"],
)
def test_the_digest_tells_any_change_and_forgets_one_taken_back(changed: Line) -> None:
    assert digest([changed]) != digest([Line()])
    assert digest([replace(changed)]) == digest([changed])


def test_the_digest_counts_equal_lines() -> None:
    assert len({digest([Line()] * count) for count in range(4)}) == 4


def test_a_description_cannot_pass_for_another_line() -> None:
    plain = Line(description="a")
    forged = Line(description="a', 10000, 4000000, 130000)\n('freight', 'a")
    assert digest([forged]) != digest([plain, plain])


def test_the_digest_stays_what_the_database_keeps() -> None:
    kept = "c29a7223c4f8042d9595d781ec96b3256e7520fa63a31fa3776a2e604cc8b63c"
    assert digest([Line(), Line(description="Québec 🚚")]) == kept


def _shuffled(lines: list[Line]) -> st.SearchStrategy[list[Line]]:
    return st.permutations(lines)
