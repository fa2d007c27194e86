"""The media type that a client likes best."""

import pytest

from engine.negotiation import GRAPHQL, JSON, choose, is_json, prefers_html


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON};q=0.9", JSON),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        ("*/*, application/json;q=0", GRAPHQL),
        ("image/png", None),
        ("application/json;q=0", None),
    ],
)
def test_answer_has_the_most_welcome_type(accept: str | None, expected: str | None) -> None:
    assert choose(accept) == expected


def test_page_is_for_browsers() -> None:
    assert prefers_html("text/html,application/xhtml+xml,*/*;q=0.8")
    assert not prefers_html("*/*")
    assert not prefers_html("application/json, text/html;q=0.5")


def test_body_is_json_in_utf_8() -> None:
    assert is_json('application/json; charset="UTF-8"')
    assert not is_json("application/json; charset=latin-1")
