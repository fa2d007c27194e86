"""A list as a whole, however long: read by one statement, and shown piece by piece."""

from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from typing import Any, Protocol, cast

from engine import reading
from engine.asking import Request
from engine.declare import Connection
from engine.documents import Documents
from engine.execution import Executor
from engine.given import Variables
from engine.levels import Lists
from engine.limits import Limits
from engine.reading import Reading

# GraphQL's largest Int: no list has as many.
_ALL = 2**31 - 1
# Showing a piece is what others wait for. It has so many objects at most, and they are fewer where
# what belongs to them comes to more rows than that.
_OBJECTS_MAX = 100
_ROWS_MAX = 1_000

Node = Mapping[str, Any]


class Moment(Protocol):
    """Rows as they are at one moment, those of one statement piece by piece."""

    async def open(self, text: str, args: Sequence[Any]) -> None: ...
    async def more(self, count: int) -> Sequence[Sequence[Any]]: ...
    def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Awaitable[Sequence[Sequence[Any]]]: ...


class WholeList:
    """One list of the schema with what is selected on it: the same rows that its pages have.

    `text` has two operations over one field: `Count` asks for its `totalCount`, and `Rows` for its
    `nodes`, of which the variable `first` says how many.
    """

    def __init__(self, executor: Executor, text: str) -> None:
        documents = Documents(executor.schema, Limits())
        self._executor = executor
        self._count = documents.operation(text, "Count")
        self._rows = documents.operation(text, "Rows")

    async def count(self, given: Mapping[str, Any], request: Any) -> int:
        """How many there are. Raises GraphQLError where the variables ask for what cannot be."""
        result = await self._executor.execute(self._count, dict(given), request)
        for error in result.errors:
            raise error.original_error or error
        [page] = result.data.values()
        return page["totalCount"]

    async def pieces(
        self, given: Mapping[str, Any], request: Request, moment: Moment, *, is_plain: bool
    ) -> AsyncGenerator[Sequence[Node]]:
        """All of them in their order, as the answer's JSON has them; or as plain Python values."""
        variables = self._variables(given)
        read = self._reading(variables, is_walked=is_plain)
        await _Opening(read, moment).show(request, variables, ())
        size = _OBJECTS_MAX
        while rows := await moment.more(size):
            waiting = [rows]
            while waiting:
                rows = waiting.pop()
                try:
                    nodes = await _Piece(read, moment).show(request, variables, rows)
                except _TooMany:
                    size = len(rows) // 2
                    waiting += [rows[size:], rows[:size]]
                else:
                    yield nodes
                    size = min(2 * size, _OBJECTS_MAX)

    def _variables(self, given: Mapping[str, Any]) -> Variables:
        coerced = self._executor.coerced(self._rows, {**given, "first": _ALL})
        if isinstance(coerced, list):
            raise coerced[0]
        return coerced

    def _reading(self, variables: Variables, *, is_walked: bool) -> Reading:
        operation = self._rows
        planner = self._executor.planner(
            operation.fragments, variables, Lists(), is_walked=is_walked, page_size_max=_ALL
        )
        parent = self._executor.root_type(operation)
        sets = [operation.definition.selection_set]
        [selected] = planner.selection.below(parent.graphql, sets).values()
        declaration = cast("Connection", parent.declarations[selected.name])
        return reading.page(planner, parent, selected, declaration)


class _TooMany(Exception):
    """What belongs to these objects is more than should be shown in one go."""


class _Piece:
    """Shows rows that are at hand, with what else belongs to them."""

    def __init__(self, read: Reading, moment: Moment) -> None:
        self._run = read.run
        # The list's own statement comes first; whatever follows asks for rows of its rows.
        self._list_text = read.texts[0]
        self._moment = moment
        self._rows: Sequence[Any] = ()
        self._count = 0

    async def show(
        self, request: Request, variables: Variables, rows: Sequence[Any]
    ) -> Sequence[Node]:
        self._rows = rows
        answer = await self._run(request, variables, self._fetch, None, is_long=True)
        return answer["nodes"]

    async def _fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Sequence[Sequence[Any]]:
        if text == self._list_text:
            return await self._listed(args)
        found = await self._moment.fetch(text, args, is_long=is_long)
        self._count += len(found)
        if self._count > _ROWS_MAX and len(self._rows) > 1:
            raise _TooMany
        return found

    async def _listed(self, args: Sequence[Any]) -> Sequence[Any]:
        return self._rows


class _Opening(_Piece):
    """Begins the list's statement, and shows nothing yet."""

    async def _listed(self, args: Sequence[Any]) -> Sequence[Any]:
        await self._moment.open(self._list_text, args)
        return ()
