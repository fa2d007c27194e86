"""graphql-transport-ws, as clients get it wrong: each time a close code and a reason."""

import json
from typing import Any

import pytest

from tests.databases import SQLite
from tests.factories import create_invoice, record_payment
from tests.live.conftest import Live
from tests.live.watchers import KINDS, connected, refused, watcher

QUERY = {"query": "{ viewer { name } }"}


@pytest.fixture
def databases(sqlite: SQLite) -> SQLite:
    """What is said before anything is read is the same on both."""
    return sqlite


PAYLOADS: list[tuple[dict[str, Any], str]] = [
    ({}, "The query must be a text"),
    ({"query": None}, "The query must be a text"),
    ({"query": ["{ x }"]}, "The query must be a text"),
    ({**QUERY, "variables": []}, "The variables must be an object"),
    ({**QUERY, "operationName": 7}, "The operationName must be a text"),
    ({**QUERY, "extensions": "x"}, "The extensions must be an object"),
    ({"documentId": 7}, "The documentId must be a text"),
]
MALFORMED: list[tuple[str | bytes, str]] = [
    ("", "The body is not JSON"),
    ("{", "The body is not JSON"),
    ("null", "A message must be a JSON object"),
    ("7", "A message must be a JSON object"),
    ('"text"', "A message must be a JSON object"),
    ("[]", "A message must be a JSON object"),
    ("NaN", "The body is not JSON"),
    ('{"type": "ping", "payload": "\\u0000"}', "A text has a NUL or half a character in it"),
    ("[" * 100_000, "The body is not JSON"),
    ("[" * 60 + "]" * 60, "The body is nested more than 50 deep"),
    (b"binary", "Send texts"),
    *(
        (json.dumps(message), "A message is none of the protocol's")
        for message in (
            {},
            {"type": None},
            {"type": ["ping"]},
            {"type": "start", "id": "1", "payload": QUERY},
            {"type": "subscribe"},
            {"type": "subscribe", "id": "1"},
            {"type": "subscribe", "id": "1", "payload": None},
            {"type": "subscribe", "id": "1", "payload": "text"},
            {"type": "subscribe", "id": "1", "payload": [QUERY]},
            {"type": "subscribe", "id": 1, "payload": QUERY},
            {"type": "subscribe", "id": ["1"], "payload": QUERY},
            {"type": "subscribe", "id": {"a": 1}, "payload": QUERY},
            {"type": "complete"},
            {"type": "complete", "id": ["1"]},
        )
    ),
    *(
        (json.dumps({"type": "subscribe", "id": "1", "payload": payload}), words)
        for payload, words in PAYLOADS
    ),
    *(
        (json.dumps({"type": "subscribe", "id": key, "payload": QUERY}), words)
        for key in ("", "x" * 101)
        for words in ("An operation's id has 1 to 100 characters",)
    ),
]


