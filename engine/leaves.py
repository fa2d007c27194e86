"""How a value of the database becomes a value of the answer, as an expression of generated code."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, cast

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    is_specified_scalar_type,
)
from sqlalchemy import Date, Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.kinds import is_list, is_non_null, named
from engine.scalars import exact_number

Convert = Callable[[Any], Any]
Name = Callable[[Any], str]

_AS_THEY_ARE = {"String", "ID", "Boolean"}


class NullInNonNull(Exception):
    """A value that must be there is not: graphql-core says what that means for the answer."""


def there(value: Any) -> Any:
    """The value, which must not be null."""
    if value is None:
        raise NullInNonNull
    return value


def plain(place: str, column_type: TypeEngine[Any], dialect: Dialect, name: Name) -> str:
    """The Python value of a column, as the declarations know it."""
    process = column_type.dialect_impl(dialect).result_processor(dialect, None)
    return place if process is None else f"{name(process)}({place})"


def column(
    place: str,
    column_type: TypeEngine[Any],
    kind: GraphQLField,
    *,
    convert: Convert | None,
    dialect: Dialect,
    name: Name,
) -> str:
    """The answer's form of a column that is not null."""
    graphql_type = named(type_of(kind))
    if convert is None and _is_same(column_type, graphql_type, dialect):
        return place
    if convert is None and isinstance(graphql_type, GraphQLEnumType):
        return _member(place, column_type, graphql_type, dialect, name)
    value = plain(place, column_type, dialect, name)
    if convert is not None:
        value = f"bool({value})" if convert is bool else f"{name(convert)}({value})"
    return shown(value, kind, name)


def shown(value: str, kind: GraphQLField, name: Name) -> str:
    """The answer's form of a Python value that is not null."""
    encode = encoder(kind)
    return value if encode is None else f"{name(encode)}({value})"


def encoder(kind: GraphQLField) -> Convert | None:
    """What writes a field's value in the answer; None where that changes nothing."""
    graphql_type = named(type_of(kind))
    write: Convert | None = graphql_type.coerce_output_value
    if is_specified_scalar_type(graphql_type) and graphql_type.name in _AS_THEY_ARE:
        write = None
    elif getattr(graphql_type, "serialize", None) is str:
        # It is kept as text.
        write = None
    elif getattr(graphql_type, "serialize", None) is exact_number:
        # The exact digits, which exact_number would wrap in just the same way.
        write = orjson.Fragment
    if write is None or not is_list(type_of(kind)):
        return write
    encode = write
    return lambda listed: [None if one is None else encode(one) for one in listed]


def type_of(kind: GraphQLField) -> Any:
    return cast("Any", kind).type


def may_be_null(kind: GraphQLField) -> bool:
    return not is_non_null(type_of(kind))


def _is_same(column_type: TypeEngine[Any], graphql_type: Any, dialect: Dialect) -> bool:
    """Whether the driver's value is the answer's: texts, and days, which the encoder knows."""
    if isinstance(column_type, Date):
        return graphql_type.name == "Date"
    if isinstance(column_type, TypeDecorator):
        return False
    process = column_type.dialect_impl(dialect).result_processor(dialect, None)
    return process is None and graphql_type.name in _AS_THEY_ARE


def _member(
    place: str,
    column_type: TypeEngine[Any],
    graphql_type: GraphQLEnumType,
    dialect: Dialect,
    name: Name,
) -> str:
    """An enum's spelling in the API, by what the database keeps of it."""
    store = column_type.dialect_impl(dialect).bind_processor(dialect) or (lambda value: value)
    names: Mapping[Any, str] = {
        store(found.value): graphql_type.coerce_output_value(found.value)
        for found in graphql_type.values.values()
    }
    if all(map(operator.eq, names.keys(), names.values())):
        return place
    return f"{name(names)}[{place}]"
