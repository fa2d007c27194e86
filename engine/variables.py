"""Variables made fit for their types, quickly where all is as it should be.

What is missing, null where it may not be, or of another kind is left to graphql-core, which says
what is wrong with it. So nothing here says why: it only agrees, or declines.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import graphql
from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLSchema,
    GraphQLString,
    Undefined,
    VariableDefinitionNode,
    get_variable_values,
)

from engine.given import MISSING, Variables
from engine.kinds import is_list, is_non_null, item_of, named

# It does not say which types its types are made of.
_graphql: Any = graphql

ERRORS_MAX = 5
_INT_MAX = 2**31

Coerce = Callable[[Any], Any]


class Declined(Exception):
    """Not as simple as that."""


class Coercion:
    """What an operation's variables have to be."""

    def __init__(
        self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]
    ) -> None:
        self._schema = schema
        self._definitions = definitions
        self._known = [
            (
                found.variable.name.value,
                _coercer(_kind(schema, found)),
                found.default_value is None and not is_non_null(_kind(schema, found)),
            )
            for found in definitions
        ]

    def __call__(self, given: Mapping[str, Any] | None) -> Variables | list[GraphQLError]:
        """The variables, or what is wrong with them."""
        given = given or {}
        try:
            return self._quickly(given)
        except Declined:
            pass
        coerced = get_variable_values(
            self._schema, self._definitions, dict(given), max_errors=ERRORS_MAX
        )
        return coerced if isinstance(coerced, list) else coerced.coerced

    def _quickly(self, given: Mapping[str, Any]) -> Variables:
        found: dict[str, Any] = {}
        for name, coerce, may_lack in self._known:
            value = given.get(name, MISSING)
            if value is not MISSING:
                found[name] = coerce(value)
            elif not may_lack:
                raise Declined
        return found


def _kind(schema: GraphQLSchema, definition: VariableDefinitionNode) -> Any:
    return _graphql.type_from_ast(schema, cast("Any", definition).type)


def _coercer(kind: Any) -> Coerce:
    if is_non_null(kind):
        return _present(_coercer(kind.of_type))
    inner = _listed(kind) if is_list(kind) else _single(named(kind))
    return lambda value: None if value is None else inner(value)


def _present(inner: Coerce) -> Coerce:
    def coerce(value: Any) -> Any:
        if value is None:
            raise Declined
        return inner(value)

    return coerce


def _listed(kind: Any) -> Coerce:
    item = _coercer(item_of(kind))

    def coerce(value: Any) -> Any:
        if type(value) is not list:
            raise Declined
        return [item(one) for one in cast("list[Any]", value)]

    return coerce


def _single(kind: Any) -> Coerce:
    if isinstance(kind, GraphQLInputObjectType):
        return _object(kind)
    if isinstance(kind, GraphQLEnumType):
        return _member({name: kind.coerce_input_value(name) for name in kind.values})
    if kind in {GraphQLString, GraphQLID}:
        return _of_type(str)
    if kind is GraphQLBoolean:
        return _of_type(bool)
    return _int if kind is GraphQLInt else _scalar(kind.coerce_input_value)


def _of_type(wanted: type) -> Coerce:
    def coerce(value: Any) -> Any:
        if type(value) is not wanted:
            raise Declined
        return value

    return coerce


def _int(value: Any) -> int:
    if type(value) is not int or not -_INT_MAX <= value < _INT_MAX:
        raise Declined
    return value


def _member(members: Mapping[str, Any]) -> Coerce:
    def coerce(value: Any) -> Any:
        if type(value) is not str or value not in members:
            raise Declined
        return members[value]

    return coerce


def _scalar(read: Coerce) -> Coerce:
    def coerce(value: Any) -> Any:
        try:
            return read(value)
        except GraphQLError:
            raise Declined from None

    return coerce


def _object(kind: GraphQLInputObjectType) -> Coerce:
    fields: Mapping[str, Any] = kind.fields
    # Made when first needed: an input may contain itself.
    made: dict[str, Coerce] = {}
    is_one_of = kind.is_one_of

    def coerce(value: Any) -> Any:
        if type(value) is not dict or not fields.keys() >= value.keys():
            raise Declined
        given = cast("dict[str, Any]", value)
        if is_one_of and (len(given) != 1 or None in given.values()):
            raise Declined
        found: dict[str, Any] = {}
        for name, field in fields.items():
            if name in given:
                read = made.get(name) or made.setdefault(name, _coercer(field.type))
                found[name] = read(given[name])
            elif field.default_value is not Undefined:
                found[name] = field.default_value
            elif is_non_null(field.type):
                raise Declined
        return found

    return coerce
