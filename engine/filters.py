"""Conditions that any list may offer over a plain column."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Dialect,
    FromClause,
    String,
    TypeDecorator,
    and_,
    any_,
    column,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.sql.selectable import TableValuedAlias

from engine.declare import Filter, Request


class TextList(TypeDecorator[Sequence[str]]):
    """Many texts in one parameter, so that the statement's text does not grow with them."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind: Any = String() if dialect.name == "sqlite" else ARRAY(String)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        return json.dumps(list(value or ())) if dialect.name == "sqlite" else list(value or ())


def is_among(
    found: ColumnElement[Any], values: Sequence[str], request: Request
) -> ColumnElement[bool]:
    """The text column is one of the values, however many."""
    if request.is_sqlite:
        return found.in_(select(id_table(values, request).c.value))
    return found == any_(literal(list(values), TextList))


def id_table(values: Sequence[str], request: Request) -> TableValuedAlias:
    """The values as a table of one column, `value`."""
    parameter = literal(list(values), TextList)
    if request.is_sqlite:
        # SQLite names the column itself, PostgreSQL wants to be told.
        return func.json_each(parameter).table_valued(column("value", String))
    return func.unnest(parameter).table_valued(column("value", String)).render_derived()


def among(name: str) -> Filter:
    """One of the given texts or enum values; an empty list matches nothing."""

    def condition(row: FromClause, values: list[Any], request: Request) -> ColumnElement[bool]:
        found = row.c[name]
        if isinstance(found.type, TypeDecorator):
            # Enums: at most a handful, converted by the column's own type.
            return found.in_(list(dict.fromkeys(values)))
        return is_among(found, values, request)

    return condition


def between(name: str, low: str, high: str, convert: Callable[[Any], Any] | None = None) -> Filter:
    """From `low` to `high`, both included; either may be absent."""

    def condition(row: FromClause, limits: dict[str, Any], request: Request) -> ColumnElement[bool]:
        found = row.c[name]
        bounds = {
            key: convert(value) if convert else value
            for key, value in limits.items()
            if value is not None
        }
        conditions = [true()]
        if low in bounds:
            conditions.append(found >= bounds[low])
        if high in bounds:
            conditions.append(found <= bounds[high])
        return and_(*conditions)

    return condition


def equals(name: str) -> Filter:
    def condition(row: FromClause, value: Any, request: Request) -> ColumnElement[bool]:
        return row.c[name] == value

    return condition
