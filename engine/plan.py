"""From a selection to what has to be read: one level for each statement's rows.

A level is a table under an alias with the columns to read, its to-one relations joined into the
same statement, and its to-many relations as children: statements of their own, one for all
parents together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode
from sqlalchemy import ColumnElement, FromClause, and_

from engine.cursors import Kind
from engine.declare import (
    Column,
    Computed,
    Connection,
    Link,
    Many,
    One,
    OrderKey,
    Request,
    Sql,
)
from engine.pages import PageRequest, SortKey, page_request
from engine.selection import Selected, Selection
from engine.types import ObjectType, Types


@dataclass
class Level:
    """Rows of one type, read in one statement with the rows they point at."""

    type: ObjectType
    row: FromClause
    columns: dict[str, ColumnElement[Any]] = field(default_factory=dict[str, ColumnElement[Any]])
    ones: dict[str, "Joined"] = field(default_factory=dict[str, "Joined"])
    children: list["Child | PagePlan"] = field(default_factory=list["Child | PagePlan"])


@dataclass
class Joined:
    """A to-one relation: the other row, and how to get from the one to the other."""

    level: Level
    steps: list[tuple[FromClause, ColumnElement[bool]]]
    is_optional: bool


@dataclass
class Child:
    """A to-many relation. `owner` is the column that says whose row it is."""

    key: str
    level: Level
    owner: ColumnElement[str]
    via: tuple[FromClause, ColumnElement[bool]] | None
    sort: list[SortKey]


@dataclass
class Listed:
    """The rows of a list, filtered, and how they are sorted."""

    level: Level
    conditions: list[ColumnElement[bool]]
    sort: list[SortKey]
    owner: ColumnElement[str] | None


@dataclass
class PagePlan:
    """A connection: what of it was asked for, and which page."""

    key: str
    page: PageRequest
    listed: Listed
    # The same list with nothing but what filters and sorts it: for counting, and for picking.
    bare: Listed
    wants_rows: bool
    wants_next: bool
    wants_previous: bool
    wants_count: bool
    totals: ObjectType | None


class Planner:
    """Makes the levels for one operation."""

    def __init__(self, types: Types, selection: Selection, request: Request) -> None:
        self.types = types
        self.selection = selection
        self.request = request
        self._aliases = 0

    def level(self, object_type: ObjectType, nodes: Sequence[FieldNode]) -> Level:
        """Rows of a type with everything that is selected on them."""
        level = Level(object_type, self._alias(object_type.standing.table))
        self.read(level, "id", Column("id"))
        for selected in self.selection.below(object_type.graphql, nodes).values():
            self._select(level, selected)
        return level

    def read(self, level: Level, name: str, declaration: Column | Sql | None = None) -> None:
        """Read one value of the level's rows; `name` is a column's or a declared field's."""
        if declaration is None:
            found = level.type.declarations.get(name)
            declaration = found if isinstance(found, Sql) else Column(name)
        if isinstance(declaration, Sql):
            level.columns.setdefault(name, declaration.build(level.row, self.request))
        else:
            level.columns.setdefault(declaration.name, level.row.c[declaration.name])

    def live(self, level: Level) -> ColumnElement[bool]:
        """The rows of this organization that exist for a client."""
        standing, row = level.type.standing, level.row
        mine = row.c.organization_id == self.request.organization_id
        return mine if standing.live is None else and_(mine, standing.live(row))

    def connection(
        self, parent: ObjectType, selected: Selected, declaration: Connection
    ) -> PagePlan:
        """A page of a list, with only those of its parts that were asked for."""
        connection_type = self.types[parent.target(selected.name)]
        parts = self.selection.below(connection_type.graphql, selected.nodes)
        node_type = self.types[connection_type.target("nodes")]
        order, keys = declaration.listing.order(selected.arguments)
        # Ties end in id, in the direction of the last key, so that one index reads both ways.
        keys = (*keys, OrderKey("id", keys[-1].descending if keys else False))
        level = self.level(node_type, self._on_nodes(connection_type, parts))
        listed = self._listed(level, keys, declaration, selected)
        kinds = [Kind(key.column.type.python_type, key.nullable) for key in listed.sort]
        page = page_request(selected.arguments, f"{parent.name}.{selected.name} {order}", kinds)
        bare = self._listed(self.level(node_type, ()), keys, declaration, selected)
        names = {part.name for part in parts.values()}
        return PagePlan(
            key=selected.key,
            page=page,
            listed=listed,
            bare=bare,
            wants_rows=bool(names & {"nodes", "edges", "pageInfo"}),
            wants_next=self._wants(connection_type, parts, "hasNextPage"),
            wants_previous=self._wants(connection_type, parts, "hasPreviousPage"),
            wants_count="totalCount" in names,
            totals=self.types[connection_type.target("totals")] if "totals" in names else None,
        )

    def _listed(
        self, level: Level, keys: Sequence[OrderKey], declaration: Connection, selected: Selected
    ) -> Listed:
        given: Mapping[str, Any] = selected.arguments.get("filter") or {}
        filters = [
            declaration.listing.filters[name](level.row, value, self.request)
            for name, value in given.items()
            if value is not None
        ]
        sort = [self._sort_key(level, key) for key in keys]
        owner = None if declaration.key is None else level.row.c[declaration.key]
        return Listed(level, [self.live(level), *filters], sort, owner)

    def _select(self, level: Level, selected: Selected) -> None:
        declaration = level.type.declarations[selected.name]
        match declaration:
            case Column():
                self.read(level, declaration.name, declaration)
            case Sql():
                self.read(level, selected.name, declaration)
            case Computed(needs=needs):
                for name in needs:
                    self.read(level, name)
            case One():
                level.ones[selected.key] = self._one(level, selected, declaration)
            case Many():
                level.children.append(self._many(level, selected, declaration))
            case Connection():
                level.children.append(self.connection(level.type, selected, declaration))
            case _:
                raise TypeError(f"{level.type.name}.{selected.name} cannot be read from a row")

    def _one(self, level: Level, selected: Selected, declaration: One) -> Joined:
        target = self.types[level.type.target(selected.name)]
        return self._joined(level, self.level(target, selected.nodes), declaration)

    def _joined(self, level: Level, other: Level, declaration: One) -> Joined:
        key, steps = level.row.c[declaration.key], list[tuple[FromClause, ColumnElement[bool]]]()
        if declaration.via is not None:
            link, condition = self._link(declaration.via)
            steps.append((link, and_(condition, link.c[declaration.via.parent_key] == key)))
            key = link.c[declaration.via.target_key]
        is_there = (
            other.row.c.organization_id == self.request.organization_id
            if declaration.include_deleted
            else self.live(other)
        )
        steps.append((other.row, and_(is_there, other.row.c.id == key)))
        is_optional = declaration.via is not None or level.row.c[declaration.key].nullable
        return Joined(other, steps, bool(is_optional))

    def _many(self, level: Level, selected: Selected, declaration: Many) -> Child:
        child = self.level(self.types[level.type.target(selected.name)], selected.nodes)
        via = None
        if declaration.via is None:
            owner = child.row.c[declaration.key]
            sorted_row = child.row
        else:
            link, condition = self._link(declaration.via)
            owner = link.c[declaration.via.parent_key]
            via = (link, and_(condition, link.c[declaration.via.target_key] == child.row.c.id))
            sorted_row = link
        sort = [
            SortKey(sorted_row.c[key.column], key.descending, nullable=False)
            for key in declaration.order_by
        ]
        return Child(selected.key, child, owner, via, sort)

    def _link(self, via: Link) -> tuple[FromClause, ColumnElement[bool]]:
        link = self._alias(via.table)
        condition = link.c.organization_id == self.request.organization_id
        return link, condition if via.live is None else and_(condition, via.live(link))

    def _sort_key(self, level: Level, key: OrderKey) -> SortKey:
        row = level.row
        if key.through is not None:
            # The join carries no answer: it is there to sort by.
            name = key.through if key.through in level.ones else f"(sort by {key.through})"
            if name not in level.ones:
                declaration = level.type.declarations[key.through]
                assert isinstance(declaration, One)  # noqa: S101 - a mistake in a declaration
                target = self.types[level.type.target(key.through)]
                level.ones[name] = self._joined(level, self.level(target, ()), declaration)
            row = level.ones[name].level.row
        column = row.c[key.column]
        return SortKey(column, key.descending, nullable=bool(getattr(column, "nullable", False)))

    def _on_nodes(
        self, connection_type: ObjectType, parts: Mapping[str, Selected]
    ) -> list[FieldNode]:
        """What is selected on the objects of a page, under `nodes` and under `edges.node`."""
        edge_type = self.types[connection_type.target("edges")]
        nodes: list[FieldNode] = []
        for part in parts.values():
            if part.name == "nodes":
                nodes += part.nodes
            elif part.name == "edges":
                for edge_part in self.selection.below(edge_type.graphql, part.nodes).values():
                    nodes += edge_part.nodes if edge_part.name == "node" else []
        return nodes

    def _wants(self, connection_type: ObjectType, parts: Mapping[str, Selected], name: str) -> bool:
        page_info = self.types[connection_type.target("pageInfo")].graphql
        return any(
            part.name == "pageInfo" and name in self.selection.below(page_info, part.nodes)
            for part in parts.values()
        )

    def _alias(self, table: FromClause) -> FromClause:
        self._aliases += 1
        return table.alias(f"t{self._aliases}")
