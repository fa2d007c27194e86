"""Trusted documents over HTTP: found by their ids, by POST and by GET, alone or among others."""

import hashlib
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

import schema
from app import create_app
from endpoints.access import Demo
from engine.documents import Documents
from engine.limits import Limits
from engine.negotiation import GRAPHQL, JSON
from engine.trusted import BadTrusted, Trusted, load
from tests.boards import Boards
from tests.client import FILES, Clock
from tests.endpoints import client

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHO = "query Who { viewer { name } }"
MANY = "query Many($first: Int!) { invoices(first: $first) { nodes { __typename } } }"
NAMED = {"data": {"viewer": {"name": "Demo admin"}}}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def documents() -> Documents:
    return Documents(schema.graphql_schema(schema.build()), Limits())


def relay(*texts: str) -> dict[str, Any]:
    return {digest(text): text for text in texts}


def apollo(*texts: str) -> dict[str, Any]:
    return {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            {"id": digest(text), "body": text, "name": "x", "type": "query"} for text in texts
        ],
    }


async def send(
    http: httpx2.AsyncClient, method: str, asked: dict[str, Any], accept: str = GRAPHQL
) -> httpx2.Response:
    headers = {"accept": accept}
    if method == "POST":
        return await http.post("/graphql", json=asked, headers=headers)
    params = {
        key: json.dumps(value) if isinstance(value, dict) else value for key, value in asked.items()
    }
    return await http.get("/graphql", params=params, headers=headers)


async def answers(boards: Boards, trusted: Trusted | None, **sent: Any) -> list[httpx2.Response]:
    """Of both databases, by POST and by GET."""
    found: list[httpx2.Response] = []
    for database in boards.databases:
        app = create_app(
            database, Demo(boards.rows.organization), files=FILES, clock=Clock(), trusted=trusted
        )
        async with client(app) as http:
            found += [await send(http, method, **sent) for method in ("POST", "GET")]
    return found


@pytest.mark.parametrize("manifest", [relay(WHO, MANY), apollo(WHO, MANY)], ids=["Relay", "Apollo"])
@pytest.mark.parametrize("only", [True, False])
async def test_document_is_run_by_its_id(
    boards: Boards, tmp_path: Path, manifest: dict[str, Any], *, only: bool
) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest))
    trusted = load(path, documents=documents(), only=only)

    for document_id in (digest(WHO), f"sha256:{digest(WHO)}"):
        for answer in await answers(boards, trusted, asked={"documentId": document_id}):
            assert (answer.status_code, answer.json()) == (200, NAMED)
    asked = {"documentId": digest(MANY), "variables": {"first": 2}, "operationName": "Many"}
    for answer in await answers(boards, trusted, asked=asked):
        assert answer.json() == {"data": {"invoices": {"nodes": [{"__typename": "Invoice"}] * 2}}}


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
async def test_unknown_id_is_not_found(boards: Boards, accept: str, status: int) -> None:
    for trusted in (None, Trusted({digest(WHO): WHO}, only=False)):
        asked = {"documentId": digest("other")}
        for answer in await answers(boards, trusted, asked=asked, accept=accept):
            assert answer.status_code == status
            assert answer.json() == {
                "errors": [
                    {
                        "message": "No trusted document has this id",
                        "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
                    }
                ]
            }


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 400)])
async def test_only_trusted_documents_are_run(boards: Boards, accept: str, status: int) -> None:
    trusted = Trusted({digest(WHO): WHO}, only=True)

    # Not even a text that is one of them: an id is what a client of them has.
    for query in (MANY, WHO):
        for answer in await answers(boards, trusted, asked={"query": query}, accept=accept):
            assert answer.status_code == status
            [error] = answer.json()["errors"]
            assert error["extensions"]["code"] == "BAD_REQUEST"
            assert error["message"] == "Only trusted documents are run: send a documentId"


async def test_other_documents_are_run_where_that_is_allowed(boards: Boards) -> None:
    trusted = Trusted({digest(MANY): MANY}, only=False)

    for answer in await answers(boards, trusted, asked={"query": WHO}):
        assert answer.json() == NAMED


async def test_mutation_by_id_is_still_not_run_by_get(boards: Boards) -> None:
    text = 'mutation { createCustomer(input: { name: "Mallory" }) { customer { id } } }'
    trusted = Trusted({digest(text): text}, only=True)
    app = create_app(
        boards.databases[0],
        Demo(boards.rows.organization),
        files=FILES,
        clock=Clock(),
        trusted=trusted,
    )
    before = await boards.row_counts()

    async with client(app) as http:
        answer = await send(http, "GET", {"documentId": digest(text)})

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert await boards.row_counts() == before


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ({digest("other"): WHO}, f"the id is not the SHA-256 of the text, sha256:{digest(WHO)}"),
        (
            {"operations": [{"id": digest("other"), "body": WHO}]},
            f"the id is not the SHA-256 of the text, sha256:{digest(WHO)}",
        ),
        ({"operations": [{"id": digest(WHO)}]}, "each operation has an id and a body"),
        ({"a name": WHO}, "a name: not a text under its SHA-256"),
        ({digest(WHO): 1}, "not a text under its SHA-256"),
        ([], "a manifest is a JSON object"),
        ({}, "there is no document in it"),
    ],
)
async def test_manifest_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, manifest: object, words: str
) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest))

    with pytest.raises(BadTrusted) as refused:
        load(path, documents=documents(), only=True)

    assert str(refused.value).startswith(str(path))
    assert words in str(refused.value)


async def test_examples_are_trusted_as_they_are(boards: Boards) -> None:
    folder = Path(__file__).parent.parent.parent / "examples"

    trusted = load(folder, documents=documents(), only=True)

    texts = [path.read_text() for path in folder.glob("*.graphql")]
    assert len(trusted) == len(texts) == 11
    assert all(trusted.text(digest(text)) == text for text in texts)
