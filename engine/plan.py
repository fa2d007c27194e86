"""From a selection to the levels that have to be read, and their statements' parameters."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from graphql import GraphQLField, Undefined
from sqlalchemy import BigInteger, BindParameter, ColumnElement, Date, Dialect, FromClause, and_
from sqlalchemy import bindparam as bind
from sqlalchemy.types import TypeEngine

from engine.declare import Column, Connection, Link, Many, One, OrderKey, Sql
from engine.filters import TEXTS
from engine.given import MISSING, Decisions, Given, Read, given
from engine.levels import Child, Joined, Level, Listed, Lists, Page, Rows
from engine.pages import PAGE_SIZE_MAX, SortKey, page_request
from engine.selection import Selected, Selection
from engine.types import ObjectType, Types


class Planner:
    """Makes the levels for one operation, in a database's dialect.

    `decisions` is what the plan will depend on. `walked` plans are for graphql-core to walk: their
    values are Python's, and nothing comes as arrays, so that the two ways check each other.
    `page_size_max` is for whoever reads a list as a whole; no client can.
    """

    def __init__(
        self,
        types: Types,
        dialect: Dialect,
        selection: Selection,
        decisions: Decisions,
        lists: Lists,
        *,
        is_walked: bool = False,
        page_size_max: int = PAGE_SIZE_MAX,
    ) -> None:
        self.types = types
        self.dialect = dialect
        self.selection = selection
        self.decisions = decisions
        self.lists = lists
        self.is_walked = is_walked
        self.page_size_max = page_size_max
        self.organization_id: Any = bind("organization_id", type_=BigInteger())
        self.today: Any = bind("today", type_=Date())
        # What generated code may name, and what each parameter of a statement is in it.
        self.names: dict[str, Any] = {}
        self.sources = {"organization_id": "q.organization_id", "today": "q.today"}
        self.reads: list[Read] = []
        self._count = 0

    @property
    def is_sqlite(self) -> bool:
        return self.dialect.name == "sqlite"

    def number(self) -> int:
        self._count += 1
        return self._count

    def name(self, value: Any) -> str:
        """A name for a value in generated code."""
        name = f"k{self.number()}"
        self.names[name] = value
        return name

    def parameter(
        self, value: Given, kind: TypeEngine[Any], convert: Callable[[Any], Any] | None = None
    ) -> BindParameter[Any]:
        return self._parameter(value.read(convert), kind)[1]

    def _parameter(self, read: Read, kind: TypeEngine[Any]) -> tuple[str, BindParameter[Any]]:
        # Read once now: what cannot be a parameter is found while planning.
        read(self.decisions.variables)
        self.reads.append(read)
        name = self.name(read)
        self.sources[name] = f"{name}(v)"
        return name, bind(name, type_=kind)

    def weigh(self, lists: int) -> None:
        self.lists.add(lists)

    def ids(self, rows: Rows) -> BindParameter[Any]:
        """The ids of the rows that a statement is asked for, or of the parents of its rows."""
        self.sources[f"ids{rows.number}"] = f"i{rows.number}"
        return bind(f"ids{rows.number}", type_=TEXTS)

    def arguments(self, kind: GraphQLField, selected: Selected) -> dict[str, Given]:
        nodes = {node.name.value: node.value for node in selected.nodes[0].arguments or ()}
        defaults = {
            name: MISSING if argument.default_value is Undefined else argument.default_value
            for name, argument in kind.args.items()
        }
        return {
            name: given(nodes.get(name), cast("Any", argument).type, defaults[name], self.decisions)
            for name, argument in kind.args.items()
        }

    def level(self, object_type: ObjectType, rows: Rows, *, is_optional: bool = False) -> Level:
        alias = object_type.standing.table.alias(f"t{self.number()}")
        level = Level(object_type, alias, rows, is_optional)
        if is_optional:
            _ = level.id
        return level

    def rows(self, *, is_single: bool = False) -> Rows:
        return Rows(self.number(), is_single)

    def value(self, level: Level, name: str) -> tuple[str, TypeEngine[Any], bool]:
        """A column or declared SQL value: its expression, its type, whether it may be null."""
        declaration = level.type.declarations.get(name)
        if isinstance(declaration, Sql):
            column = declaration.build(level.row, self)
            return level.place(f"({name})", column), column.type, True
        column = level.row.c[declaration.name if isinstance(declaration, Column) else name]
        return level.place(column.name, column), column.type, _may_be_null(level, column)

    def live(self, level: Level) -> ColumnElement[bool]:
        """The rows of this organization that exist for a client."""
        standing, row = level.type.standing, level.row
        mine = row.c.organization_id == self.organization_id
        return mine if standing.live is None else and_(mine, standing.live(row))

    def one(self, level: Level, name: str) -> Joined:
        """The row that a to-one field leads to, joined once however often it is asked for."""
        if name not in level.ones:
            declaration = cast("One", level.type.declarations[name])
            level.ones[name] = self._joined(level, self.types[level.type.target(name)], declaration)
        return level.ones[name]

    def _joined(self, level: Level, target: ObjectType, declaration: One) -> Joined:
        if declaration.is_itself:
            itself = Level(target, level.row, level.rows, level.is_optional)
            return Joined(itself, [], is_optional=False)
        key, steps = level.row.c[declaration.key], list[tuple[FromClause, ColumnElement[bool]]]()
        is_optional = declaration.via is not None or _may_be_null(level, key)
        other = self.level(target, level.rows, is_optional=is_optional or level.is_optional)
        if declaration.via is not None:
            link, condition = self._link(declaration.via)
            steps.append((link, and_(condition, link.c[declaration.via.parent_key] == key)))
            key = link.c[declaration.via.target_key]
        is_there = (
            other.row.c.organization_id == self.organization_id
            if declaration.include_deleted
            else self.live(other)
        )
        steps.append((other.row, and_(is_there, other.row.c.id == key)))
        return Joined(other, steps, is_optional)

    def _link(self, via: Link) -> tuple[FromClause, ColumnElement[bool]]:
        link = via.table.alias(f"t{self.number()}")
        condition = link.c.organization_id == self.organization_id
        return link, condition if via.live is None else and_(condition, via.live(link))

    def _child_rows(self, parent: Level) -> Rows:
        rows = self.rows()
        if parent.rows.is_single and not self.is_sqlite and not self.is_walked:
            rows.within = (parent.rows, "")
        _ = parent.id
        return rows

    def many(self, level: Level, selected: Selected, declaration: Many) -> Child:
        found = level.children.get(selected.key)
        if isinstance(found, Child):
            return found
        self.lists.add()
        child = self.level(self.types[level.type.target(selected.name)], self._child_rows(level))
        via = None
        sorted_row = child.row
        if declaration.via is None:
            owner = child.row.c[declaration.key]
        else:
            sorted_row, condition = self._link(declaration.via)
            owner = sorted_row.c[declaration.via.parent_key]
            condition = and_(condition, sorted_row.c[declaration.via.target_key] == child.row.c.id)
            via = (sorted_row, condition)
        keys = declaration.order_by
        sort = [SortKey(sorted_row.c[key.column], key.descending, nullable=False) for key in keys]
        if child.rows.within is None:
            child.rows.add(owner)
        made = Child(level, child, owner, via, sort)
        level.children[selected.key] = made
        return made

    def page(
        self,
        parent: Level | None,
        parent_type: ObjectType,
        selected: Selected,
        declaration: Connection,
    ) -> Page:
        """A page of a list; the same field with the same arguments is read once."""
        found = None if parent is None else parent.children.get(selected.key)
        if isinstance(found, Page):
            return found
        self.lists.add()
        node_type = self.types[self.types[parent_type.target(selected.name)].target("nodes")]
        arguments = self.arguments(parent_type.graphql.fields[selected.name], selected)
        order_by = arguments.get("orderBy")
        order, keys = declaration.listing.order(None if order_by is None else order_by.settle())
        # Ties end in id, in the direction of the last key, so that one index reads both ways.
        keys = (*keys, OrderKey("id", keys[-1].descending if keys else False))
        rows = self.rows() if parent is None else self._child_rows(parent)
        listed = self._listed(self.level(node_type, rows), keys, declaration, arguments)
        if listed.owner is None:
            _ = listed.level.id
        elif rows.within is None:
            rows.add(listed.owner)
        name = f"{parent_type.name}.{selected.name} {order}"
        request = page_request(arguments, name, listed.sort, self, size_max=self.page_size_max)
        size_name, size = self._parameter(request.size, BigInteger())
        bare = partial(self._bare, node_type, keys, declaration, arguments)
        page = Page(parent, request, size, size_name, listed, bare)
        if parent is not None:
            parent.children[selected.key] = page
        return page

    def _bare(
        self,
        node_type: ObjectType,
        keys: tuple[OrderKey, ...],
        declaration: Connection,
        arguments: Mapping[str, Given],
    ) -> Listed:
        # What it weighs was counted with the page: not every database needs this.
        lists, self.lists = self.lists, Lists()
        level = self.level(node_type, self.rows())
        made = self._listed(level, keys, declaration, arguments)
        self.lists = lists
        return made

    def _listed(
        self,
        level: Level,
        keys: tuple[OrderKey, ...],
        declaration: Connection,
        arguments: Mapping[str, Given],
    ) -> Listed:
        wanted = arguments.get("filter")
        filters = (
            []
            if wanted is None
            else [
                declaration.listing.filters[name](level.row, wanted[name], self)
                for name in wanted.names()
            ]
        )
        # Filters take about as long to plan as the list itself.
        self.weigh(1 if filters else 0)
        sort = [self._sort_key(level, key) for key in keys]
        owner = None if declaration.key is None else level.row.c[declaration.key]
        return Listed(level, [self.live(level), *filters], sort, owner)

    def _sort_key(self, level: Level, key: OrderKey) -> SortKey:
        row = level.row if key.through is None else self.one(level, key.through).level.row
        column = row.c[key.column]
        return SortKey(column, key.descending, nullable=bool(getattr(column, "nullable", False)))


def _may_be_null(level: Level, column: ColumnElement[Any]) -> bool:
    """Only a table can be believed that a column is never null."""
    return level.type.stands is None or bool(getattr(column, "nullable", True))
