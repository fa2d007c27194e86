"""Generated code that turns rows into the answer: one expression for a whole selection."""

from collections.abc import Iterable
from typing import Any

from graphql import GraphQLField, SelectionSetNode
from sqlalchemy import ColumnElement

from engine import courses, cursors, leaves, statements
from engine.declare import Aggregate, Column, Computed, Connection, Many, One, Sql
from engine.given import MISSING
from engine.levels import Child, Level, Page
from engine.plan import Planner
from engine.selection import Selected
from engine.series import Series
from engine.types import ObjectType

TYPE = ""
Sets = Iterable[SelectionSetNode]


class Shaper:
    """Writes the expressions, and has the planner read what they need."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self._encode_cursor = planner.name(cursors.encode)
        self._there = planner.name(leaves.there)

    def object(self, level: Level, sets: Sets) -> str:
        """An object of the answer, from one row."""
        below = self.planner.selection.below(level.type.graphql, sets)
        parts = {key: self._field(level, selected) for key, selected in below.items()}
        return self.mapping(level.type, parts)

    def mapping(self, object_type: ObjectType, parts: dict[str, str]) -> str:
        if self.planner.is_walked:
            # Nobody can ask for a field of no name: here graphql-core finds the type.
            parts[TYPE] = repr(object_type.name)
        return "{" + ", ".join(f"{key!r}: {value}" for key, value in parts.items()) + "}"

    def _field(self, level: Level, selected: Selected) -> str:
        if selected.name == "__typename":
            return repr(level.type.name)
        kind = level.type.graphql.fields[selected.name]
        declaration = level.type.declarations[selected.name]
        match declaration:
            case Column() | Sql():
                return self.column(level, selected.name, declaration, kind)
            case Computed():
                return self._computed(level, selected, declaration, kind)
            case One():
                return self._one(level, selected)
            case Many() | Connection() | Series():
                return self._of_many(level, selected, declaration)
            case _:
                raise TypeError(f"{level.type.name}.{selected.name} cannot be read from a row")

    def _of_many(
        self, level: Level, selected: Selected, declaration: Many | Connection | Series
    ) -> str:
        """What stands on the rows that belong to this one."""
        match declaration:
            case Many():
                child = self.planner.many(level, selected, declaration)
                item = self.object(child.level, selected.sets)
                return f"[{item} for {child.level.rows.name} in {self._records(child)}]"
            case Connection():
                page = self.planner.page(level, level.type, selected, declaration)
                return self.page(page, level.type, selected)
            case Series():
                return courses.shaped(self, level, selected, declaration)

    def column(self, level: Level, name: str, declaration: Column | Sql, kind: GraphQLField) -> str:
        planner = self.planner
        place, column_type, is_nullable = planner.value(level, name)
        if planner.is_walked:
            value = leaves.plain(place, column_type, planner.dialect, planner.name)
            if declaration.convert is not None:
                value = f"{planner.name(declaration.convert)}({value})"
        else:
            value = leaves.column(
                place,
                column_type,
                kind,
                convert=declaration.convert,
                dialect=planner.dialect,
                name=planner.name,
            )
        if not is_nullable:
            return value
        if leaves.may_be_null(kind) or planner.is_walked:
            return place if value == place else f"None if {place} is None else {value}"
        return value.replace(place, f"{self._there}({place})", 1)

    def _computed(
        self, level: Level, selected: Selected, declaration: Computed, kind: GraphQLField
    ) -> str:
        planner = self.planner
        given = [self._plain(level, name) for name in declaration.needs]
        if declaration.needs_today:
            given.append("today=q.today")
        if declaration.needs_request:
            given.append("request=q")
        arguments = planner.arguments(kind, selected)
        for name, graphql_name in zip(declaration.arguments, kind.args, strict=True):
            read = arguments[graphql_name].read(lambda value: None if value is MISSING else value)
            given.append(f"{name}={planner.name(read)}(v)")
        value = f"{planner.name(declaration.function)}({', '.join(given)})"
        if planner.is_walked or leaves.may_be_null(kind):
            return value if planner.is_walked else self._maybe(value, kind)
        return leaves.shown(f"{self._there}({value})", kind, planner.name)

    def _maybe(self, value: str, kind: GraphQLField) -> str:
        encode = leaves.encoder(kind)
        if encode is None:
            return value
        write = encode

        def write_if_there(found: object) -> Any:
            return None if found is None else write(found)

        optional = self.planner.name(write_if_there)
        return f"{optional}({value})"

    def _plain(self, level: Level, name: str) -> str:
        planner = self.planner
        place, column_type, is_nullable = planner.value(level, name)
        value = leaves.plain(place, column_type, planner.dialect, planner.name)
        return (
            f"(None if {place} is None else {value})" if is_nullable and value != place else value
        )

    def _one(self, level: Level, selected: Selected) -> str:
        joined = self.planner.one(level, selected.name)
        found = self.object(joined.level, selected.sets)
        if not joined.is_optional:
            return found
        return f"({found} if {joined.level.id} is not None else None)"

    def _records(self, child: Child | Page) -> str:
        """The rows of a child that belong to one parent."""
        rows, parent = child.rows, child.parent
        if parent is None:
            return f"rows{rows.number}"
        if rows.within is None:
            return f"m{rows.number}.get({parent.id}, ())"
        if not rows.within[1]:
            place = parent.rows.add(lambda: statements.array_of(self.planner, child))
            rows.within = (parent.rows, place)
        return rows.within[1]

    def page(self, page: Page, parent: ObjectType, selected: Selected) -> str:
        """A connection, with those of its parts that are asked for."""
        types = self.planner.types
        connection = types[parent.target(selected.name)]
        below = self.planner.selection.below(connection.graphql, selected.sets)
        parts = {key: self._page_part(page, connection, part) for key, part in below.items()}
        return self.mapping(connection, parts)

    def _page_part(self, page: Page, connection: ObjectType, part: Selected) -> str:
        owner = "''" if page.parent is None else page.parent.id
        number, row = page.rows.number, page.rows.name
        match part.name:
            case "__typename":
                return repr(connection.name)
            case "totalCount":
                self._want(page, "totalCount")
                return f"t{number}.get({owner}, 0)"
            case "totals":
                self._want(page, "totals")
                page.totals = self._target(connection, part)
                return self._totals(page, page.totals, part, owner)
            case "pageInfo":
                return self._page_info(page, self._target(connection, part), part, owner)
            case "nodes":
                page.wants.add("rows")
                item = self.object(page.listed.level, part.sets)
                return f"[{item} for {row} in {self._shown(page)}]"
            case _:
                page.wants.add("rows")
                item = self._edge(page, self._target(connection, part), part)
                return f"[{item} for {row} in {self._shown(page)}]"

    def _want(self, page: Page, name: str) -> None:
        """What is found by a statement of its own counts as a list does."""
        if name not in page.wants:
            page.wants.add(name)
            if name in {"totalCount", "totals"} or (name.startswith("has") and page.has_cursors):
                self.planner.lists.add()

    def _target(self, connection: ObjectType, part: Selected) -> ObjectType:
        return self.planner.types[connection.target(part.name)]

    def _edge(self, page: Page, edge: ObjectType, part: Selected) -> str:
        parts: dict[str, str] = {}
        for key, selected in self.planner.selection.below(edge.graphql, part.sets).items():
            match selected.name:
                case "__typename":
                    parts[key] = repr(edge.name)
                case "cursor":
                    parts[key] = self._cursor(page)
                case _:
                    parts[key] = self.object(page.listed.level, selected.sets)
        return self.mapping(edge, parts)

    def _page_info(self, page: Page, info: ObjectType, part: Selected, owner: str) -> str:
        page.wants.add("rows")
        parts: dict[str, str] = {}
        for key, selected in self.planner.selection.below(info.graphql, part.sets).items():
            name = selected.name
            self._want(page, name)
            match name:
                case "__typename":
                    parts[key] = repr(info.name)
                case "hasNextPage" | "hasPreviousPage":
                    parts[key] = self._goes_on(page, name, owner)
                case _:
                    end = "[:1]" if name == "startCursor" else "[-1:]"
                    records = f"{self._shown(page)}{end}"
                    cursor = self._cursor(page)
                    parts[key] = f"next((({cursor}) for {page.rows.name} in {records}), None)"
        return self.mapping(info, parts)

    def _goes_on(self, page: Page, name: str, owner: str) -> str:
        number = page.rows.number
        backward = page.request.backward
        if name == ("hasPreviousPage" if backward else "hasNextPage"):
            records = self._records(page)
            size = f"n{number}"
            return f"(len({records}) > {size} or {owner} in after{number})"
        return f"({owner} in before{number})"

    def _shown(self, page: Page) -> str:
        """The rows of the page in the order of the list, without the one that tells it goes on."""
        records = f"{self._records(page)}[:n{page.rows.number}]"
        return f"{records}[::-1]" if page.request.backward else records

    def _cursor(self, page: Page) -> str:
        level = page.listed.level
        values: list[str] = []
        for key in page.listed.sort:
            place = self._sort_place(level, key.column)
            value = leaves.plain(place, key.column.type, self.planner.dialect, self.planner.name)
            if key.nullable and value != place:
                value = f"(None if {place} is None else {value})"
            values.append(value)
        return f"{self._encode_cursor}({page.request.order!r}, ({', '.join(values)},))"

    def _sort_place(self, level: Level, column: ColumnElement[Any]) -> str:
        return level.place(f"(sort) {column}", column)

    def _totals(self, page: Page, totals: ObjectType, part: Selected, owner: str) -> str:
        number = page.rows.number
        row = f"u{number}"
        parts: dict[str, str] = {}
        for key, selected in self.planner.selection.below(totals.graphql, part.sets).items():
            if selected.name == "__typename":
                parts[key] = repr(totals.name)
                continue
            declaration = totals.declarations[selected.name]
            if not isinstance(declaration, Aggregate):
                raise TypeError(f"{totals.name}.{selected.name} is no aggregate")
            names = list(totals.declarations)
            parts[key] = self._aggregate(
                f"{row}[{names.index(selected.name) + 1}]", totals, selected.name, declaration
            )
        return f"[{self.mapping(totals, parts)} for {row} in totals{number}.get({owner}, ())]"

    def _aggregate(self, place: str, totals: ObjectType, name: str, declared: Aggregate) -> str:
        planner = self.planner
        value = place if declared.convert is None else f"{planner.name(declared.convert)}({place})"
        if planner.is_walked:
            return value
        return leaves.shown(value, totals.graphql.fields[name], planner.name)
