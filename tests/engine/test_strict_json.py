"""Bodies read strictly."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scalars import JsonNumber
from engine.strict_json import DEPTH_MAX, BadJson, is_clean, parse

CLEAN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | CLEAN,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(CLEAN, values, max_size=3),
    max_leaves=10,
)


@given(VALUES, st.booleans())
def test_value_is_read_as_any_parser_does(value: Any, is_ascii: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=is_ascii).encode()) == value


@pytest.mark.parametrize("text", ["0.1", "10.000000000000000001", "1e400", "-0.0", "1E5", "9" * 41])
def test_number_keeps_its_digits(text: str) -> None:
    found = parse(text.encode())

    assert isinstance(found, JsonNumber)
    assert (found.text, repr(found)) == (text, text)


def test_enormous_integer_is_cheap() -> None:
    assert parse(b"1" * 1_000_000).text == "1" * 1_000_000


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "not JSON"),
        (b"NaN", "not JSON"),
        (b"[Infinity]", "not JSON"),
        (b'{"a": -Infinity}', "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b"[1,]", "not JSON"),
        (b"01", "not JSON"),
        (b"\xef\xbb\xbf1", "not JSON"),
        (b'"a\nb"', "not JSON"),
        (b'"\xff"', "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        ('"a"'.encode("utf-16"), "not UTF-8"),
        (b'"\\u0000"', "NUL"),
        (b'"\\ud800"', "half a character"),
        (b'"\\udc00\\ud800"', "half a character"),
        (b'{"\\u0000": 1}', "NUL"),
        (b'[{"a": ["\\udfff"]}]', "half a character"),
    ],
)
def test_bad_body_is_refused(body: bytes, message: str) -> None:
    with pytest.raises(BadJson, match=message):
        parse(body)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_depth_is_limited(opening: bytes) -> None:
    for body in (opening * 100_000, opening * 500 + b"1"):
        with pytest.raises(BadJson):
            parse(body)


def test_depth_up_to_the_limit_is_read() -> None:
    inner = DEPTH_MAX - 1

    assert parse(b"[" * inner + b"]" * inner)
    with pytest.raises(BadJson, match="nested more than 50 deep"):
        parse(b"[" * (inner + 2) + b"]" * (inner + 2))


def test_pair_of_halves_is_a_character() -> None:
    assert parse(b'"\\ud83d\\ude9a"') == "\N{DELIVERY TRUCK}"
    assert is_clean("\N{DELIVERY TRUCK}")
    assert not is_clean("a\0")
    assert not is_clean("\udbff")
