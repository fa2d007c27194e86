"""What a resolver answers, shown: its values as they are, and the objects that its ids name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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

# Rows beyond which a statement may take long enough to hold up other requests.
LONG = 1_000


class Asked(NamedTuple):
    """The request that an answer is shown to."""

    request: Request
    variables: Variables
    fetch: Fetch
    # Refuses to read so many rows.
    check_cost: Callable[[int], None]
    # How many rows its root fields ask for together.
    cost: int


class Part(Protocol):
    def cost(self, variables: Variables) -> int:
        """How many rows it asks for, over what the resolver has at hand."""
        ...

    async def show(self, answer: Answer, asked: Asked) -> Any: ...

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> Sequence[Any]:
        """Of many answers at once, in their order: what they name is read together."""
        ...


class Shown:
    """An object that a resolver answers, or each of `many`, with what is selected on it."""

    def __init__(
        self,
        planner: Planner,
        object_type: ObjectType,
        sets: Iterable[SelectionSetNode],
        *,
        are_many: bool = False,
    ) -> None:
        below = planner.selection.below(object_type.graphql, sets)
        self._parts = {
            key: _part(planner, object_type, one, are_many=are_many) for key, one in below.items()
        }
        if planner.is_walked:
            self._parts[TYPE] = _Constant(object_type.name)

    def cost(self, variables: Variables) -> int:
        cost = 0
        for part in self._parts.values():
            cost += part.cost(variables)
        return cost

    async def show(self, answer: Answer, asked: Asked) -> dict[str, Any]:
        return {key: await part.show(answer, asked) for key, part in self._parts.items()}

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = [{} for _ in answers]
        for key, part in self._parts.items():
            for one, value in zip(made, await part.show_all(answers, asked), strict=True):
                one[key] = value
        return made


def _part(planner: Planner, parent: ObjectType, selected: Selected, *, are_many: bool) -> Part:
    if selected.name == "__typename":
        return _Constant(parent.name)
    kind = parent.graphql.fields[selected.name]
    if isinstance(parent.declarations[selected.name], Reference):
        referred = _ReferredByMany if are_many else _Referred
        return referred(planner, parent, selected, kind)
    if isinstance(named(leaves.type_of(kind)), GraphQLObjectType | GraphQLInterfaceType):
        return _Objects(planner, selected, kind, are_many=are_many)
    return _Leaf(planner, selected.name, kind)


@dataclass(frozen=True)
class _Constant:
    value: str

    def cost(self, variables: Variables) -> int:
        return 0

    async def show(self, answer: Answer, asked: Asked) -> str:
        return self.value

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> Sequence[str]:
        return [self.value] * len(answers)


class _Leaf:
    def __init__(self, planner: Planner, name: str, kind: GraphQLField) -> None:
        self._name = name
        self._encode = None if planner.is_walked else leaves.encoder(kind)
        self._may_be_null = leaves.may_be_null(kind) or planner.is_walked

    def cost(self, variables: Variables) -> int:
        return 0

    async def show(self, answer: Answer, asked: Asked) -> Any:
        return self._shown(answer)

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> Sequence[Any]:
        return [self._shown(answer) for answer in answers]

    def _shown(self, answer: Answer) -> Any:
        # What a resolver does not mention is null.
        value = answer.values.get(self._name)
        if value is None:
            return None if self._may_be_null else leaves.there(value)
        return value if self._encode is None else self._encode(value)


class _Objects:
    """Objects within the answer, each of a type that only the answer tells."""

    def __init__(
        self, planner: Planner, selected: Selected, kind: GraphQLField, *, are_many: bool
    ) -> None:
        found = named(leaves.type_of(kind))
        schema = planner.types.schema
        possible: Sequence[GraphQLObjectType] = (
            [found] if isinstance(found, GraphQLObjectType) else schema.get_possible_types(found)
        )
        self._name = selected.name
        are_many = are_many or is_list(leaves.type_of(kind))
        self._shown = {
            one.name: Shown(planner, planner.types[one.name], selected.sets, are_many=are_many)
            for one in possible
        }

    def cost(self, variables: Variables) -> int:
        # Which types there will be, and how many objects, only the answer tells.
        return max(shown.cost(variables) for shown in self._shown.values())

    async def show(self, answer: Answer, asked: Asked) -> Any:
        value = answer.values.get(self._name)
        if isinstance(value, list):
            return await self._each(cast("list[Answer]", value), asked)
        return None if value is None else await self._shown[value.type_name].show(value, asked)

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> Sequence[Any]:
        values = [answer.values.get(self._name) for answer in answers]
        flat = [one for value in values for one in _listed(value)]
        shown = iter(await self._each(flat, asked))
        return [
            [next(shown) for _ in cast("list[Answer]", value)]
            if isinstance(value, list)
            else None
            if value is None
            else next(shown)
            for value in values
        ]

    async def _each(self, answers: Sequence[Answer], asked: Asked) -> list[Any]:
        """All of them, those of one type together, in their order."""
        found: list[Any] = [None] * len(answers)
        for name in dict.fromkeys(answer.type_name for answer in answers):
            places = [place for place, one in enumerate(answers) if one.type_name == name]
            shown = await self._shown[name].show_all([answers[place] for place in places], asked)
            for place, one in zip(places, shown, strict=True):
                found[place] = one
        return found


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
        if row is not None:
            shown = self._reading.of_row(row, asked.request, asked.variables)
            if shown is not None:
                return shown
        run = self._reading.run
        found = await run(asked.request, asked.variables, asked.fetch, value, is_long=False)
        if isinstance(value, list):
            return [found[one] for one in cast("list[str]", value) if one in found]
        return found if self._may_be_null else leaves.there(found)

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> Sequence[Any]:
        return [await self.show(answer, asked) for answer in answers]


class _ReferredByMany:
    """Objects that many answers name, read in one go."""

    def __init__(
        self, planner: Planner, parent: ObjectType, selected: Selected, kind: GraphQLField
    ) -> None:
        target = planner.types[parent.target(selected.name)]
        self._name = selected.name
        self._may_be_null = leaves.may_be_null(kind)
        self._reading = reading.by_ids(planner, target, selected.sets)

    def cost(self, variables: Variables) -> int:
        return self._reading.cost(variables)

    async def show(self, answer: Answer, asked: Asked) -> Any:
        [shown] = await self.show_all([answer], asked)
        return shown

    async def show_all(self, answers: Sequence[Answer], asked: Asked) -> Sequence[Any]:
        values = [answer.values.get(self._name) for answer in answers]
        ids = list(dict.fromkeys(one for value in values for one in _listed(value)))
        # Before there was an answer nobody knew how many there would be.
        cost = len(ids) * self._reading.cost(asked.variables)
        asked.check_cost(cost)
        run, is_long = self._reading.run, cost > LONG
        found: dict[str, Any] = {}
        if ids:
            found = await run(asked.request, asked.variables, asked.fetch, ids, is_long=is_long)
        return [self._shown(value, found) for value in values]

    def _shown(self, value: Any, found: Mapping[str, Any]) -> Any:
        if isinstance(value, list):
            return [found[one] for one in cast("list[str]", value) if one in found]
        one = found.get(value)
        return one if self._may_be_null else leaves.there(one)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]
