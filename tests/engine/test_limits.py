"""Documents counted before they are validated: linear in the text, whatever the fragments."""

from collections.abc import Callable

import pytest
from graphql import GraphQLError, build_schema, get_introspection_query, parse

from engine.documents import Documents, Invalid
from engine.limits import Limits, check


def bomb(levels: int) -> str:
    spreads = " ".join(
        f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels)
    )
    return f"{{ ...f0 }} {spreads} fragment f{levels} on Query {{ __typename }}"


def test_fragment_bomb_is_refused() -> None:
    with pytest.raises(GraphQLError, match="more than 100 selections in one set"):
        check(parse(bomb(22)), Limits())


def test_each_fragment_is_counted_once() -> None:
    limits = Limits(selections=2**30, fields=2**30, root_fields=2**30)

    assert check(parse(bomb(22)), limits) == 1 + 22 * 2 + 1


@pytest.mark.parametrize(
    ("start", "part", "end", "limit", "words"),
    [
        ("{ ", "a: x ", "}", Limits(aliases=5), "more than 5 aliases"),
        ("{ ", "x ", "}", Limits(root_fields=5), "more than 5 root fields"),
        ("{ y { ", "x ", "} }", Limits(selections=5), "more than 5 selections in one set"),
        ("{ x ", "@d ", "}", Limits(directives=5), "more than 5 directives"),
        ("query (", "$a: Int @d ", ") { x }", Limits(directives=5), "more than 5 directives"),
        ("query ", "@d ", "{ x }", Limits(directives=5), "more than 5 directives"),
        ("", "query { x } ", "", Limits(operations=5), "more than 5 operations"),
        ("{ y { z { ", "x ", "} } }", Limits(fields=7), "more than 7 fields"),
        ("{ ", "...f ", "} fragment f on Q { a b }", Limits(fields=10), "more than 10 fields"),
    ],
)
def test_limit_passes_and_one_more_is_refused(
    start: str, part: str, end: str, limit: Limits, words: str
) -> None:
    check(parse(start + part * 5 + end), limit)
    with pytest.raises(GraphQLError, match=words) as refused:
        check(parse(start + part * 6 + end), limit)
    assert refused.value.extensions == {"code": "GRAPHQL_VALIDATION_FAILED"}


def nested(levels: int, outermost: str = "x") -> str:
    return f"{{ {outermost} " + "{ x " * (levels - 1) + "} " * levels


def fields(levels: int) -> str:
    return nested(levels)


def introspected(levels: int) -> str:
    return nested(levels, "__schema")


def spread(levels: int) -> str:
    return "{ " + "... { " * (levels - 1) + "x " + "} " * levels


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        (fields, Limits.depth, "12 levels of fields"),
        (introspected, Limits.introspection_depth, "15 levels of introspection"),
        (spread, Limits.nesting, "50 levels of selections and fragments"),
    ],
)
def test_level_at_the_limit_passes_and_the_next_is_refused(
    text: Callable[[int], str], most: int, words: str
) -> None:
    check(parse(text(most)), Limits())
    with pytest.raises(GraphQLError, match=f"more than {words}"):
        check(parse(text(most + 1)), Limits())


def test_nesting_is_counted_through_fragments() -> None:
    def chain(levels: int) -> str:
        links = " ".join(f"fragment f{n} on Q {{ ...f{n + 1} }}" for n in range(levels - 2))
        return f"{{ ...f0 }} {links} fragment f{levels - 2} on Q {{ x }}"

    check(parse(chain(50)), Limits())
    with pytest.raises(GraphQLError, match="more than 50 levels of selections and fragments"):
        check(parse(chain(51)), Limits())


@pytest.mark.parametrize(
    ("passing", "refused", "words"),
    [
        ("{ x }" + " # " + "c" * 92, "{ x }" + " # " + "c" * 93, "100"),
        ("{ " + "x " * 8 + "}", "{ " + "x " * 9 + "}", "10 tokens"),
        ("{ x }" + "\n#" * 4, "{ x }" + "\n#" * 5, "4 comments"),
    ],
)
def test_text_is_limited_before_it_is_understood(passing: str, refused: str, words: str) -> None:
    limits = Limits(source_characters=100, tokens=10, comments=4)
    schema = build_schema("type Query { x: Int }")

    Documents(schema, limits).operation(passing, None)
    with pytest.raises(Invalid, match=words) as found:
        Documents(schema, limits).operation(refused, None)
    [error] = found.value.errors
    assert error.extensions == {"code": "GRAPHQL_PARSE_FAILED"}


def test_only_the_first_errors_are_told() -> None:
    schema = build_schema("type Query { longer: Int }")

    with pytest.raises(Invalid) as found:
        Documents(schema, Limits()).operation("{ a b c d e f }", None)

    assert [error.message for error in found.value.errors] == [
        f"Cannot query field '{name}' on type 'Query'." for name in "abcde"
    ]


def test_depth_is_counted_through_fragments() -> None:
    text = "{ a { ...f } } fragment f on T { b { c } }"

    check(parse(text), Limits(depth=3))
    with pytest.raises(GraphQLError, match="more than 2 levels of fields"):
        check(parse(text), Limits(depth=2))


@pytest.mark.parametrize(
    "text",
    ["{ ...a } fragment a on T { ...b } fragment b on T { ...a }", "{ ...unknown }"],
)
def test_what_validation_refuses_is_left_to_it(text: str) -> None:
    check(parse(text), Limits())


def test_introspection_of_graphiql_passes() -> None:
    check(parse(get_introspection_query()), Limits())
