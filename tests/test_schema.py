"""The published schema: committed as it is, described throughout, and true to the tables."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_specified_scalar_type,
)

import schema
from engine.declare import Column
from engine.types import ObjectType, Types

ROOT = Path(__file__).parent.parent
PUBLISHED = build_schema(schema.sdl())
STANDING = [
    found for found in Types(schema.graphql_schema(schema.build())) if found.stands is not None
]


def descriptions(published: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Everything that can have a description, by name."""
    for name, found in published.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(found):
            continue
        yield name, found.description
        for part_name, part in parts_of(found).items():
            yield f"{name}.{part_name}", part.description
            arguments: dict[str, GraphQLArgument] = getattr(part, "args", {})
            for argument_name, argument in arguments.items():
                yield f"{name}.{part_name}({argument_name})", argument.description


def parts_of(
    found: GraphQLNamedType,
) -> Mapping[str, GraphQLField | GraphQLInputField | GraphQLEnumValue]:
    match found:
        case GraphQLEnumType():
            return found.values
        case GraphQLInputObjectType():
            return found.fields
        case GraphQLObjectType() | GraphQLInterfaceType():
            return found.fields
        case _:
            return {}


def test_committed_schema_is_the_one_that_is_served() -> None:
    """Where it is not: make schema."""
    assert (ROOT / "schema.graphql").read_text() == schema.sdl()


def test_everything_is_described() -> None:
    found = list(descriptions(PUBLISHED))

    assert len(found) > 300
    assert [name for name, text in found if not (text or "").strip()] == []


def test_descriptions_are_sentences() -> None:
    ends = (".", "`", ")")
    assert [name for name, text in descriptions(PUBLISHED) if not (text or "").endswith(ends)] == []


@pytest.mark.parametrize("found", STANDING, ids=lambda found: found.name)
def test_field_that_is_never_null_stands_on_a_column_that_is_never_null(found: ObjectType) -> None:
    for name, declaration in found.declarations.items():
        if isinstance(declaration, Column):
            column = found.standing.table.c[declaration.name]
            is_never_null = isinstance(found.graphql.fields[name].type, GraphQLNonNull)
            assert is_never_null is not column.nullable, name


def test_every_table_row_has_its_own_kind_of_id() -> None:
    prefixes = [found.standing.id_prefix for found in STANDING]

    assert len(prefixes) == len(set(prefixes)) >= 7


def test_no_argument_prints_a_default_of_null() -> None:
    assert "= null" not in schema.sdl()
