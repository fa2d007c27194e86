"""What a plan reads: one level for each statement's rows.

A level is a table under an alias with the columns to read, its to-one relations joined into the
same statement, and its to-many relations as children. Children of a single row come along as
arrays where the database can do that; otherwise they are statements of their own, one for all
parents together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause

from engine.errors import ListsExceeded
from engine.pages import PageRequest, SortKey
from engine.series import Series
from engine.types import ObjectType

# What a plain list is taken to have when rows are counted before they are read.
MANY_ROWS = 10
# A board page asks for fewer than 10. What a list is filtered and sorted by makes it cost more.
LISTS_MAX = 100


@dataclass(eq=False)
class Rows:
    """The rows that one statement answers, and how generated code gets at them."""

    number: int
    is_single: bool = False
    # The place of the array in the parent's row, for rows that come with their parent.
    within: "tuple[Rows, str] | None" = None
    columns: list[ColumnElement[Any] | Callable[[], ColumnElement[Any]]] = field(
        default_factory=list[ColumnElement[Any] | Callable[[], ColumnElement[Any]]]
    )

    @property
    def name(self) -> str:
        return f"r{self.number}"

    def add(self, column: ColumnElement[Any] | Callable[[], ColumnElement[Any]]) -> str:
        """Read one more value; answers the expression for it."""
        self.columns.append(column)
        return f"{self.name}[{len(self.columns) - 1}]"

    @property
    def selected(self) -> list[ColumnElement[Any]]:
        return [found if isinstance(found, ColumnElement) else found() for found in self.columns]

    @property
    def loop(self) -> str:
        """Over all these rows, whatever they came with."""
        if self.within is None:
            return f"for {self.name} in rows{self.number}"
        parent, place = self.within
        return f"{parent.loop} for {self.name} in {place}"


@dataclass(eq=False)
class Level:
    """Rows of one type, read in one statement with the rows they point at."""

    type: ObjectType
    row: FromClause
    rows: Rows
    is_optional: bool = False
    places: dict[str, str] = field(default_factory=dict[str, str])
    ones: dict[str, "Joined"] = field(default_factory=dict[str, "Joined"])
    children: dict[str, "Child | Page | Course"] = field(
        default_factory=dict[str, "Child | Page | Course"]
    )

    def place(self, name: str, column: ColumnElement[Any]) -> str:
        if name not in self.places:
            self.places[name] = self.rows.add(column)
        return self.places[name]

    @property
    def id(self) -> str:
        return self.place("id", self.row.c.id)

    @property
    def cost(self) -> str:
        """How many rows this row brings with it, itself included, as an expression."""
        parts = ["1", *(joined.level.cost for joined in self.ones.values())]
        parts += [child.cost for child in self.children.values()]
        return f"({' + '.join(parts)})"


@dataclass
class Joined:
    """A to-one relation: the other row, and how to get from the one to the other."""

    level: Level
    steps: list[tuple[FromClause, ColumnElement[bool]]]
    is_optional: bool


@dataclass(eq=False)
class Child:
    """A to-many relation. `owner` is the column that says whose row it is."""

    parent: Level
    level: Level
    owner: ColumnElement[str]
    via: tuple[FromClause, ColumnElement[bool]] | None
    sort: list[SortKey]

    @property
    def rows(self) -> Rows:
        return self.level.rows

    @property
    def cost(self) -> str:
        return f"{MANY_ROWS} * {self.level.cost}"


@dataclass(eq=False)
class Course:
    """The rows of a series. `check` names what looks at the arguments, in generated code."""

    parent: Level
    level: Level
    declared: Series
    check: str
    room: BindParameter[int]
    sort: list[SortKey]

    @property
    def rows(self) -> Rows:
        return self.level.rows

    @property
    def cost(self) -> str:
        return f"{self.declared.rows} * {self.level.cost}"


class Lists:
    """The lists of one operation, counted while they are planned.

    Planning compiles a statement for each, which takes a millisecond or two; nobody else is
    answered meanwhile.
    """

    def __init__(self, most: int = LISTS_MAX) -> None:
        self._most = most
        self._count = 0

    def add(self, count: int = 1) -> None:
        self._count += count
        if self._count > self._most:
            raise ListsExceeded(self._most)


@dataclass
class Listed:
    """The rows of a list, filtered, and how they are sorted."""

    level: Level
    conditions: list[ColumnElement[bool]]
    sort: list[SortKey]
    owner: ColumnElement[str] | None


@dataclass(eq=False)
class Page:
    """A connection: which page, and what of it was asked for."""

    parent: Level | None
    request: PageRequest
    size: BindParameter[int]
    size_name: str
    listed: Listed
    make_bare: Callable[[], Listed]
    wants: set[str] = field(default_factory=set[str])
    # What the rows of `totals` stand for, if they are wanted.
    totals: ObjectType | None = None

    @property
    def rows(self) -> Rows:
        return self.listed.level.rows

    @cached_property
    def bare(self) -> Listed:
        """The same list with nothing but what filters and sorts it: to count, and to pick."""
        return self.make_bare()

    @property
    def has_cursors(self) -> bool:
        return self.request.after is not None or self.request.before is not None

    @property
    def wants_more(self) -> bool:
        """Whether it matters that the list goes on after the page."""
        return ("hasPreviousPage" if self.request.backward else "hasNextPage") in self.wants

    @property
    def cost(self) -> str:
        extra = len(self.wants & {"totalCount", "totals"}) * MANY_ROWS
        return f"({extra} + {self.size_name}(v) * {self.listed.level.cost})"
