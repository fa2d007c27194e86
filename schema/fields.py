"""Short words in which the schema says what a field stands on."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause

from db.receivables import whole_sum
from domain.money import decimal_text, e4_text
from engine.asking import Asking
from engine.declare import (
    Aggregate,
    Column,
    Connection,
    Link,
    Listing,
    Many,
    One,
    OrderKey,
    Reference,
    Sql,
    Value,
    Work,
    argument,
    declared,
    declared_with,
)
from engine.inputs import converter


def column(description: str) -> Any:
    """A column of the same name."""
    return declared(Column(), description)


def money(description: str) -> Any:
    """A column of whole cents (`total` stands on `total_cents`)."""
    return declared(Column(convert=decimal_text, unit="_cents"), description)


def number(description: str) -> Any:
    """A column of 10^-4 (`quantity` stands on `quantity_e4`)."""
    return declared(Column(convert=e4_text, unit="_e4"), description)


def sql(
    build: Callable[[FromClause, Asking], ColumnElement[Any]],
    description: str,
    convert: Callable[[Any], Any] | None = None,
) -> Any:
    """A value that the database works out for each row."""
    return declared(Sql(build, convert), description)


def one(
    description: str, *, key: str = "id", via: Link | None = None, include_deleted: bool = False
) -> Any:
    """The object whose id stands in the column `key`, or that `via` leads to."""
    return declared(One(key, via, include_deleted), description)


def aspect(description: str) -> Any:
    """The same row, as an object of another type that stands on the same table."""
    return declared(One(is_itself=True), description)


def many(description: str, *order_by: OrderKey, key: str = "id", via: Link | None = None) -> Any:
    """The objects whose column `key` has this one's id, or that `via` leads to."""
    return declared(Many(order_by, key, via), description)


def value(description: str) -> Any:
    """Something the resolver answers by name."""
    return declared(Value(), description)


def reference(description: str) -> Any:
    """An object, or objects, whose id the resolver answers by name."""
    return declared(Reference(), description)


def total_of(column_name: str, description: str) -> Any:
    """The sum of a column of cents over a whole list."""
    return declared(
        Aggregate(lambda row: whole_sum(row.c[column_name]), convert=decimal_text), description
    )


def work(function: Callable[..., Any], *arguments: inspect.Parameter) -> Any:
    """A field whose resolver does something; its docstring is the field's description."""
    description = inspect.getdoc(function) or ""
    input_type = function.__annotations__.get("input")
    if arguments:
        names = tuple(one.name for one in arguments)
        return declared_with(Work(function, names=names), description, arguments)
    if input_type is None:
        return declared(Work(function), description)
    about = input_type.__strawberry_definition__.description
    return declared_with(
        Work(function, "input", cache(lambda: converter(input_type))),
        description,
        [argument("input", input_type, about)],
    )


def connection(
    description: str,
    listing: Listing,
    *,
    key: str | None = None,
    filter: object = None,
    order_by: object = None,
) -> Any:
    """A list in pages, with the arguments of the Relay specification."""
    parameters = [
        argument("first", int | None, "How many from the front, 1 to 100. Default: 25."),
        argument("after", str | None, "Only what comes after this cursor."),
        argument("last", int | None, "How many from the back, 1 to 100. Not with `first`."),
        argument("before", str | None, "Only what comes before this cursor."),
    ]
    if order_by is not None:
        parameters.insert(
            0,
            argument(
                "order_by",
                order_by,
                "At most 3 fields; ties are broken by id. Default: newest first.",
            ),
        )
    if filter is not None:
        parameters.insert(0, argument("filter", filter, "Which ones. Default: all."))
    return declared_with(Connection(listing, key), description, parameters)
