"""Conditions that any list may offer over a plain column."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Dialect,
    FromClause,
    String,
    TypeDecorator,
    and_,
    literal,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

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


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True
    name = "among"


@compiles(_Among, "postgresql")
def _any(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **options)} = ANY ({compiler.process(values, **options)})"


@compiles(_Among, "sqlite")
def _each(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = element.clauses
    # Two fragments that SQLAlchemy has compiled itself.
    each = f"SELECT value FROM json_each({compiler.process(values, **options)})"  # noqa: S608
    return f"{compiler.process(column, **options)} IN ({each})"


def is_among(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    """The text column is one of the values, however many."""
    return _Among(column, literal(list(values), TextList))


def among(name: str) -> Filter:
    """One of the given texts or enum values; an empty list matches nothing."""

    def condition(row: FromClause, values: list[Any], request: Request) -> ColumnElement[bool]:
        column = row.c[name]
        if isinstance(column.type, TypeDecorator):
            # Enums: at most a handful, converted by the column's own type.
            return column.in_(values)
        return is_among(column, values)

    return condition


def between(name: str, low: str, high: str, convert: Callable[[Any], Any] | None = None) -> Filter:
    """From `low` to `high`, both included; either may be absent."""

    def condition(row: FromClause, limits: dict[str, Any], request: Request) -> ColumnElement[bool]:
        column = row.c[name]
        bounds = {
            key: convert(value) if convert else value
            for key, value in limits.items()
            if value is not None
        }
        conditions = [true()]
        if low in bounds:
            conditions.append(column >= bounds[low])
        if high in bounds:
            conditions.append(column <= bounds[high])
        return and_(*conditions)

    return condition


def equals(name: str) -> Filter:
    def condition(row: FromClause, value: Any, request: Request) -> ColumnElement[bool]:
        return row.c[name] == value

    return condition
