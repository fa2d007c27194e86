"""What kind of type a field, an argument or a list's item has.

graphql-core does not say which types its wrapping types are made of: here that ends.
"""

from typing import Any

import graphql

_graphql: Any = graphql


def named(kind: Any) -> Any:
    """The type without lists and non-nulls."""
    return _graphql.get_named_type(kind)


def is_list(kind: Any) -> bool:
    return _graphql.is_list_type(_graphql.get_nullable_type(kind))


def is_non_null(kind: Any) -> bool:
    return _graphql.is_non_null_type(kind)


def item_of(kind: Any) -> Any:
    """The type of a list's items."""
    return _graphql.get_nullable_type(kind).of_type
