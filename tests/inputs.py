"""An input for every mutation of the schema, whatever is added: made of its types.

Ids are those of objects that there are: which object an id is for is in its name, or in the
mutation's.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType

from engine.kinds import is_list, is_non_null, item_of, named
from tests.client import USER_ERRORS, Client
from tests.factories import create_invoice, create_order, record_payment
from tests.twins import GRAPH

MUTATION = cast("GraphQLObjectType", GRAPH.mutation_type)
MUTATIONS = tuple(MUTATION.fields)

WITH_INPUT = frozenset(name for name, one in MUTATION.fields.items() if one.args)

# Of no object.
NEVER = "01kzzzzzzzf0v8zzzzzzzzzzzz"

Path = tuple[str | int, ...]

_KINDS = ("customer", "order", "invoice", "payment", "line", "document")
_SCALARS: Mapping[str, Any] = {
    "String": "text",
    "Decimal": "1.00",
    "Int": 1,
    "Boolean": True,
    "Date": "2026-03-09",
    "CurrencyCode": "CAD",
}
# What texts must be to be taken.
_TEXTS = {"countryCode": "CA", "fileName": "bill.pdf", "mimeType": "application/pdf"}


@dataclass(frozen=True)
class Inputs:
    """`ids` are one organization's, by the prefix that they have."""

    ids: Mapping[str, str]

    def input(self, mutation: str, *, is_full: bool = False) -> dict[str, Any]:
        """What must be given; `is_full` adds every id that may be given."""
        argument: Any = MUTATION.fields[mutation].args.get("input")
        if argument is None:
            return {}
        return self._object(named(argument.type), mutation, is_full=is_full)

    def _object(
        self, kind: GraphQLInputObjectType, mutation: str, *, is_full: bool
    ) -> dict[str, Any]:
        return {
            name: self._value(one.type, name, mutation, is_full=is_full)
            for name, one in cast("dict[str, Any]", kind.fields).items()
            if is_non_null(one.type) or (is_full and _holds_ids(named(one.type)))
        }

    def _value(self, kind: Any, name: str, mutation: str, *, is_full: bool) -> Any:
        kind = kind.of_type if is_non_null(kind) else kind
        if is_list(kind):
            return [self._value(item_of(kind), name, mutation, is_full=is_full)]
        if isinstance(kind, GraphQLInputObjectType):
            return self._object(kind, mutation, is_full=is_full)
        if isinstance(kind, GraphQLEnumType):
            return next(iter(kind.values))
        if kind.name == "ID":
            wanted = _kind_of(name, mutation)
            return self.ids.get(wanted, f"{wanted}_{NEVER}")
        return _TEXTS.get(name, _SCALARS[kind.name])


async def inputs(api: Client) -> Inputs:
    """Over an object of each kind, made for this."""
    order = await create_order(api, "100.00")
    invoice = await create_invoice(api, "100.00", customerId=order["customer"]["id"])
    paid = await record_payment(api, invoice, "10.00")
    ids = (order["customer"], order, invoice, paid["payment"], invoice["lineItems"][0])
    found = {one["id"].partition("_")[0]: one["id"] for one in ids}
    return Inputs(found)


def asked(mutation: str) -> str:
    """Asks of the payload what is the same for all."""
    if mutation not in WITH_INPUT:
        return f"mutation {{ {mutation} {{ {USER_ERRORS} }} }}"
    kind: Any = MUTATION.fields[mutation].args["input"]
    return f"mutation ($input: {kind.type}) {{ {mutation}(input: $input) {{ {USER_ERRORS} }} }}"


def ids_in(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where there are ids."""
    if isinstance(value, dict):
        for name, one in cast("dict[str, Any]", value).items():
            yield from ids_in(one, (*path, name))
    elif isinstance(value, list):
        for place, one in enumerate(cast("list[Any]", value)):
            yield from ids_in(one, (*path, place))
    elif isinstance(value, str) and re.fullmatch("[a-z]+_[0-9a-z]{26}", value):
        yield path


def put(value: dict[str, Any], path: Path, other: str) -> dict[str, Any]:
    """The same with something else at this place."""
    changed: Any = deepcopy(value)
    *steps, last = path
    within = changed
    for step in steps:
        within = within[step]
    within[last] = other
    return changed


def _holds_ids(kind: Any) -> bool:
    if isinstance(kind, GraphQLInputObjectType):
        return any(_holds_ids(named(one.type)) for one in kind.fields.values())
    return kind.name == "ID"


def _kind_of(name: str, mutation: str) -> str:
    said = (mutation if name in {"id", "ids"} else name).lower()
    if name == "parentId":
        return "invoice"
    return next((kind for kind in _KINDS[::-1] if kind in said), "invoice")
