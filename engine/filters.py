"""Conditions that any list may offer over a plain column."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Dialect,
    FromClause,
    String,
    TypeDecorator,
    and_,
    any_,
    column,
    false,
    func,
    select,
    true,
)
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeEngine

from engine.asking import Asking, Filter
from engine.given import Given


class Several(TypeDecorator[Sequence[Any]]):
    """Many values in one parameter, so that the statement's text does not grow with them."""

    impl = String
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        item = self.item.dialect_impl(dialect)
        plain: Any = item.impl_instance if isinstance(item, TypeDecorator) else item
        kind: Any = String() if dialect.name == "sqlite" else ARRAY(plain)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        process = self.item.dialect_impl(dialect).bind_processor(dialect)
        raw = [process(one) if process else one for one in value or ()]
        return json.dumps(raw) if dialect.name == "sqlite" else raw


TEXTS = Several(String())


def is_among(
    found: ColumnElement[Any], values: BindParameter[Any], asking: Asking
) -> ColumnElement[bool]:
    """The column is one of the values, however many."""
    if asking.is_sqlite:
        return found.in_(select(id_table(values, asking).c.value))
    return found == any_(values)


def id_table(values: BindParameter[Any], asking: Asking) -> TableValuedAlias:
    """The values as a table of one column, `value`."""
    if asking.is_sqlite:
        # SQLite names the column itself, PostgreSQL wants to be told.
        return func.json_each(values).table_valued(column("value", String))
    return func.unnest(values).table_valued(column("value", String)).render_derived()


def among(name: str) -> Filter:
    """One of the given values; an empty list matches nothing."""

    def condition(row: FromClause, values: Given, asking: Asking) -> ColumnElement[bool]:
        found = row.c[name]
        count = values.ask(lambda listed: min(len(listed), 2))
        if count == 0:
            return false()
        if count == 1:
            # Told apart from many, because an index then goes on to sort by what follows.
            return found == asking.parameter(values, found.type, lambda listed: listed[0])
        return is_among(found, asking.parameter(values, Several(found.type)), asking)

    return condition


def between(name: str, low: str, high: str, convert: Callable[[Any], Any] | None = None) -> Filter:
    """From `low` to `high`, both included; either may be absent."""

    def condition(row: FromClause, limits: Given, asking: Asking) -> ColumnElement[bool]:
        found = row.c[name]
        conditions: list[ColumnElement[bool]] = [true()]
        for bound in limits.names():
            limit = asking.parameter(limits[bound], found.type, convert)
            conditions.append(found >= limit if bound == low else found <= limit)
        return and_(*conditions)

    return condition


def equals(name: str) -> Filter:
    def condition(row: FromClause, value: Given, asking: Asking) -> ColumnElement[bool]:
        return row.c[name] == asking.parameter(value, row.c[name].type)

    return condition


def flag(build: Callable[[FromClause, bool, Any], ColumnElement[bool]]) -> Filter:
    """A condition that is wanted, or its opposite."""

    def condition(row: FromClause, wanted: Given, asking: Asking) -> ColumnElement[bool]:
        return build(row, wanted.ask(bool), asking)

    return condition
