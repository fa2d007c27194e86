"""Valid documents, kept for whoever sends them again, and the ones used longest ago let go."""

import pytest
from graphql import build_schema

from engine import documents
from engine.documents import Documents, Invalid
from engine.limits import Limits
from tests.endpoints import SCHEMA

TWO = "query a { x } query b { y }"


def known() -> Documents:
    return Documents(SCHEMA, Limits())


def is_kept(found: Documents, text: str, operation: object) -> bool:
    return found.operation(text, None) is operation


def test_hit_is_the_same_object() -> None:
    found = known()

    first = found.operation("{ x }", None)

    assert found.operation("{ x }", None) is first
    assert found.operation("{ x } ", None) is not first
    assert len(found) == 2


def test_operation_is_found_by_its_name() -> None:
    found = known()

    names = [found.operation(TWO, name).definition.name for name in ("a", "b")]

    assert [name.value for name in names if name] == ["a", "b"]
    assert found.operation(TWO, "a") is found.operation(TWO, "a")
    assert found.operation("query c { x }", None) is found.operation("query c { x }", "c")


@pytest.mark.parametrize(
    ("text", "name"),
    [(TWO, None), (TWO, "c"), ("{ x }", "a"), ("fragment f on Query { x }", None)],
)
def test_operation_that_is_not_there_is_asked_for_in_words(text: str, name: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        known().operation(text, name)

    [error] = refused.value.errors
    codes = {"OPERATION_RESOLUTION_FAILURE", "GRAPHQL_VALIDATION_FAILED"}
    assert (error.extensions or {})["code"] in codes


@pytest.mark.parametrize(
    "text", ["{", "{ z }", "{ x " + "x " * 200 + "}", "subscription { x x: y }"]
)
def test_invalid_document_is_not_kept(text: str) -> None:
    found = known()

    for _ in range(2):
        with pytest.raises(Invalid):
            found.operation(text, None)

    assert len(found) == 0


def test_document_used_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "COUNT_MAX", 3)
    found = known()
    old, used, new = (found.operation(f"{{ {key}: x }}", None) for key in "abc")

    assert is_kept(found, "{ a: x }", old)
    assert is_kept(found, "{ b: x }", used)
    found.operation("{ d: x }", None)

    assert len(found) == 3
    assert is_kept(found, "{ a: x }", old)
    assert is_kept(found, "{ b: x }", used)
    assert not is_kept(found, "{ c: x }", new)


def test_texts_have_room_for_so_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "CHARACTERS_MAX", 100)
    found = known()
    first = found.operation("{ x }".ljust(50), None)
    second = found.operation("{ y }".ljust(50), None)

    assert len(found) == 2
    third = found.operation("{ y x }".ljust(51), None)

    assert len(found) == 1
    assert is_kept(found, "{ y x }".ljust(51), third)
    assert not is_kept(found, "{ y }".ljust(50), second)
    assert not is_kept(found, "{ x }".ljust(50), first)


def test_document_larger_than_all_room_is_run_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "CHARACTERS_MAX", 10)
    found = known()

    assert found.operation("{ x }".ljust(11), None).definition
    assert len(found) == 0


def test_fields_of_one_name_are_compared_only_so_often() -> None:
    nested = build_schema("type Query { q: Query, x: Int }")
    text = "{ q { " + " ".join(["q { " + "x " * 30 + "}"] * 40) + " } }"

    with pytest.raises(Invalid, match="fields of one name too often to compare them all"):
        Documents(nested, Limits()).operation(text, None)
