"""Running an operation: by plan where that is a complete success, by graphql-core where not."""

import logging
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

import graphql
from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationType,
)
from sqlalchemy import Dialect

from engine.answers import Asked
from engine.asking import Request
from engine.documents import Operation
from engine.errors import CostExceeded, Result, TooLarge
from engine.given import Decisions, Read, Variables
from engine.levels import Lists
from engine.pages import PAGE_SIZE_MAX
from engine.plan import Planner
from engine.roots import Root, Worked, root
from engine.selection import Selection
from engine.types import ObjectType, Types
from engine.variables import Coercion

# It does not say which types its types are made of.
_graphql: Any = graphql

_log = logging.getLogger(__name__)

PLANS_MAX = 64


@dataclass(frozen=True)
class Plan:
    """How to answer an operation's root fields, by response key."""

    roots: Mapping[str, Root]
    # Whether that is all there is: introspection is graphql-core's.
    is_whole: bool
    # Every value that the statements take of the request.
    reads: tuple[Read, ...]


class _Question:
    def __init__(self, read: Read) -> None:
        self.read = read
        self.answers: dict[Hashable, _Question | Plan] = {}


class Plans:
    """The plans of one operation, found by asking of the variables what was asked to make them."""

    def __init__(self, schema: GraphQLSchema, operation: Operation) -> None:
        self.coerce = Coercion(schema, operation.definition.variable_definitions or ())
        self._first: _Question | Plan | None = None
        self._count = 0

    def find(self, variables: Variables) -> Plan | None:
        found = self._first
        while isinstance(found, _Question):
            found = found.answers.get(found.read(variables))
        return found

    def keep(self, decisions: Iterable[tuple[Read, Hashable]], plan: Plan) -> None:
        if self._count >= PLANS_MAX:
            self._first, self._count = None, 0
        self._count += 1
        made = list(decisions)
        if not made:
            self._first = plan
            return
        if not isinstance(self._first, _Question):
            self._first = _Question(made[0][0])
        question = self._first
        for (_, answer), (read, _) in pairwise(made):
            # Planning is deterministic: after the same answers comes the same question.
            question = cast("_Question", question.answers.setdefault(answer, _Question(read)))
        question.answers[made[-1][1]] = plan


@dataclass(slots=True)
class Walk:
    """What graphql-core's resolvers are given: the request, and what has already been done."""

    executor: "Executor"
    operation: Operation
    variables: Variables
    request: Request
    # By response key: the answers of resolvers that have done their work, or what they raised.
    done: Mapping[str, Any]
    # What all root fields together have asked for so far.
    lists: Lists = field(default_factory=Lists)
    cost: int = 0


@dataclass(slots=True)
class Counts:
    """How many plans were made, and operations answered by plan or by graphql-core."""

    made: int = 0
    planned: int = 0
    walked: int = 0