@pytest.mark.parametrize(("message", "reason"), MALFORMED)
async def test_what_is_no_message_closes_the_socket(
    live: Live, message: str | bytes, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(live.port) as client:
        await client.begin()
        await client.socket.send(message)

        assert await client.closed() == (4400, reason)
    assert caplog.records == []


@pytest.mark.parametrize("payload", ["text", ["x"], 7, True])
async def test_an_odd_payload_of_the_first_message_closes_the_socket(
    live: Live, payload: object
) -> None:
    async with connected(live.port) as client:
        await client.say({"type": "connection_init", "payload": payload})

        assert await client.closed() == (4400, "The payload of connection_init must be an object")


async def test_nothing_is_run_before_the_first_message(live: Live) -> None:
    async with connected(live.port) as client:
        await client.ask(QUERY["query"])

        assert await client.closed() == (4401, "Send connection_init first")


async def test_the_first_message_comes_once(live: Live) -> None:
    async with connected(live.port) as client:
        await client.begin()
        await client.say({"type": "connection_init"})

        assert await client.closed() == (4429, "Too many initialisation requests")


async def test_an_id_stands_for_one_operation_at_a_time(live: Live) -> None:
    async with watcher(live.port) as client:
        payload = {"query": KINDS}
        await client.say({"type": "subscribe", "id": "1", "payload": payload})

        assert await client.closed() == (4409, "Subscriber for 1 already exists")


async def test_an_id_is_free_again_when_its_operation_has_ended(live: Live) -> None:
    async with watcher(live.port, query=KINDS) as client:
        await client.say({"type": "complete", "id": "1"})
        for _ in range(2):
            await client.say({"type": "subscribe", "id": "1", "payload": QUERY})
            message = await client.hear()
            assert message["payload"] == {"data": {"viewer": {"name": "Demo admin"}}}
            assert await client.hear() == {"type": "complete", "id": "1"}


async def test_who_has_unsubscribed_is_told_nothing_more(live: Live) -> None:
    invoice = await create_invoice(live.api, "100.00")
    async with watcher(live.port, query=KINDS) as client, watcher(live.port) as other:
        await client.say({"type": "complete", "id": "1"})
        await client.ping()
        await record_payment(live.api, invoice, "10.00")
        await other.told()

        await client.ping()


async def test_completing_what_is_not_there_is_passed_over(live: Live) -> None:
    async with connected(live.port) as client:
        await client.begin()
        await client.say({"type": "complete", "id": "none"})
        await client.say({"type": "pong"})
        await client.ping()


@pytest.mark.parametrize("protocol", [None, "graphql-ws", "chat"])
async def test_other_protocols_are_not_spoken(live: Live, protocol: str | None) -> None:
    async with connected(live.port, protocol) as client:
        assert await client.closed() == (4406, "Speak graphql-transport-ws")


async def test_the_protocol_is_chosen_from_several(live: Live) -> None:
    async with connected(live.port) as client:
        assert client.socket.subprotocol == "graphql-transport-ws"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "http://[", ""]
)
async def test_pages_of_other_sites_are_not_let_in(live: Live, origin: str) -> None:
    status, body = await refused(live.port, additional_headers={"origin": origin})

    assert status == 403
    assert body["errors"] == [
        {
            "message": "Pages of other sites may not connect",
            "extensions": {"code": "FORBIDDEN"},
        }
    ]


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP"])
async def test_own_pages_are_let_in(live: Live, scheme: str) -> None:
    origin = f"{scheme}://127.0.0.1:{live.port}"
    async with connected(live.port, additional_headers={"origin": origin}) as client:
        await client.begin()


ERRORS = [
    ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription {", "GRAPHQL_PARSE_FAILED"),
    ("subscription { __typename }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { __schema { types { name } } }", "GRAPHQL_VALIDATION_FAILED"),
    (
        "subscription { a: invoiceChanged { kind } b: invoiceChanged { kind } }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
    ("subscription { invoiceChanged @skip(if: true) { kind } }", "GRAPHQL_VALIDATION_FAILED"),
    (
        "subscription ($x: Boolean = true) { invoiceChanged @skip(if: $x) { kind } }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
    ("subscription ($id: ID!) { invoiceChanged(id: $id) { kind } }", "BAD_USER_INPUT"),
    ("query { invoices(first: 0) { totalCount } }", "BAD_USER_INPUT"),
]


@pytest.mark.parametrize(("query", "code"), ERRORS)
async def test_an_operation_that_is_refused_leaves_the_socket_open(
    live: Live, query: str, code: str
) -> None:
    async with connected(live.port) as client:
        await client.begin()
        await client.ask(query)
        message = await client.hear()

        assert message["id"] == "1"
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
        assert {error["extensions"]["code"] for error in errors} == {code}
        if message["type"] == "next":
            assert await client.hear() == {"type": "complete", "id": "1"}
        await client.ping()


async def test_a_mutation_over_the_socket_changes_and_tells(live: Live) -> None:
    invoice = await create_invoice(live.api, "100.00")
    mutation = """mutation ($input: RecordPaymentInput!) {
        recordPayment(input: $input) { invoice { status } userErrors { message } }
    }"""
    async with watcher(live.port) as other, connected(live.port) as client:
        await client.begin()
        paid = {"invoiceId": invoice["id"], "amount": "100.00", "method": "wire"}
        data = await client.data(mutation, input=paid)
        told = await other.told()

    assert data == {"recordPayment": {"invoice": {"status": "paid"}, "userErrors": []}}
    assert told["invoice"]["status"] == "paid"
