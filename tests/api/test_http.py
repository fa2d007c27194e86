"""GraphQL over HTTP: what is answered with which status and media type."""

import pytest

from engine.negotiation import GRAPHQL, JSON
from tests.boards import Boards

pytestmark = pytest.mark.asyncio(loop_scope="session")

COERCION = "query ($first: Int!) { invoices(first: $first) { totalCount } }"


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (COERCION, "BAD_USER_INPUT"),
        ("query a { viewer { name } } query b { viewer { name } }", "OPERATION_RESOLUTION_FAILURE"),
    ],
)
async def test_request_error_has_no_data(
    boards: Boards, accept: str, status: int, query: str, code: str
) -> None:
    for client in boards.clients:
        answer = await client.http.post(
            "/graphql",
            json={"query": query, "variables": {"first": "x"}},
            headers={"accept": accept},
        )
        assert answer.status_code == status
        assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
        assert answer.headers["vary"] == "Accept"
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"] == code


async def test_query_by_get_is_answered(boards: Boards) -> None:
    for client in boards.clients:
        answer = await client.http.get("/graphql", params={"query": "{ viewer { name } }"})
        assert answer.json() == {"data": {"viewer": {"name": "Demo admin"}}}
        refused = await client.http.get("/graphql", headers={"accept": "image/png"})
        assert refused.status_code == 406


@pytest.mark.parametrize(
    "query",
    [
        "{ " + " ".join(f"a{n}: viewer {{ name }}" for n in range(10_000)) + " }",
        "{ viewer { " + "name " * 5_000 + "} }",
        "{ " + " ".join(f"u{n}" for n in range(1_000)) + " }",
        " ".join(f"query q{n} {{ viewer {{ name }} }}" for n in range(2_000)),
        "#\n" * 100_000 + "{ viewer { name } }",
        "{ a " * 1_000 + "}" * 1_000,
    ],
)
async def test_attack_gets_a_small_answer(boards: Boards, query: str) -> None:
    for client in boards.clients:
        answer = await client.http.post("/graphql", json={"query": query})
        assert len(answer.content) < 10_000
        codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
        assert codes <= {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}
