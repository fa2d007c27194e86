"""Each spelling of a decimal, a date and an instant: taken exactly, or refused."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import orjson
import pytest
from graphql import GraphQLError, parse_value
from hypothesis import given
from hypothesis import strategies as st

from engine.scalars import (
    DECIMAL,
    JsonNumber,
    exact_number,
    instant_text,
    parse_date,
    parse_decimal,
    parse_instant,
)


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0, "0"),
        (-5, "-5"),
        ("0", "0"),
        ("-0", "-0"),
        ("007", "7"),
        ("94.50", "94.50"),
        ("-0.0001", "-0.0001"),
        (JsonNumber("0.1"), "0.1"),
        (JsonNumber("10.000000000000000001"), "10.000000000000000001"),
        (10**40 - 1, "9" * 40),
        ("9" * 40, "9" * 40),
    ],
    ids=repr,
)
def test_decimal_is_taken_digit_by_digit(value: object, digits: str) -> None:
    assert str(parse_decimal(value)) == digits


REFUSED = [
    *"NaN sNaN Infinity -Infinity inf 1e3 1E3 1e999999 1_000 1,000 +5 .5 5. -.5 - -- 0x1F".split(),
    *[
        "",
        " ",
        " 10",
        "10 ",
        "1 0",
        "10\n",
        "١٢",
        "\uff11\uff12",
        "½",
        "²",
        "--1",
        "1.2.3",
        "9" * 41,
    ],
]


@pytest.mark.parametrize("text", REFUSED)
def test_text_that_is_no_decimal_is_refused(text: str) -> None:
    for value in (text, JsonNumber(text)):
        with pytest.raises(GraphQLError, match="A Decimal is written with digits"):
            parse_decimal(value)


@pytest.mark.parametrize(
    "value",
    [True, False, None, 1.5, float("nan"), [], {}, b"1", Decimal(1), 10**400, -(10**40), 10**5_000],
    ids=lambda value: (
        f"{type(value).__name__} {value!r:.8}" if type(value) is not int else hex(value)[:12]
    ),
)
def test_value_that_is_no_decimal_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError) as refused:
        parse_decimal(value)
    assert len(refused.value.message) < 120


@pytest.mark.parametrize(
    ("literal", "expected"),
    [("5", Decimal(5)), ("0.10", Decimal("0.10")), ('"0.10"', Decimal("0.10")), ("1e3", None)]
    + [(text, None) for text in ("true", "null", "[1]", "{ a: 1 }", "NaN", '"1e3"', "1.5E0")],
)
def test_decimal_literal(literal: str, expected: Decimal | None) -> None:
    read: Any = DECIMAL.parse_literal
    if expected is None:
        with pytest.raises(GraphQLError):
            read(parse_value(literal))
    else:
        assert str(read(parse_value(literal))) == str(expected)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4
    )
)
def test_decimal_is_written_as_it_was_read(value: Decimal) -> None:
    text = f"{value:f}"
    assert orjson.dumps(exact_number(text)).decode() == text
    assert parse_decimal(text) == value


@given(st.text(max_size=12))
def test_decimal_never_raises_anything_else(text: str) -> None:
    with suppress(GraphQLError):
        assert parse_decimal(text) == Decimal(text)


@given(st.dates())
def test_date_is_read_as_it_is_written(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "value",
    [
        *"20260101 2026-W01-1 2026-001 2026-02-30 2026-13-01 2026-00-10 0000-01-01".split(),
        *"2026-1-1 26-01-01 10000-01-01 -001-01-01 2026/01/01 today".split(),
        "2026-01-01T00:00:00Z",
        "2026-01-01 ",
        "\uff12026-01-01",
        "",
        20260101,
        None,
        True,
        date(2026, 1, 1),
    ],
    ids=repr,
)
def test_value_that_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError, match="YYYY-MM-DD"):
        parse_date(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-10T14:05:00Z", datetime(2026, 3, 10, 14, 5, tzinfo=UTC)),
        ("2026-03-10T14:05:00.5Z", datetime(2026, 3, 10, 14, 5, 0, 500_000, tzinfo=UTC)),
        ("2026-03-10T14:05:00.123456Z", datetime(2026, 3, 10, 14, 5, 0, 123_456, tzinfo=UTC)),
    ],
)
def test_instant_is_read(text: str, expected: datetime) -> None:
    assert parse_instant(text) == expected


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-10",
        "2026-03-10T14:05:00",
        "2026-03-10T14:05Z",
        "2026-03-10 14:05:00Z",
        "2026-03-10T14:05:00+00:00",
        "2026-03-10T14:05:00z",
        "2026-03-10T24:05:00Z",
        "2026-02-30T00:00:00Z",
        "2026-03-10T14:05:00.1234567Z",
        "20260310T140500Z",
        1_773_151_500,
        None,
    ],
    ids=repr,
)
def test_value_that_is_no_instant_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError, match="A DateTime is an instant in UTC"):
        parse_instant(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 3, 10, 14, 5, tzinfo=UTC), "2026-03-10T14:05:00.000Z"),
        (datetime(2026, 3, 10, 14, 5, 0, 7_000, tzinfo=UTC), "2026-03-10T14:05:00.007Z"),
        (datetime(2026, 3, 10, 14, 5, 0, 999_999, tzinfo=UTC), "2026-03-10T14:05:00.999Z"),
        (
            datetime(2026, 3, 10, 0, 5, tzinfo=timezone(timedelta(hours=5))),
            "2026-03-09T19:05:00.000Z",
        ),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000Z"),
    ],
)
def test_instant_is_written_with_three_digits_and_z(value: datetime, text: str) -> None:
    assert instant_text(value) == text
