"""Subscriptions as streams of events, as curl, EventSource, graphql-sse and urql ask for them."""

import asyncio
import json
from decimal import Decimal

import pytest

from engine import watching
from tests.api.test_examples import EXAMPLES
from tests.factories import create_invoice, record_payment
from tests.live.conftest import Live
from tests.live.watchers import KINDS, SECONDS, events

URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, "
    "text/event-stream, multipart/mixed"
)


async def test_a_change_is_an_event(live: Live) -> None:
    invoice = await create_invoice(live.api, "1000.00")
    async with events(live.api.http) as stream:
        await record_payment(live.api, invoice, "400.00")

        assert await stream.event() == ":"
        assert await stream.told() == {
            "kind": "paymentRecorded",
            "invoiceId": invoice["id"],
            "occurredAt": "2026-03-10T14:05:00.000Z",
            "invoice": {
                "fullId": "INVOICE-1",
                "status": "partiallyPaid",
                "amountPaid": Decimal("400.00"),
                "outstandingBalance": Decimal("600.00"),
                "version": 2,
            },
        }


async def test_the_example_tells_of_a_change(live: Live) -> None:
    example = EXAMPLES / "watch-invoices.graphql"
    variables = json.loads(example.with_suffix(".json").read_text())
    async with events(live.api.http, example.read_text(), variables=variables) as stream:
        invoice = await create_invoice(live.api, "100.00")

        assert await stream.told() == {
            "kind": "created",
            "occurredAt": "2026-03-10T14:05:00.000Z",
            "invoiceId": invoice["id"],
            "invoice": {
                "fullId": "INVOICE-1",
                "status": "created",
                "amountPaid": 0,
                "outstandingBalance": Decimal("100.00"),
                "version": 1,
            },
        }


async def test_nothing_keeps_the_stream_from_its_reader(live: Live) -> None:
    async with events(live.api.http, KINDS) as stream:
        headers = stream.response.headers

    assert headers["cache-control"] == "no-cache"
    assert headers["x-accel-buffering"] == "no"
    assert headers["vary"] == "Accept"


@pytest.mark.parametrize("accept", ["text/event-stream", URQL, "*/*, text/event-stream; q=0.1"])
async def test_a_stream_is_for_whoever_names_it(live: Live, accept: str) -> None:
    async with events(live.api.http, KINDS, accept=accept) as stream:
        await create_invoice(live.api, "100.00")

        assert await stream.told() == {"kind": "created", "invoice": {"fullId": "INVOICE-1"}}


async def test_a_get_is_enough(live: Live) -> None:
    headers = {"accept": "text/event-stream"}
    params = {"query": KINDS}
    async with live.api.http.stream("GET", "/graphql", params=params, headers=headers) as answer:
        parts = answer.aiter_text()
        assert await anext(parts) == ":\n\n"
        await create_invoice(live.api, "100.00")

        assert await anext(parts) == (
            'event: next\ndata: {"data":{"invoiceChanged":'
            '{"kind":"created","invoice":{"fullId":"INVOICE-1"}}}}\n\n'
        )


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/event-stream; q=0, */*", ""])
async def test_without_a_stream_it_is_refused_in_words(live: Live, accept: str) -> None:
    answer = await live.api.http.post("/graphql", json={"query": KINDS}, headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    [error] = answer.json()["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert error["message"].startswith("A subscription is answered by a stream")


async def test_urqls_queries_are_answered_as_json(live: Live) -> None:
    body = {"query": "{ invoices { totalCount } }"}
    answer = await live.api.http.post("/graphql", json=body, headers={"accept": URQL})

    assert answer.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert answer.json() == {"data": {"invoices": {"totalCount": 0}}}


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("{ invoices { totalCount } }", {"data": {"invoices": {"totalCount": 0}}}),
        (
            "subscription { nothing }",
            {
                "errors": [
                    {
                        "message": "Cannot query field 'nothing' on type 'Subscription'.",
                        "locations": [{"line": 1, "column": 16}],
                        "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
                    }
                ]
            },
        ),
    ],
)
async def test_who_takes_nothing_else_gets_one_answer_and_the_end(
    live: Live, query: str, body: object
) -> None:
    headers = {"accept": "text/event-stream"}
    answer = await live.api.http.post("/graphql", json={"query": query}, headers=headers)

    assert answer.status_code == 200
    event, complete, rest = answer.text.split("\n\n")
    assert event.startswith("event: next\ndata: ")
    assert json.loads(event.removeprefix("event: next\ndata: ")) == body
    assert (complete, rest) == ("event: complete\ndata:", "")


async def test_a_silent_stream_is_kept_alive(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET_SECONDS", 0.05)
    async with events(live.api.http, KINDS) as stream:
        assert [await stream.event() for _ in range(4)] == [":"] * 4
        await create_invoice(live.api, "100.00")

        assert (await stream.told())["kind"] == "created"


async def test_a_stream_that_is_left_is_forgotten(live: Live) -> None:
    async with events(live.api.http, KINDS):
        assert await live.watching() == 1
    async with asyncio.timeout(SECONDS):
        while await live.watching():
            pass