class Executor:
    """Answers operations over one schema in one database's dialect."""

    def __init__(
        self, schema: GraphQLSchema, dialect: Dialect, *, cost_max: int, always_walk: bool = False
    ) -> None:
        self.schema = schema
        self.types = Types(schema)
        self.counts = Counts()
        self._dialect = dialect
        self._cost_max = cost_max
        self.always_walk = always_walk

    async def execute(
        self, operation: Operation, given: dict[str, Any] | None, request: Request
    ) -> Result:
        variables = self.coerced(operation, given)
        if isinstance(variables, list):
            return Result(None, variables, is_request_error=True)
        try:
            plan, cost = self.weighed(operation, variables)
        except TooLarge as error:
            return Result(None, [error], is_request_error=True)
        done: dict[str, Any] = {}
        if plan is not None and plan.is_whole and not self.always_walk:
            if operation.definition.operation is OperationType.MUTATION:
                asked = Asked(request, variables, request.fetch_own, self.check_cost, cost)
                data = await _change(plan, asked, done)
            else:
                asked = Asked(request, variables, request.fetch, self.check_cost, cost)
                data = await _read(plan, asked)
            if data is not None:
                self.counts.planned += 1
                return Result(data)
        self.counts.walked += 1
        return await self.walk(Walk(self, operation, variables, request, done), given)

    def coerced(
        self, operation: Operation, given: Mapping[str, Any] | None
    ) -> Variables | list[GraphQLError]:
        """The variables as the operation's types want them, or what is wrong with them."""
        return self._plans(operation).coerce(given)

    def check_cost(self, cost: int) -> None:
        if cost > self._cost_max:
            raise CostExceeded(cost, self._cost_max)

    def weighed(self, operation: Operation, variables: Variables) -> tuple[Plan | None, int]:
        """The operation's plan for such variables, and what it costs.

        None where graphql-core has to say why not.
        """
        try:
            plan = self.plan(operation, variables)
            cost = 0
            for one in plan.roots.values():
                cost += one.cost(variables)
            self.check_cost(cost)
        except TooLarge:
            raise
        except Exception as error:  # noqa: BLE001 - graphql-core meets it again, and tells
            return declined(error), 0
        return plan, cost

    def plan(self, operation: Operation, variables: Variables) -> Plan:
        """The operation's plan for such variables, made now or before."""
        plans = self._plans(operation)
        found = plans.find(variables)
        if found is None:
            planner = self.planner(operation.fragments, variables, Lists())
            found = self._made(operation, planner)
            plans.keep(planner.decisions.made, found)
            self.counts.made += 1
        return found

    def _plans(self, operation: Operation) -> Plans:
        if operation.plans is None:
            operation.plans = Plans(self.schema, operation)
        return operation.plans

    def planner(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Variables,
        lists: Lists,
        *,
        is_walked: bool = False,
        page_size_max: int = PAGE_SIZE_MAX,
    ) -> Planner:
        decisions = Decisions(variables)
        return Planner(
            self.types,
            self._dialect,
            Selection(self.schema, fragments, decisions),
            decisions,
            lists,
            is_walked=is_walked,
            page_size_max=page_size_max,
        )

    def root_type(self, operation: Operation) -> ObjectType:
        found = self.schema.get_root_type(operation.definition.operation)
        return self.types[cast("Any", found).name]

    def _made(self, operation: Operation, planner: Planner) -> Plan:
        parent = self.root_type(operation)
        sets = [operation.definition.selection_set]
        selected = planner.selection.below(parent.graphql, sets)
        roots = {
            key: root(planner, parent, one)
            for key, one in selected.items()
            if one.name == "__typename" or not one.name.startswith("__")
        }
        return Plan(roots, len(roots) == len(selected), tuple(planner.reads))

    async def walk(self, walk: Walk, given: dict[str, Any] | None) -> Result:
        name = walk.operation.definition.name
        outcome: Any = _graphql.execute(
            self.schema,
            walk.operation.document,
            context_value=walk,
            variable_values=given,
            operation_name=name.value if name else None,
        )
        result = await outcome if hasattr(outcome, "__await__") else outcome
        errors: list[GraphQLError] = result.errors or []
        is_request_error = result.data is None and bool(errors) and not any(e.path for e in errors)
        return Result(result.data, errors, is_request_error=is_request_error)


async def _read(plan: Plan, asked: Asked) -> dict[str, Any] | None:
    """The whole answer; None where it is not a complete success."""
    try:
        return {key: await one.answer(asked) for key, one in plan.roots.items()}
    except Exception as error:  # noqa: BLE001 - graphql-core meets it again, and tells
        return declined(error)


async def _change(plan: Plan, asked: Asked, done: dict[str, Any]) -> dict[str, Any] | None:
    """A mutation does its work once. What comes of it is kept for graphql-core, if need be."""
    data: dict[str, Any] = {}
    try:
        # A request whose answer could not be read must not change anything.
        for read in plan.reads:
            read(asked.variables)
        for key, one in plan.roots.items():
            if isinstance(one, Worked):
                done[key] = await _done(one, asked)
                if isinstance(done[key], Exception):
                    return None
                data[key] = await one.show(done[key], asked)
            else:
                data[key] = await one.answer(asked)
    except Exception as error:  # noqa: BLE001 - graphql-core meets it again, and tells
        return declined(error)
    return data


def declined(error: Exception) -> None:
    """Clients' mistakes and outages are told where they are answered; the rest is worth a look."""
    if not isinstance(error, GraphQLError | ConnectionError):
        _log.warning("a plan could not answer", exc_info=error)


async def _done(one: Worked, asked: Asked) -> Any:
    try:
        return await one.work(asked)
    except Exception as error:  # noqa: BLE001 - kept, and raised where graphql-core looks for it
        return error
