"""What a resolver answers, shown: its values as they are, and the objects that its ids name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, cast

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    SelectionSetNode,
)

from engine import leaves, reading
from engine.asking import Request
from engine.declare import Answer, Reference
from engine.given import Variables
from engine.kinds import is_list, named
from engine.plan import Planner
from engine.reading import Fetch, Reading
from engine.selection import Selected
from engine.shape import TYPE
from engine.types import ObjectType


class Asked(NamedTuple):
    """The request that an answer is shown to."""

    request: Request
    variables: Variables
    fetch: Fetch


class Part(Protocol):
    def cost(self, variables: Variables) -> int:
        """How many rows it asks for, over what the resolver has at hand."""
        ...

    async def show(self, answer: Answer, asked: Asked) -> Any: ...


class Shown:
    """An object that a resolver answers, with what is selected on it."""

    def __init__(
        self, planner: Planner, object_type: ObjectType, sets: Iterable[SelectionSetNode]
    ) -> None:
        below = planner.selection.below(object_type.graphql, sets)
        self._parts = {key: _part(planner, object_type, one) for key, one in below.items()}
        if planner.is_walked:
            self._parts[TYPE] = _Constant(object_type.name)

    def cost(self, variables: Variables) -> int:
        return sum(part.cost(variables) for part in self._parts.values())

    async def show(self, answer: Answer, asked: Asked) -> dict[str, Any]:
        return {key: await part.show(answer, asked) for key, part in self._parts.items()}


def _part(planner: Planner, parent: ObjectType, selected: Selected) -> Part:
    if selected.name == "__typename":
        return _Constant(parent.name)
    kind = parent.graphql.fields[selected.name]
    if isinstance(parent.declarations[selected.name], Reference):
        return _Referred(planner, parent, selected, kind)
    if isinstance(named(leaves.type_of(kind)), GraphQLObjectType | GraphQLInterfaceType):
        return _Objects(planner, selected, kind)
    return _Leaf(planner, selected.name, kind)


@dataclass(frozen=True)
class _Constant:
    value: str

    def cost(self, variables: Variables) -> int:
        return 0

    async def show(self, answer: Answer, asked: Asked) -> str:
        return self.value


class _Leaf:
    def __init__(self, planner: Planner, name: str, kind: GraphQLField) -> None:
        self._name = name
        self._encode = None if planner.is_walked else leaves.encoder(kind)
        self._may_be_null = leaves.may_be_null(kind) or planner.is_walked

    def cost(self, variables: Variables) -> int:
        return 0

    async def show(self, answer: Answer, asked: Asked) -> Any:
        # What a resolver does not mention is null.
        value = answer.values.get(self._name)
        if value is None:
            return None if self._may_be_null else leaves.there(value)
        return value if self._encode is None else self._encode(value)


class _Objects:
    """Objects within the answer, each of a type that only the answer tells."""

    def __init__(self, planner: Planner, selected: Selected, kind: GraphQLField) -> None:
        found = named(leaves.type_of(kind))
        schema = planner.types.schema
        possible: Sequence[GraphQLObjectType] = (
            [found] if isinstance(found, GraphQLObjectType) else schema.get_possible_types(found)
        )
        self._name = selected.name
        self._shown = {
            one.name: Shown(planner, planner.types[one.name], selected.sets) for one in possible
        }

    def cost(self, variables: Variables) -> int:
        # Which types there will be, and how many objects, only the answer tells.
        return max(shown.cost(variables) for shown in self._shown.values())

    async def show(self, answer: Answer, asked: Asked) -> Any:
        value = answer.values.get(self._name)
        if isinstance(value, list):
            listed = cast("list[Answer]", value)
            return [await self._shown[one.type_name].show(one, asked) for one in listed]
        return None if value is None else await self._shown[value.type_name].show(value, asked)


class _Referred:
    """Objects read by the ids in the answer, in its order."""

    def __init__(
        self, planner: Planner, parent: ObjectType, selected: Selected, kind: GraphQLField
    ) -> None:
        target = planner.types[parent.target(selected.name)]
        self._name = selected.name
        self._may_be_null = leaves.may_be_null(kind)
        make = reading.by_ids if is_list(leaves.type_of(kind)) else reading.by_id
        self._reading: Reading = make(planner, target, selected.sets)

    def cost(self, variables: Variables) -> int:
        return self._reading.cost(variables)

    async def show(self, answer: Answer, asked: Asked) -> Any:
        value = answer.values.get(self._name)
        if value is None:
            return None if self._may_be_null else leaves.there(value)
        row = answer.rows.get(value) if isinstance(value, str) else None
        if row is not None and self._reading.columns is not None:
            return await self._reading.of_row(row, asked.request, asked.variables)
        run = self._reading.run
        found = await run(asked.request, asked.variables, asked.fetch, value, False)  # noqa: FBT003
        if isinstance(value, list):
            return [found[one] for one in cast("list[str]", value) if one in found]
        return found if self._may_be_null else leaves.there(found)
