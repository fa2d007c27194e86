"""One root field as a function: it runs the statements, and one expression shapes their rows."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from graphql import SelectionSetNode
from sqlalchemy import ColumnElement, String
from sqlalchemy import bindparam as bind

from engine import courses, statements
from engine.asking import Request
from engine.declare import Connection, Lookup
from engine.filters import TEXTS, is_among
from engine.given import Variables
from engine.levels import Child, Course, Level, Page
from engine.plan import Planner
from engine.selection import Selected
from engine.shape import Shaper
from engine.types import ObjectType

Fetch = Callable[..., Awaitable[Sequence[Sequence[Any]]]]


class Run(Protocol):
    """`ids` are the objects asked for, where they are read by id; `is_long` if rows are many."""

    def __call__(
        self, request: Request, variables: Variables, fetch: Fetch, ids: Any, /, *, is_long: bool
    ) -> Coroutine[Any, Any, Any]: ...


@dataclass(frozen=True)
class Reading:
    """What a plan does for one field: `run` it, having seen by `cost` how many rows it asks for."""

    run: Run
    cost: Callable[[Variables], int]
    source: str
    texts: tuple[str, ...]
    # Where its only statement reads one row of one table, and nothing else: its columns, and the
    # answer from their values.
    columns: tuple[str, ...] | None = None
    of: Callable[[Request, Variables, Sequence[Any]], Any] | None = None

    def of_row(self, row: Mapping[str, Any], asked: Request, variables: Variables) -> Any:
        """The answer from a row that is at hand, by column; None if it takes more than that."""
        if self.of is None or self.columns is None:
            return None
        return self.of(asked, variables, [row[name] for name in self.columns])


def page(planner: Planner, parent: ObjectType, selected: Selected, field: Connection) -> Reading:
    """A list that belongs to no row."""
    shaper = Shaper(planner)
    made = planner.page(None, parent, selected, field)
    answer = shaper.page(made, parent, selected)
    script = _Script(planner)
    script.page(made)
    return script.reading(answer, made.cost)


def lookup(planner: Planner, parent: ObjectType, selected: Selected, field: Lookup) -> Reading:
    """At most one row, found by the field's arguments."""
    target = planner.types[parent.target(selected.name)]
    level = planner.level(target, planner.rows(is_single=True))
    arguments = planner.arguments(parent.graphql.fields[selected.name], selected)
    condition = field.find(level.row, arguments, planner)
    return _single(planner, level, selected.sets, condition)


def by_id(planner: Planner, object_type: ObjectType, sets: Iterable[SelectionSetNode]) -> Reading:
    """The one object whose id is given when it is run."""
    level = planner.level(object_type, planner.rows(is_single=True))
    name = f"one{planner.number()}"
    planner.sources[name] = "ids"
    return _single(planner, level, sets, level.row.c.id == bind(name, type_=String()))


def by_ids(planner: Planner, object_type: ObjectType, sets: Iterable[SelectionSetNode]) -> Reading:
    """The objects whose ids are given when it is run, by id."""
    level = planner.level(object_type, planner.rows())
    name = f"all{planner.number()}"
    planner.sources[name] = "ids"
    planner.lists.add()
    answer = Shaper(planner).object(level, sets)
    script = _Script(planner)
    condition = is_among(level.row.c.id, bind(name, type_=TEXTS), planner)
    key = level.id
    script.root(level, statements.by_condition(planner, level, condition))
    row = level.rows.name
    return script.reading(f"{{{key}: {answer} for {row} in rows{level.rows.number}}}", level.cost)


def _single(
    planner: Planner,
    level: Level,
    sets: Iterable[SelectionSetNode],
    condition: ColumnElement[bool],
) -> Reading:
    _ = level.id
    planner.lists.add()
    answer = Shaper(planner).object(level, sets)
    script = _Script(planner)
    script.root(level, statements.by_condition(planner, level, condition))
    row, number = level.rows.name, level.rows.number
    columns = _columns(level)
    if columns is not None:
        answer = script.of(row, answer)
    made = script.reading(f"next(({answer} for {row} in rows{number}), None)", level.cost)
    return replace(made, columns=columns)


def _columns(level: Level) -> tuple[str, ...] | None:
    names: list[str] = []
    for column in level.rows.selected:
        if getattr(column, "table", None) is not level.row:
            return None
        names.append(str(column.key))
    return None if level.ones or level.children else tuple(names)


