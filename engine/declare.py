"""What each field of an object type stands on.

A schema class declares once where its values come from: a table's columns, relations to other
types, lists, and functions of columns. That one declaration serves the schema, the SQL and the
shaping of the answer. The functions here make Strawberry fields that carry it as metadata.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, Table

from engine.asking import Asking, Condition, Filter
from engine.given import Given
from engine.series import Echo, Edge, Members, Series

METADATA = "stands_on"


@dataclass(frozen=True)
class Stands:
    """The table of an object type. `live` says which rows exist for a client.

    What has no id of its own has no prefix either.
    """

    table: Table
    id_prefix: str
    live: Condition | None = None


def stands(model: type[object], id_prefix: str = "", live: Condition | None = None) -> Any:
    """What an object type says it stands on: the table of a mapped class."""
    return Stands(table_of(model), id_prefix, live)


def table_of(model: type[object]) -> Table:
    """The table of a mapped class."""
    table: Table = getattr(model, "__table__")  # noqa: B009 - the mapper puts it there
    return table


@dataclass(frozen=True)
class Column:
    """A plain column, shown as it is or by `convert`.

    Named like its field unless `name` says otherwise; `unit` is what the column's name adds to it
    (`total` stands on `total_cents`).
    """

    name: str = ""
    convert: Callable[[Any], Any] | None = None
    unit: str = ""


@dataclass(frozen=True)
class Sql:
    """A value the database works out for a row. Given the row's alias and the request."""

    build: Callable[[FromClause, Asking], ColumnElement[Any]]
    convert: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Computed:
    """A pure function of columns (or of other declared SQL values), then of the arguments."""

    function: Callable[..., Any]
    needs: tuple[str, ...]
    arguments: tuple[str, ...]
    needs_today: bool
    needs_request: bool = False


@dataclass(frozen=True)
class Link:
    """The table between two related ones; `live` says which of its rows count."""

    table: Table
    parent_key: str
    target_key: str
    live: Condition | None = None


@dataclass(frozen=True)
class One:
    """The row whose id stands in `key`, or that `via` leads to from this row's id.

    `is_itself` leads to this very row, as another type shows it.
    """

    key: str = "id"
    via: Link | None = None
    include_deleted: bool = False
    is_itself: bool = False


@dataclass(frozen=True)
class OrderKey:
    """A column to sort by; `through` names the to-one field whose row has it."""

    column: str
    descending: bool = False
    through: str | None = None


@dataclass(frozen=True)
class Many:
    """The rows whose `key` is this row's id, or that `via` leads to."""

    order_by: tuple[OrderKey, ...]
    key: str = "id"
    via: Link | None = None


@dataclass(frozen=True)
class Listing:
    """How a list of one type can be filtered and sorted.

    `order` turns the argument `orderBy` into a name, which cursors are bound to, and keys. The id
    is added as the last key by the plan.
    """

    order: Callable[[Any], tuple[str, tuple[OrderKey, ...]]]
    filters: Mapping[str, Filter] = field(default_factory=dict[str, Filter])


@dataclass(frozen=True)
class Connection:
    """A list in pages: of everything, or of the rows whose `key` is this row's id."""

    listing: Listing
    key: str | None = None


@dataclass(frozen=True)
class Aggregate:
    """A value over all rows of a list, in an object that stands for a group of them."""

    build: Callable[[FromClause], ColumnElement[Any]]
    is_group: bool = False
    convert: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Lookup:
    """At most one row, found by the arguments."""

    find: Callable[[FromClause, Mapping[str, Given], Asking], ColumnElement[bool]]


@dataclass(frozen=True)
class ById:
    """Any object by its global id, or a list of them by a list of ids."""


@dataclass(frozen=True)
class Answer:
    """What a resolver answers: an object's values by name, and ids in place of the rest.

    The objects that the ids name are read by plan, after the resolver has done its work.
    """

    type_name: str
    values: Mapping[str, Any]
    # Rows that the work was given back, by id: as the driver has them, each value by its column.
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


@dataclass(frozen=True)
class Work:
    """Answered by a resolver, which is called with the request and the field's arguments.

    It answers an `Answer` or a list of them; what is watched, a stream of them (`engine.streams`).

    `converter` finds what makes the Python object of its one argument, when all types are known.
    """

    function: Callable[..., Awaitable[Any]]
    argument: str = ""
    converter: Callable[[], Callable[[Any], Any] | None] = lambda: None
    # Otherwise how the function names its arguments, in their order; what is not given is None.
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Value:
    """Something the resolver has put there by name."""


@dataclass(frozen=True)
class Reference:
    """An object, or a list of them, whose id the resolver has put there by name."""


Declaration = (
    Column
    | Sql
    | Computed
    | One
    | Many
    | Connection
    | Aggregate
    | Lookup
    | ById
    | Work
    | Value
    | Series
    | Edge
    | Members
    | Echo
    | Reference
)


def declared(declaration: Declaration, description: str, name: str | None = None) -> Any:
    """A field without arguments."""
    return strawberry.field(name=name, description=description, metadata={METADATA: declaration})


def declared_with(
    declaration: Declaration, description: str, parameters: Sequence[inspect.Parameter]
) -> Any:
    """A field with arguments, which Strawberry learns from the parameters of a resolver."""

    def answered_by_plan(*_: object, **__: object) -> Any:
        raise AssertionError("declared fields are answered by plans")

    # Functions may carry a signature of their own; their type stubs do not say so.
    function: Any = answered_by_plan
    function.__signature__ = inspect.Signature(parameters)
    return strawberry.field(
        resolver=function, description=description, metadata={METADATA: declaration}
    )


def argument(
    name: str, annotation: object, description: str, shown_as: str | None = None
) -> inspect.Parameter:
    """An argument of a declared field; one that may be absent has `None` in its annotation."""
    is_required = type(None) not in getattr(annotation, "__args__", ())
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if is_required else strawberry.UNSET,
        # A type made at run time, for Strawberry to read.
        annotation=Annotated[
            annotation, strawberry.argument(description=description, name=shown_as)
        ],
    )


def computed(*needs: str) -> Callable[[Callable[..., Any]], Computed]:
    """Declare a function of columns as a field. Its docstring is the field's description.

    Positional parameters take the columns named by `needs`; a keyword-only `today` takes the
    organization's day, and a keyword-only `request` the request, for what only that knows (its
    organization, its moment); the other keyword-only parameters are the field's arguments.
    """

    def declare(function: Callable[..., Any]) -> Computed:
        names = [
            parameter.name
            for parameter in inspect.signature(function).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        ]
        arguments = tuple(name for name in names if name not in {"today", "request"})
        return Computed(function, needs, arguments, "today" in names, "request" in names)

    return declare


def resolved_by(declaration: Computed) -> Any:
    """A field answered by a computed function."""
    signature = inspect.signature(declaration.function)
    parameters = [
        parameter.replace(default=strawberry.UNSET)
        for name, parameter in signature.parameters.items()
        if name in declaration.arguments
    ]
    description = inspect.getdoc(declaration.function) or ""
    if not parameters:
        return declared(declaration, description)
    return declared_with(declaration, description, parameters)
