"""Cursors: what goes in comes out, and nothing else gets in."""

import base64
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cursors import Kind, decode, encode
from engine.errors import BadUserInput


class Colour(StrEnum):
    RED = "red"
    DARK_RED = "darkRed"


CLEAN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=50)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda value: value.replace(microsecond=value.microsecond // 1000 * 1000)
)
COLUMNS: dict[type, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**63) + 1, 2**63 - 1),
    str: CLEAN,
    date: st.dates(),
    datetime: INSTANTS,
    Colour: st.sampled_from(Colour),
}


@given(st.data())
def test_values_come_back(draw: st.DataObject) -> None:
    kinds = draw.draw(st.lists(st.builds(Kind, st.sampled_from(list(COLUMNS)), st.booleans())))
    values = [
        draw.draw(COLUMNS[kind.type] | st.none() if kind.is_nullable else COLUMNS[kind.type])
        for kind in kinds
    ]
    order = draw.draw(CLEAN)

    found = decode(encode(order, values), order, tuple(kinds))

    assert found == tuple(values)
    assert [type(value) for value in found] == [type(value) for value in values]


def test_instants_of_any_zone_have_one_spelling() -> None:
    moment = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=-5)))

    assert encode("x", [elsewhere]) == encode("x", [moment])


def test_cursor_is_opaque_url_safe_text() -> None:
    cursor = encode("Query.invoices total asc", [250_050, "invoice_ÿ?>"])

    assert cursor.isascii()
    assert set(cursor) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@pytest.mark.parametrize("order", ["b", "", "a "])
def test_cursor_of_another_order_is_refused(order: str) -> None:
    with pytest.raises(BadUserInput, match="another list or another order"):
        decode(encode("a", [1]), order, (Kind(int, is_nullable=False),))


def test_cursor_with_other_keys_is_refused() -> None:
    for values in ([], [1, 2]):
        with pytest.raises(BadUserInput, match="another list or another order"):
            decode(encode("a", values), "a", (Kind(int, is_nullable=False),))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, int),
        (2**63, int),
        (True, int),
        (1.0, int),
        ("1", int),
        (1, str),
        ("\0", str),
        ("\ud800", str),
        (1, date),
        ("20260101", date),
        ("2026-W01-1", date),
        ("2026-02-30", date),
        ("2026-03-10T00:00:00", date),
        ("2026-03-10", datetime),
        ("2026-03-10T14:05:00.000Z", datetime),
        ("2026-03-10T14:05:00.000+01:00", datetime),
        ("2026-03-10T14:05:00.000", datetime),
        ("0001-01-01T00:00:00.000+23:59", datetime),
        ("9999-12-31T23:59:59.999-23:59", datetime),
        ("blue", Colour),
        ("RED", Colour),
        (0, Colour),
    ],
    ids=repr,
)
def test_value_of_another_kind_is_refused(value: object, kind: type) -> None:
    with pytest.raises(BadUserInput, match="not a cursor"):
        decode(encode("a", [value]), "a", (Kind(kind, is_nullable=False),))


@given(st.text() | st.binary().map(lambda data: base64.urlsafe_b64encode(data).decode()))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadUserInput) as refused:
        decode(text, "a", (Kind(int, is_nullable=False),))
    assert len(refused.value.message) < 60
