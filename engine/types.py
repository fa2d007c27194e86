"""The object types of a schema with their declarations, as plans look them up."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema

from engine.declare import METADATA, Column, Declaration, One, Stands
from engine.kinds import is_non_null, named


@dataclass(frozen=True, eq=False)
class ObjectType:
    """A GraphQL object type, the table it stands on, and what each field stands on."""

    graphql: GraphQLObjectType
    stands: Stands | None
    declarations: dict[str, Declaration]

    @property
    def name(self) -> str:
        return self.graphql.name

    @cached_property
    def standing(self) -> Stands:
        if self.stands is None:
            raise TypeError(f"{self.name} stands on no table")
        return self.stands

    def target(self, field_name: str) -> str:
        """The name of the type that a field leads to."""
        return name_of(self.graphql.fields[field_name])


class Types:
    """Every declared object type, by name and by the prefix of its ids."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._by_name = {
            name: _object_type(graphql_type)
            for name, graphql_type in schema.type_map.items()
            if isinstance(graphql_type, GraphQLObjectType) and not name.startswith("__")
        }
        self._by_prefix = {
            found.stands.id_prefix: found
            for found in self._by_name.values()
            if found.stands and found.stands.id_prefix
        }
        for found in self._by_name.values():
            _check(found)

    def __getitem__(self, name: str) -> ObjectType:
        return self._by_name[name]

    def __iter__(self) -> Any:
        return iter(self._by_name.values())

    def of_id(self, global_id: str) -> ObjectType | None:
        """The type an id says it belongs to."""
        return self._by_prefix.get(global_id.rpartition("_")[0])


def name_of(field: GraphQLField) -> str:
    """The name of a field's type without lists and non-nulls."""
    return named(cast("Any", field).type).name


def declaration_of(field: GraphQLField) -> Declaration | None:
    """What a field was declared to stand on, in the schema class."""
    definition = field.extensions.get("strawberry-definition")
    if definition is None:
        return None
    declaration = definition.metadata.get(METADATA)
    if isinstance(declaration, Column):
        name = (declaration.name or definition.python_name) + declaration.unit
        return replace(declaration, name=name, unit="")
    return declaration


def _object_type(graphql_type: GraphQLObjectType) -> ObjectType:
    definition = graphql_type.extensions.get("strawberry-definition")
    origin = definition.origin if definition is not None else object
    declarations = {
        name: declaration
        for name, field in graphql_type.fields.items()
        if (declaration := declaration_of(field)) is not None
    }
    return ObjectType(graphql_type, getattr(origin, "stands_on", None), declarations)


def _check(found: ObjectType) -> None:
    """Declarations that cannot hold stop the server at its start, not in a request."""
    if found.stands is None:
        return
    columns = found.stands.table.c
    for name, declaration in found.declarations.items():
        if not isinstance(declaration, Column | One):
            continue
        column = declaration.name if isinstance(declaration, Column) else declaration.key
        if column not in columns:
            raise TypeError(f"{found.name}.{name} stands on a column that does not exist")
        is_never_null = is_non_null(found.graphql.fields[name].type)
        # A plan takes what is in such a column as it is: nobody looks whether it is null.
        if is_never_null and columns[column].nullable:
            raise TypeError(f"{found.name}.{name} is never null, but its column may be")
