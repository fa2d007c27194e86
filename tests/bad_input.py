"""Sending what nobody should, and what is always true of the answer."""

import json
import re
from typing import Any

import httpx2

from tests.boards import Boards

CODES = {
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "BAD_USER_INPUT",
    "BAD_REQUEST",
    "OPERATION_RESOLUTION_FAILURE",
}
MESSAGE_MAX = 300
# What a Python program says when it is surprised; and what SQL looks like.
LEAKS = re.compile(
    r"Traceback|Exception|NoneType|<class|object at|\bdict\b|__|Decimal\(|strawberry|python"
    r"|sqlalchemy|SELECT |INSERT |codec|unhashable|Errno|JsonNumber|UNSET|\bstr\b|\bint\b",
)


async def post(
    boards: Boards, content: bytes | str, **headers: str
) -> list[tuple[httpx2.Response, list[dict[str, Any]]]]:
    """The answers of both databases, each with its errors, which are as they must be."""
    before = await boards.row_counts()
    sent = {"content-type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    answers = [
        await client.http.post("/graphql", content=content, headers=sent)
        for client in boards.clients
    ]
    assert await boards.row_counts() == before
    return [(answer, errors_of(answer)) for answer in answers]


async def refused(boards: Boards, query: str, variables: object = None) -> list[dict[str, Any]]:
    """The errors of an operation, from whichever database."""
    body = json.dumps({"query": query, "variables": variables})
    [(answer, errors), _] = await post(boards, body)
    assert answer.status_code == 200
    return errors


def errors_of(answer: httpx2.Response) -> list[dict[str, Any]]:
    """The errors of an answer: JSON, coded, short, in words that are no program's."""
    assert answer.status_code < 500
    assert answer.headers["content-type"].startswith("application/json")
    found = answer.json()
    assert "errors" in found, found
    for error in found["errors"]:
        assert error["extensions"]["code"] in CODES, error
        check_message(error["message"])
    return found["errors"]


def check_message(message: str) -> None:
    assert len(message) <= MESSAGE_MAX, message[:400]
    assert not LEAKS.search(message), message
