"""Documents counted before they are validated: linear in the text, whatever the fragments."""

import pytest
from graphql import GraphQLError, get_introspection_query, parse

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
    ("start", "part", "end", "limit"),
    [
        ("{ ", "a: x ", "}", Limits(aliases=5)),
        ("{ ", "x ", "}", Limits(root_fields=5)),
        ("{ y { ", "x ", "} }", Limits(selections=5)),
        ("{ x ", "@d ", "}", Limits(directives=5)),
        ("", "query { x } ", "", Limits(operations=5)),
    ],
)
def test_limit_passes_and_one_more_is_refused(
    start: str, part: str, end: str, limit: Limits
) -> None:
    check(parse(start + part * 5 + end), limit)
    with pytest.raises(GraphQLError, match="more than 5") as refused:
        check(parse(start + part * 6 + end), limit)
    assert refused.value.extensions == {"code": "GRAPHQL_VALIDATION_FAILED"}


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
