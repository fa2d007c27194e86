"""Keyset pages: which rows a page of a sorted list has, whatever comes and goes beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    UnaryExpression,
    and_,
    false,
    literal,
    not_,
    or_,
    tuple_,
)

from engine import cursors
from engine.asking import Asking
from engine.errors import BadUserInput
from engine.given import Given, Read

PAGE_SIZE = 25
PAGE_SIZE_MAX = 100


@dataclass(frozen=True)
class SortKey:
    """A column in the ORDER BY. NULL sorts after every value ascending, before descending."""

    column: ColumnElement[Any]
    descending: bool
    nullable: bool

    def ordered(self, *, backward: bool) -> UnaryExpression[Any]:
        descending = self.descending != backward
        ordered = self.column.desc() if descending else self.column.asc()
        if not self.nullable:
            return ordered
        return ordered.nulls_first() if descending else ordered.nulls_last()

    def equals(self, value: Any) -> ColumnElement[bool]:
        if value is None:
            return self.column.is_(None)
        return self._known(self.column == value)

    def follows(self, value: Any, *, backward: bool) -> ColumnElement[bool]:
        """The row's value comes after this one in the direction of reading."""
        if self.descending != backward:
            if value is None:
                return self.column.is_not(None)
            return self._known(self.column < value)
        if value is None:
            return false()
        follows = self.column > value
        return or_(follows, self.column.is_(None)) if self.nullable else follows

    def _known(self, comparison: ColumnElement[bool]) -> ColumnElement[bool]:
        """False, not unknown, where the row has no value: conditions are also negated."""
        return and_(self.column.is_not(None), comparison) if self.nullable else comparison


@dataclass(frozen=True)
class PageRequest:
    """The arguments of a connection, understood. `after` and `before` are sort values."""

    order: str
    size: Read
    backward: bool
    after: list[Any] | None
    before: list[Any] | None

    @property
    def start(self) -> list[Any] | None:
        """Where reading starts, in the direction of reading."""
        return self.before if self.backward else self.after

    @property
    def stop(self) -> list[Any] | None:
        return self.after if self.backward else self.before


def page_request(
    arguments: Mapping[str, Given],
    order: str,
    keys: Sequence[SortKey],
    asking: Asking,
    *,
    size_max: int = PAGE_SIZE_MAX,
) -> PageRequest:
    first, last = arguments["first"], arguments["last"]
    if not first.is_null and not last.is_null:
        raise BadUserInput("Give either first or last, not both")
    backward = not last.is_null
    name, given = ("last", last) if backward else ("first", first)
    return PageRequest(
        order,
        (lambda _: PAGE_SIZE) if given.is_null else given.read(partial(_size, name, size_max)),
        backward,
        _place(arguments["after"], order, keys, asking),
        _place(arguments["before"], order, keys, asking),
    )


def _size(name: str, size_max: int, size: int) -> int:
    if not 1 <= size <= size_max:
        raise BadUserInput(f"{name} must be between 1 and {size_max}")
    return size


def _place(cursor: Given, order: str, keys: Sequence[SortKey], asking: Asking) -> list[Any] | None:
    """The sort values of a cursor as parameters; None for those that are null."""
    if cursor.is_null:
        return None
    kinds = tuple(cursors.Kind(key.column.type.python_type, key.nullable) for key in keys)

    def values(text: str) -> tuple[Any, ...]:
        return cursors.decode(text, order, kinds)

    nulls = cursor.ask(lambda text: tuple(value is None for value in values(text)))
    return [
        None
        if is_null
        else asking.parameter(
            cursor, key.column.type, lambda text, place=place: values(text)[place]
        )
        for place, (key, is_null) in enumerate(zip(keys, nulls, strict=True))
    ]


def order_by(keys: Sequence[SortKey], *, backward: bool) -> list[UnaryExpression[Any]]:
    return [key.ordered(backward=backward) for key in keys]


def beyond(
    keys: Sequence[SortKey], values: Sequence[Any], *, backward: bool
) -> ColumnElement[bool]:
    """Rows strictly after these values (strictly before, if backward)."""
    directions = {key.descending for key in keys}
    if len(directions) == 1 and not any(key.nullable for key in keys):
        # Compared as one, so that an index on these columns starts at the very row.
        row = tuple_(*(key.column for key in keys))
        place = tuple_(*(_operand(value, key) for key, value in zip(keys, values, strict=True)))
        return row < place if keys[0].descending != backward else row > place
    options = [
        and_(
            *(key.equals(value) for key, value in zip(keys[:depth], values, strict=False)),
            keys[depth].follows(values[depth], backward=backward),
        )
        for depth in range(len(keys))
    ]
    # Implied by the rest, and said because it is what an index can start from.
    bound = or_(keys[0].equals(values[0]), keys[0].follows(values[0], backward=backward))
    return and_(bound, or_(*options))


def _operand(value: Any, key: SortKey) -> Any:
    """A parameter as it is, and any other value as one."""
    if isinstance(value, BindParameter):
        return cast("Any", value)
    return literal(value, key.column.type)


def within(keys: Sequence[SortKey], page: PageRequest) -> list[ColumnElement[bool]]:
    """The conditions that both cursors set."""
    conditions: list[ColumnElement[bool]] = []
    if page.after is not None:
        conditions.append(beyond(keys, page.after, backward=False))
    if page.before is not None:
        conditions.append(beyond(keys, page.before, backward=True))
    return conditions


def outside_start(keys: Sequence[SortKey], page: PageRequest) -> ColumnElement[bool] | None:
    """Rows on the side that reading comes from; none without a cursor there."""
    if page.start is None:
        return None
    return not_(beyond(keys, page.start, backward=page.backward))


def outside_stop(keys: Sequence[SortKey], page: PageRequest) -> ColumnElement[bool] | None:
    """Rows past the cursor that ends the page; none without one."""
    if page.stop is None:
        return None
    return not_(beyond(keys, page.stop, backward=not page.backward))
