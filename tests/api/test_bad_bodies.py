"""Bodies and requests that are no GraphQL over HTTP: refused in JSON, and nothing is done."""

import json

import pytest

from tests.bad_input import errors_of, post
from tests.boards import Boards

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUERY = "{ viewer { name } }"
CHANGE = 'mutation { createCustomer(input: { name: "Mallory" }) { customer { id } } }'

BODIES: dict[str, bytes] = {
    "empty": b"",
    "blank": b"  ",
    "text": b"hello",
    "a query alone": QUERY.encode(),
    "list": b"[]",
    "batch": json.dumps([{"query": CHANGE}, {"query": CHANGE}]).encode(),
    "string": json.dumps(CHANGE).encode(),
    "number": b"1",
    "float": b"1e400",
    "null": b"null",
    "true": b"true",
    "NaN": b"NaN",
    "NaN inside": b'{"query": "{ viewer { name } }", "variables": {"x": NaN}}',
    "infinity": b'{"query": "{ viewer { name } }", "variables": {"x": -Infinity}}',
    "cut off": b'{"query": "{ viewer',
    "more after it": json.dumps({"query": CHANGE}).encode() + b"x",
    "single quotes": b"{'query': '{ viewer { name } }'}",
    "invalid UTF-8": b'{"query": "{ viewer { name \xff } }"}',
    "UTF-16": json.dumps({"query": CHANGE}).encode("utf-16"),
    "UTF-32": json.dumps({"query": CHANGE}).encode("utf-32"),
    "byte order mark": b"\xef\xbb\xbf" + json.dumps({"query": CHANGE}).encode(),
    "deep lists": b"[" * 100_000,
    "deep closed lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"query":' * 100_000,
    "deep variables": b'{"query": "{ viewer { name } }", "variables": {"x": '
    + b"[" * 1_000
    + b"]" * 1_000
    + b"}}",
    "no query": b"{}",
    "query null": b'{"query": null}',
    "query list": b'{"query": ["{ viewer { name } }"]}',
    "query number": b'{"query": 1}',
    "operationName number": b'{"query": "{ viewer { name } }", "operationName": 1}',
    "variables list": b'{"query": "{ viewer { name } }", "variables": []}',
    "variables text": b'{"query": "{ viewer { name } }", "variables": "{}"}',
    "NUL in the query": b'{"query": "{ viewer { name } } # \\u0000"}',
    "half a character in the query": b'{"query": "{ viewer { name } } # \\ud800"}',
    "NUL in a key": b'{"query": "{ viewer { name } }", "a\\u0000b": 1}',
    "half a character in a key": b'{"query": "{ viewer { name } }", "variables": {"\\udfff": 1}}',
}


@pytest.mark.parametrize("name", BODIES)
async def test_body_that_is_no_operation(boards: Boards, name: str) -> None:
    for answer, [error] in await post(boards, BODIES[name]):
        assert answer.status_code == 400
        assert error["extensions"]["code"] == "BAD_REQUEST"
        assert "data" not in answer.json()


async def test_megabytes(boards: Boards) -> None:
    for size in (2**20 + 1, 3 * 2**20):
        for answer, [error] in await post(boards, b" " * size):
            assert answer.status_code == 413
            assert "1,048,576" in error["message"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/application/json",
        "text/plain; a=application/json",
    ],
)
async def test_other_content_types(boards: Boards, content_type: str) -> None:
    for answer, _ in await post(boards, json.dumps({"query": CHANGE}), content_type=content_type):
        assert answer.status_code == 415


async def test_content_type_may_say_more(boards: Boards) -> None:
    for content_type in ("application/json; charset=utf-8", "Application/JSON"):
        for client in boards.clients:
            answer = await client.http.post(
                "/graphql",
                content=json.dumps({"query": QUERY}),
                headers={"content-type": content_type},
            )
            assert answer.json() == {"data": {"viewer": {"name": "Demo admin"}}}


async def test_get_changes_nothing(boards: Boards) -> None:
    before = await boards.row_counts()
    for client in boards.clients:
        answer = await client.http.get("/graphql", params={"query": CHANGE})
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        errors_of(answer)
        assert (await client.http.get("/graphql")).status_code == 400
    assert await boards.row_counts() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(boards: Boards, method: str) -> None:
    for client in boards.clients:
        answer = await client.http.request(method, "/graphql", json={"query": CHANGE})
        assert answer.status_code == 405
        assert "POST" in answer.headers["allow"]


async def test_unknown_keys_beside_the_query_do_not_matter(boards: Boards) -> None:
    body = {"query": QUERY, "operationName": "", "variables": None, "extensions": None, "id": 1}
    for client in boards.clients:
        answer = await client.http.post("/graphql", json=body)
        assert answer.json() == {"data": {"viewer": {"name": "Demo admin"}}}