class _Script:
    """The lines of the function: parents before their children."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._functions: list[str] = []
        self._lines: list[str] = []
        self._sizes: list[str] = []
        self._texts: list[str] = []

    def of(self, row: str, answer: str) -> str:
        """The answer from one row as a function; how it is called."""
        self._functions = [f"def of(q, v, {row}):", f"    return {answer}"]
        return f"of(q, v, {row})"

    def reading(self, answer: str, cost: str) -> Reading:
        source = "\n".join(
            [
                *self._functions,
                "async def run(q, v, fetch, ids, *, is_long):",
                *(f"    {line}" for line in (*self._sizes, *self._lines)),
                f"    return {answer}",
                "def cost(v):",
                f"    return {cost}",
            ]
        )
        names: dict[str, Any] = {**self._planner.names, **_HELP}
        exec(compile(source, "<plan>", "exec"), names)  # noqa: S102 - no text of a client comes here: names are the schema's, values have names
        texts = tuple(self._texts)
        return Reading(names["run"], names["cost"], source, texts, of=names.get("of"))

    def root(self, level: Level, statement: Any) -> None:
        self._fetch(f"rows{level.rows.number} = ", statement)
        self._below(level)

    def page(self, page: Page) -> None:
        number, parent, within = page.rows.number, page.parent, page.rows.within
        self._sizes.append(f"n{number} = {page.size_name}(v)")
        guard = ""
        if parent is not None and (within is None or page.wants - {"rows"}):
            self._ids(number, parent)
            guard = f" if i{number} else ()"
        if "rows" in page.wants and within is None:
            statement = statements.rows_of(self._planner, page)
            self._fetch(f"rows{number} = ", statement, guard)
            if parent is not None:
                self._lines.append(f"m{number} = group(rows{number})")
        self._ends(page, guard)
        if "totalCount" in page.wants:
            statement = statements.counts(self._planner, page)
            self._fetch(f"t{number} = dict(", statement, f"{guard})", is_long="True")
        if "totals" in page.wants:
            statement = statements.totals(self._planner, page)
            self._fetch(f"totals{number} = group(", statement, f"{guard})", is_long="True")
        if "rows" in page.wants:
            self._below(page.listed.level)

    def _ends(self, page: Page, guard: str) -> None:
        """Whether there is more before and after the page, where that is asked for."""
        number, backward = page.rows.number, page.request.backward
        for name, is_start in (("after", False), ("before", True)):
            if ("hasPreviousPage" if is_start != backward else "hasNextPage") not in page.wants:
                continue
            statement = statements.outside(self._planner, page, is_start=is_start)
            if statement is None:
                self._lines.append(f"{name}{number} = ()")
            else:
                self._fetch(f"{name}{number} = owners(", statement, f"{guard})")

    def _below(self, level: Level) -> None:
        for child in level.children.values():
            match child:
                case Page():
                    self.page(child)
                case Course():
                    self._series(child)
                case Child():
                    self._children(child)
        for joined in level.ones.values():
            self._below(joined.level)

    def _children(self, child: Child) -> None:
        number = child.level.rows.number
        if child.level.rows.within is None:
            self._ids(number, child.parent)
            statement = statements.children(self._planner, child)
            self._fetch(f"rows{number} = ", statement, f" if i{number} else ()")
            self._lines.append(f"m{number} = group(rows{number})")
        self._below(child.level)

    def _series(self, course: Course) -> None:
        number = course.rows.number
        # First of all, whether there is anybody whose series it would be or not.
        self._sizes.append(f"{course.check}(v)")
        self._ids(number, course.parent)
        few = f"few({course.declared.rows_max}, len(i{number}), "
        statement = statements.series(self._planner, course)
        self._fetch(f"rows{number} = {few}", statement, f") if i{number} else ()")
        self._lines.append(f"m{number} = group(rows{number})")
        self._below(course.level)

    def _ids(self, number: int, parent: Level) -> None:
        self._lines.append(f"i{number} = unique({parent.id} {parent.rows.loop})")

    def _fetch(
        self, before: str, statement: Any, after: str = "", *, is_long: str = "is_long"
    ) -> None:
        made = statements.compiled(self._planner, statement)
        self._texts.append(made.text)
        text = self._planner.name(made.text)
        call = f"await fetch({text}, ({made.arguments}), is_long={is_long})"
        self._lines.append(f"{before}({call}){after}" if after else f"{before}{call}")


def group(rows: Iterable[Sequence[Any]]) -> Mapping[Any, list[Sequence[Any]]]:
    """Rows by their first value, the id of whose rows they are."""
    found: dict[Any, list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def unique(ids: Iterable[Any]) -> list[Any]:
    return [found for found in dict.fromkeys(ids) if found is not None]


def owners(rows: Iterable[Sequence[Any]]) -> frozenset[Any]:
    return frozenset(row[0] for row in rows)


# What generated code calls by name.
_HELP = {"group": group, "unique": unique, "owners": owners, "few": courses.few}
