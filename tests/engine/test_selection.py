"""What a document selects, with fragments, aliases, variables and directives."""

from typing import Any

import pytest
from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    OperationDefinitionNode,
    build_schema,
    parse,
)
from graphql.execution.values import get_variable_values

from engine.selection import Selection, key_of

SCHEMA = build_schema(
    """
    interface Named { name: String }
    interface Other { size: Int }
    type Leaf implements Named { name: String size: Int }
    type Query implements Named {
        name: String
        leaf(first: Int, tags: [String!], sure: Boolean = true): Leaf
        other: Leaf
    }
    """
)


def selected(query: str, **variables: Any) -> dict[str, list[str]]:
    """The keys of what is selected on Query, each with what is selected below it."""
    document = parse(query)
    fragments = {
        found.name.value: found
        for found in document.definitions
        if isinstance(found, FragmentDefinitionNode)
    }
    [operation] = [
        found for found in document.definitions if isinstance(found, OperationDefinitionNode)
    ]
    values = get_variable_values(SCHEMA, operation.variable_definitions or (), variables)
    assert not isinstance(values, list)
    selection = Selection(SCHEMA, fragments, values)
    root, leaf = SCHEMA.query_type, SCHEMA.type_map["Leaf"]
    assert isinstance(root, GraphQLObjectType)
    assert isinstance(leaf, GraphQLObjectType)
    found = selection.below(root, [operation])  # pyright: ignore[reportArgumentType] - it has a selection set as well
    return {key: list(selection.below(leaf, one.nodes)) for key, one in found.items()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ name }", {"name": []}),
        ("{ name again: name __typename }", {"name": []}),
        ("{ other { name } other { size name } }", {"other": ["name", "size"]}),
        ("{ a: other { name } b: other { size } }", {"other": ["name", "size"]}),
        ("{ other { ...f } } fragment f on Leaf { size ...g } fragment g on Named { name }",
         {"other": ["size", "name"]}),
        ("{ ... { name } ... on Query { other { size } } }", {"name": [], "other": ["size"]}),
        ("{ ... on Named { name } ... on Leaf { size } ... on Other { size } }", {"name": []}),
        ("{ name @skip(if: true) other @include(if: false) { name } }", {}),
        ("{ name @skip(if: false) @include(if: true) }", {"name": []}),
        ("{ name @skip(if: true) @include(if: true) }", {}),
        ("{ ...f @include(if: false) ...f } fragment f on Query { name }", {"name": []}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_selected_fields(query: str, expected: dict[str, list[str]]) -> None:
    assert selected(query) == expected


def test_variables_decide() -> None:
    query = "query ($no: Boolean!) { name @include(if: $no) ... @skip(if: $no) { other { name } } }"

    assert selected(query, no=False) == {"other": ["name"]}
    assert selected(query, no=True) == {"name": []}


def test_same_arguments_are_one_selection_however_written() -> None:
    query = """query ($n: Int, $tags: [String!]) {
        a: leaf(first: 1, tags: ["x"]) { name }
        b: leaf(tags: "x", first: 1, sure: true) { size }
        c: leaf(tags: $tags, first: $n) { name }
        d: leaf(first: 2) { name }
    }"""

    found = selected(query, n=1, tags=["x"])

    assert sorted(map(len, found.values())) == [1, 2]


def test_absent_and_null_are_told_apart() -> None:
    query = "query ($n: Int) { a: leaf(first: null) { name } b: leaf(first: $n) { size } }"

    assert len(selected(query)) == 2
    assert len(selected(query, n=None)) == 1


def test_key_says_the_arguments() -> None:
    assert key_of("leaf", {}) == "leaf"
    assert key_of("leaf", {"b": 1, "a": "x"}) == key_of("leaf", {"a": "x", "b": 1})
    assert key_of("leaf", {"a": 1}) != key_of("leaf", {"a": "1"})
