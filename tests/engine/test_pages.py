"""Page arguments, and the conditions of a keyset, run on a small table."""

from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, insert, not_, select

from engine.cursors import encode
from engine.errors import BadUserInput
from engine.given import MISSING, Decisions, Given, Variables
from engine.pages import PAGE_SIZE, PageRequest, SortKey, beyond, order_by, page_request

TABLE = Table(
    "rows",
    MetaData(),
    Column("a", Integer, nullable=True),
    Column("b", Integer, nullable=False),
    Column("id", Integer, primary_key=True),
)
KEYS = [
    SortKey(TABLE.c.a, descending=False, nullable=True),
    SortKey(TABLE.c.b, descending=False, nullable=False),
]

Row = tuple[int | None, int, int]
ROWS = st.lists(st.tuples(st.none() | st.integers(0, 2), st.integers(0, 2)), max_size=12).map(
    lambda found: [(*values, number) for number, values in enumerate(found)]
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = create_engine("sqlite://")
    TABLE.metadata.create_all(engine)
    return engine


def compared(directions: list[bool]) -> Callable[[Row], list[Any]]:
    """A row as it sorts: without a value after everything ascending."""

    def key(row: Row) -> list[Any]:
        parts: list[Any] = []
        for value, descending in zip(row, directions, strict=True):
            sign = -1 if descending else 1
            parts.append((sign * (value is None), sign * (value or 0)))
        return parts

    return key


@hypothesis.given(
    rows=ROWS,
    directions=st.lists(st.booleans(), min_size=3, max_size=3),
    place=st.tuples(st.none() | st.integers(0, 2), st.integers(0, 2), st.integers(0, 12)),
    backward=st.booleans(),
)
def test_rows_beyond_a_place(
    engine: Engine,
    rows: list[Row],
    directions: list[bool],
    place: Row,
    backward: bool,
) -> None:
    keys = [
        SortKey(column, descending, nullable=bool(column.nullable))
        for column, descending in zip(TABLE.c, directions, strict=True)
    ]
    key = compared(directions)
    expected = [
        row for row in rows if (key(row) < key(place) if backward else key(row) > key(place))
    ]
    condition = beyond(keys, place, backward=backward)
    with engine.begin() as connection:
        connection.execute(TABLE.delete())
        if rows:
            connection.execute(
                insert(TABLE), [dict(zip("a b id".split(), row, strict=True)) for row in rows]
            )
        statement = select(TABLE).where(condition).order_by(*order_by(keys, backward=backward))
        found = [tuple(row) for row in connection.execute(statement)]
        others = connection.execute(select(TABLE).where(not_(condition))).all()

    assert found == sorted(expected, key=key, reverse=backward)
    # Never unknown: every row is on one side or on the other.
    assert len(found) + len(others) == len(rows)


class Parameters:
    """Of a statement in the making: each a value that the request is asked for."""

    def __init__(self, variables: dict[str, Any]) -> None:
        self.variables = variables

    def parameter(self, value: Given, _kind: object, convert: Callable[[Any], Any]) -> Any:
        return value.read(convert)(self.variables)


def requested(**arguments: Any) -> tuple[PageRequest, int, Decisions]:
    """The page that is asked for by variables, and what was decided on the way."""
    decisions = Decisions(arguments)

    def given(name: str) -> Given:
        def read(variables: Variables) -> Any:
            return variables.get(name, MISSING)

        return Given(read(arguments), read, decisions)

    found = {name: given(name) for name in ("first", "after", "last", "before")}
    asking: Any = Parameters(arguments)
    request = page_request(found, "x", KEYS, asking)
    return request, request.size(arguments), decisions


def test_default_is_from_the_front() -> None:
    nulls: dict[str, Any] = {"first": None, "after": None, "last": None, "before": None}
    for arguments in ({}, nulls):
        page, size, _ = requested(**arguments)
        assert (size, page.backward, page.start, page.stop) == (PAGE_SIZE, False, None, None)


def test_reading_starts_at_after_and_backward_at_before() -> None:
    arguments = {"after": encode("x", [None, 1]), "before": encode("x", [5, 2])}

    forward, size, _ = requested(first=1, **arguments)
    backward, back_size, _ = requested(last=100, **arguments)

    assert (forward.start, forward.stop, size) == ([None, 1], [5, 2], 1)
    assert (backward.start, backward.stop, back_size) == ([5, 2], [None, 1], 100)


def test_page_depends_on_what_is_null_and_on_no_other_value() -> None:
    def decided(**arguments: Any) -> list[Any]:
        return [answer for _, answer in requested(**arguments)[2].made]

    one = decided(first=1, after=encode("x", [7, 1]))

    assert decided(first=2, after=encode("x", [8, 9])) == one
    assert decided(first=1, after=encode("x", [None, 1])) != one
    assert decided(last=1, after=encode("x", [7, 1])) != one
    assert decided(first=1) != one


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"first": 0}, "first must be between 1 and 100"),
        ({"first": -1}, "first must be between 1 and 100"),
        ({"last": 0}, "last must be between 1 and 100"),
        ({"last": 101}, "last must be between 1 and 100"),
        ({"first": 1, "last": 1}, "Give either first or last, not both"),
        ({"after": ""}, "This is not a cursor"),
        ({"before": encode("x", [1, None])}, "This is not a cursor"),
        ({"after": encode("y", [1, 1])}, "This cursor belongs to another list or another order"),
    ],
    ids=str,
)
def test_bad_arguments_are_refused_by_name(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadUserInput) as refused:
        requested(**arguments)
    assert refused.value.message == message
