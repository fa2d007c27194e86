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

from engine.given import Decisions
from engine.selection import Selection

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


def selected(query: str, **variables: Any) -> dict[str, tuple[str, list[str]]]:
    """What is selected on Query: its key, and what is selected below it."""
    document = parse(query)
    fragments = {
        found.name.value: found
        for found in document.definitions
        if isinstance(found, FragmentDefinitionNode)
    }
    [operation] = [
        found for found in document.definitions if isinstance(found, OperationDefinitionNode)
    ]
    values: Any = get_variable_values(SCHEMA, operation.variable_definitions or (), variables)
    assert not isinstance(values, list)
    selection = Selection(SCHEMA, fragments, Decisions(values.coerced))
    root, leaf = SCHEMA.query_type, SCHEMA.type_map["Leaf"]
    assert isinstance(root, GraphQLObjectType)
    assert isinstance(leaf, GraphQLObjectType)
    found = selection.below(root, [operation.selection_set])
    return {name: (one.key, list(selection.below(leaf, one.sets))) for name, one in found.items()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ name }", {"name": []}),
        ("{ name again: name __typename }", {"name": [], "again": [], "__typename": []}),
        ("{ other { name } other { size name } }", {"other": ["name", "size"]}),
        ("{ a: other { name } b: other { size } }", {"a": ["name"], "b": ["size"]}),
        (
            "{ other { ...f } } fragment f on Leaf { size ...g } fragment g on Named { name }",
            {"other": ["size", "name"]},
        ),
        ("{ ... { name } ... on Query { other { size } } }", {"name": [], "other": ["size"]}),
        ("{ ... on Named { name } ... on Leaf { size } ... on Other { size } }", {"name": []}),
        ("{ name @skip(if: true) other @include(if: false) { name } }", {}),
        ("{ name @skip(if: false) @include(if: true) }", {"name": []}),
        ("{ name @skip(if: true) @include(if: true) }", {}),
        ("{ ...f @include(if: false) ...f } fragment f on Query { name }", {"name": []}),
        (
            "{ ...f ...f } fragment f on Query { other { ...g ...g } } fragment g on Leaf { size }",
            {"other": ["size"]},
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_selected_fields(query: str, expected: dict[str, list[str]]) -> None:
    assert {name: below for name, (_, below) in selected(query).items()} == expected


def test_variables_decide() -> None:
    query = "query ($no: Boolean!) { name @include(if: $no) ... @skip(if: $no) { other { name } } }"

    assert selected(query, no=False) == {"other": ("other()", ["name"])}
    assert selected(query, no=True) == {"name": ("name()", [])}


def test_what_variables_decide_is_remembered() -> None:
    decisions = Decisions({"no": False})
    selection = Selection(SCHEMA, {}, decisions)
    text = "query ($no: Boolean!) { name @include(if: $no) other @skip(if: true) { name } }"
    [operation] = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert isinstance(SCHEMA.query_type, GraphQLObjectType)

    assert selection.below(SCHEMA.query_type, [operation.selection_set]) == {}

    [(read, answer)] = decisions.made
    assert (answer, read({"no": True}), read({"no": False})) == (False, True, False)


def test_same_arguments_in_the_same_words_are_one_selection_in_any_order() -> None:
    query = """query ($n: Int, $tags: [String!]) {
        a: leaf(first: 1, tags: ["x"]) { name }
        b: leaf(tags: ["x"], first: 1) { size }
        c: leaf(tags: $tags, first: $n) { name }
        d: leaf(first: $n, tags: $tags) { name }
        e: leaf(first: 2) { name }
    }"""

    keys = {name: key for name, (key, _) in selected(query, n=1, tags=["x"]).items()}

    assert keys["a"] == keys["b"]
    assert keys["c"] == keys["d"]
    assert len(set(keys.values())) == 3


def test_absent_and_null_are_told_apart() -> None:
    query = """query ($n: Int) {
        a: leaf(first: null) { name } b: leaf { size } c: leaf(first: $n) { name }
    }"""

    assert len({key for key, _ in selected(query, n=None).values()}) == 3


def test_key_says_the_name_and_the_arguments() -> None:
    query = """{
        a: leaf { name } b: leaf(tags: "1") { name } c: leaf(tags: ["1"]) { name } other { name }
    }"""

    found = {name: key for name, (key, _) in selected(query).items()}

    assert found == {
        "a": "leaf()",
        "b": 'leaf(tags: "1")',
        "c": 'leaf(tags: ["1"])',
        "other": "other()",
    }
