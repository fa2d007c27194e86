"""The root fields of an operation, each planned: how to answer it, and at what cost."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from engine import leaves, reading
from engine.answers import LONG, Asked, Shown
from engine.declare import Answer, ById, Connection, Declaration, Lookup, Work
from engine.errors import BadUserInput
from engine.given import MISSING, Given, Read, Variables
from engine.kinds import is_list
from engine.plan import Planner
from engine.reading import Reading
from engine.selection import Selected
from engine.streams import Stream
from engine.types import ObjectType, name_of

NODES_MAX = 100


class Root(Protocol):
    """One root field."""

    def cost(self, variables: Variables) -> int:
        """How many rows it asks for."""
        ...

    def answer(self, asked: Asked) -> Coroutine[Any, Any, Any]: ...


def root(planner: Planner, parent: ObjectType, selected: Selected) -> Root:
    """How a root field is answered. Raises BadUserInput where its arguments do not allow it."""
    if selected.name == "__typename":
        return _Typename(parent.name)
    declaration: Declaration = parent.declarations[selected.name]
    match declaration:
        case Connection():
            return _Read(reading.page(planner, parent, selected, declaration))
        case Lookup():
            return _Read(reading.lookup(planner, parent, selected, declaration))
        case ById():
            return _by_id(planner, parent, selected)
        case Work():
            return Worked(planner, parent, selected, declaration)
        case _:
            raise TypeError(f"{parent.name}.{selected.name} cannot stand on a root type")


@dataclass(frozen=True)
class _Typename:
    name: str

    def cost(self, variables: Variables) -> int:
        return 0

    async def answer(self, asked: Asked) -> str:
        return self.name


@dataclass(frozen=True)
class _Read:
    reading: Reading

    def cost(self, variables: Variables) -> int:
        return self.reading.cost(variables)

    def answer(self, asked: Asked) -> Coroutine[Any, Any, Any]:
        is_long = asked.cost > LONG
        return self.reading.run(asked.request, asked.variables, asked.fetch, None, is_long=is_long)


def _by_id(planner: Planner, parent: ObjectType, selected: Selected) -> Root:
    arguments = planner.arguments(parent.graphql.fields[selected.name], selected)
    types = planner.types

    def type_names(ids: Any) -> tuple[str, ...]:
        found = {types.of_id(one) for one in _listed(ids)}
        return tuple(sorted(one.name for one in found if one is not None))

    given: Given = next(iter(arguments.values()))
    if len(_listed(given.now)) > NODES_MAX:
        raise BadUserInput(f"At most {NODES_MAX} ids may be asked for at once")
    read = given.read(_few)
    planner.reads.append(read)
    kind = leaves.type_of(parent.graphql.fields[selected.name])
    make = reading.by_ids if is_list(kind) else reading.by_id
    readings = {name: make(planner, types[name], selected.sets) for name in given.ask(type_names)}
    return _ById(read, readings, lambda one: getattr(types.of_id(one), "name", ""))


def _listed(ids: Any) -> list[str]:
    return [ids] if isinstance(ids, str) else cast("list[str]", ids)


def _few(ids: Any) -> Any:
    if len(_listed(ids)) > NODES_MAX:
        raise BadUserInput(f"At most {NODES_MAX} ids may be asked for at once")
    return ids


@dataclass(frozen=True)
class _ById:
    """Any object by its global id, or a list of them; of each type one reading."""

    ids: Read
    readings: Mapping[str, Reading]
    type_of: Callable[[str], str]

    def cost(self, variables: Variables) -> int:
        each = [found.cost(variables) for found in self.readings.values()]
        return max(each, default=0) * len(_listed(self.ids(variables)))

    async def answer(self, asked: Asked) -> Any:
        ids = self.ids(asked.variables)
        if isinstance(ids, str):
            return next(
                [await self._read(asked, name, ids) for name in self.readings].__iter__(), None
            )
        found: dict[str, Any] = {}
        for name in self.readings:
            found |= await self._read(asked, name, [i for i in ids if self.type_of(i) == name])
        return [found.get(one) for one in ids]

    async def _read(self, asked: Asked, name: str, ids: Any) -> Any:
        run = self.readings[name].run
        return await run(asked.request, asked.variables, asked.fetch, ids, is_long=False)


def _or_none(value: Any) -> Any:
    return None if value is MISSING else value


class Worked:
    """A field whose resolver does the work; what its answer names is read by plan."""

    def __init__(
        self, planner: Planner, parent: ObjectType, selected: Selected, work: Work
    ) -> None:
        kind = parent.graphql.fields[selected.name]
        arguments = planner.arguments(kind, selected)
        self._function: Callable[..., Awaitable[Any]] = work.function
        schema = planner.types.schema
        self._changes = parent.graphql is schema.mutation_type
        self._is_watched = parent.graphql is schema.subscription_type
        names = dict(zip(arguments, work.names, strict=True)) if work.names else {}
        self._arguments = {
            names.get(name, name): given.read(
                work.converter() if name == work.argument else _or_none if names else None
            )
            for name, given in arguments.items()
        }
        self._shown = Shown(
            planner,
            planner.types[name_of(kind)],
            selected.sets,
            are_many=is_list(leaves.type_of(kind)),
        )

    def cost(self, variables: Variables) -> int:
        return self._shown.cost(variables)

    async def work(self, asked: Asked) -> Answer | list[Answer]:
        # Here comes every mutation, and nothing of it has been done yet.
        if self._changes:
            asked.request.check_may_change()
        if self._is_watched:
            raise TypeError("What is watched is shown whenever something happens")
        return await self._function(asked.request, **self._given(asked))

    async def watch(self, asked: Asked) -> Stream:
        """What happens from now on; each of it can be shown."""
        return await self._function(asked.request, **self._given(asked))

    def _given(self, asked: Asked) -> dict[str, Any]:
        return {name: read(asked.variables) for name, read in self._arguments.items()}

    async def show(self, answer: Answer | list[Answer], asked: Asked) -> Any:
        if isinstance(answer, list):
            return await self._shown.show_all(answer, asked)
        return await self._shown.show(answer, asked)

    async def answer(self, asked: Asked) -> Any:
        return await self.show(await self.work(asked), asked)
