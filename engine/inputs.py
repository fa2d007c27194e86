"""Makes the Python objects of inputs, as Strawberry does, but looks at their types only once."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import (
    StrawberryList,
    StrawberryMaybe,
    StrawberryOptional,
    has_object_definition,
)
from strawberry.types.lazy_type import LazyType
from strawberry.types.maybe import Some

Convert = Callable[[Any], Any]

_NAMES = StrawberryConfig().name_converter


def converter(kind: Any) -> Convert | None:
    """What turns GraphQL's value of this Strawberry type into Python's; None where nothing does."""
    if isinstance(kind, LazyType):
        return converter(cast("Any", kind).resolve_type())
    if isinstance(kind, StrawberryMaybe):
        return _maybe(converter(kind.of_type))
    if isinstance(kind, StrawberryOptional):
        return _optional(converter(kind.of_type))
    if isinstance(kind, StrawberryList):
        return _list(converter(kind.of_type))
    return _object(kind) if has_object_definition(kind) else None


def _maybe(inner: Convert | None) -> Convert:
    """There, and possibly null: told apart from what is not there."""
    return lambda value: Some(value if inner is None else inner(value))


def _optional(inner: Convert | None) -> Convert | None:
    if inner is None:
        return None
    convert = inner
    return lambda value: None if value is None else convert(value)


def _list(inner: Convert | None) -> Convert:
    if inner is None:
        return list
    convert = inner
    return lambda values: [convert(value) for value in cast("Iterable[Any]", values)]


def _object(kind: Any) -> Convert:
    fields = {
        _NAMES.get_graphql_name(field): (field.python_name, converter(field.type))
        for field in kind.__strawberry_definition__.fields
    }

    def convert(value: Any) -> Any:
        given: dict[str, Any] = {}
        for name, found in value.items():
            python_name, inner = fields[name]
            given[python_name] = found if inner is None else inner(found)
        return kind(**given)

    return convert


def written(value: Any) -> Any:
    """An input's Python object as the JSON that it is made from, to be kept and read again."""
    if isinstance(value, list):
        return [written(one) for one in cast("list[Any]", value)]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if not has_object_definition(value):
        return value
    found = {
        _NAMES.get_graphql_name(field): getattr(value, field.python_name)
        for field in value.__strawberry_definition__.fields
    }
    return {name: written(one) for name, one in found.items() if one is not strawberry.UNSET}
