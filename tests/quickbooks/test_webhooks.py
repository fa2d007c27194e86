"""Webhooks are believed when they are signed, taken down, and answered at once."""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette

from db.database import Database
from db.errors import Unavailable
from db.tables import Job
from endpoints import webhooks
from quickbooks.options import WEBHOOK_PATH, Options
from quickbooks.webhooks import realms
from tests.companies import REALM, connect
from tests.conftest import NOW
from tests.organizations import made_within

VERIFIER = "our verifier"
OTHER_REALM = "9130350000000002"
LOCAL = "1"


def options(verifier: str | None = VERIFIER) -> Options:
    return Options("remit", "secret", "http://test", webhook_verifier=verifier)


def cloud_event(realm: Any = REALM, **rest: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": "88cd52aa-33b6-4351-9aa4-47572edbd068",
        "source": "intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=",
        "type": "qbo.payment.deleted.v1",
        "datacontenttype": "application/json",
        "time": "2026-07-01T10:00:00.123456789Z",
        "intuitentityid": "145",
        "intuitaccountid": realm,
        "data": {},
        **rest,
    }


def notification(realm: Any = REALM) -> dict[str, Any]:
    entity = {"name": "Payment", "id": "145", "operation": "Update", "lastUpdated": "2026-07-01"}
    return {"realmId": realm, "dataChangeEvent": {"entities": [entity]}}


def signature(body: bytes, verifier: str = VERIFIER) -> str:
    return base64.b64encode(hmac.digest(verifier.encode(), body, hashlib.sha256)).decode()


NONSENSE: list[Any] = [
    b"",
    b"{",
    b"\xff\xfe",
    b"null",
    b"7",
    b"[" * 100_000,
    [],
    {},
    {"eventNotifications": None},
    {"eventNotifications": [None, [], {}, {"realmId": None}]},
    [None, 7, [], {"intuitaccountid": 7}, {"intuitaccountid": ["1"]}],
    [cloud_event("9130350000000001'"), cloud_event("9" * 33), cloud_event("\u0661")],
]


@pytest.fixture
async def http(database: Database) -> AsyncGenerator[httpx2.AsyncClient]:
    for organization_id in (1, 2, 3):
        async with database.transaction() as session:
            await made_within(session, organization_id)
    await connect(database)
    await connect(database, 2)
    await connect(database, 3, OTHER_REALM)
    async with client(database, options()) as http:
        yield http


def client(database: Database, options: Options) -> httpx2.AsyncClient:
    app = Starlette(routes=webhooks.routes(database, options, lambda: NOW))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


async def told(http: httpx2.AsyncClient, events: Any, **headers: str) -> int:
    body = events if isinstance(events, bytes) else json.dumps(events).encode()
    signed = {"intuit-signature": signature(body), **headers}
    response = await http.post(WEBHOOK_PATH, content=body, headers=signed)
    return response.status_code


async def wanted(database: Database) -> list[tuple[int, str]]:
    """For which organizations which companies are to be looked at."""
    statement = select(col(Job.organization_id), col(Job.key)).where(
        col(Job.kind) == "pullChanges", col(Job.lane) == "quickbooks:" + col(Job.key)
    )
    async with database.transaction() as session:
        return sorted((await session.exec(statement)).all())


@pytest.mark.parametrize(
    "events", [[cloud_event()], {"eventNotifications": [notification()]}], ids=["new", "old"]
)
async def test_both_forms_make_all_who_are_connected_look(
    http: httpx2.AsyncClient, database: Database, events: Any
) -> None:
    assert await told(http, events) == 200
    assert await wanted(database) == [(1, REALM), (2, REALM)]


async def test_the_same_again_asks_once(http: httpx2.AsyncClient, database: Database) -> None:
    for _ in range(3):
        assert await told(http, [cloud_event(), cloud_event()]) == 200
    assert await wanted(database) == [(1, REALM), (2, REALM)]


async def test_companies_may_be_mixed(http: httpx2.AsyncClient, database: Database) -> None:
    events = [
        cloud_event(),
        cloud_event(OTHER_REALM, type="qbo.something.new.v9"),
        cloud_event("7"),
    ]
    assert await told(http, events, **{"content-type": "application/cloudevents+json"}) == 200
    assert await wanted(database) == [(1, REALM), (2, REALM), (3, OTHER_REALM)]


async def test_who_has_disconnected_is_not_made_to_look(
    http: httpx2.AsyncClient, database: Database
) -> None:
    await connect(database, tokens=None, disconnected_at=NOW)
    assert await told(http, [cloud_event()]) == 200
    assert await wanted(database) == [(2, REALM)]


@pytest.mark.parametrize("events", NONSENSE, ids=lambda events: str(events)[:30])
async def test_what_is_not_understood_is_taken_for_nothing(
    http: httpx2.AsyncClient, database: Database, events: Any
) -> None:
    assert await told(http, events) == 200
    assert await wanted(database) == []


async def test_what_is_understood_of_it_counts(
    http: httpx2.AsyncClient, database: Database
) -> None:
    assert await told(http, [None, {"intuitaccountid": OTHER_REALM}]) == 200
    assert await wanted(database) == [(3, OTHER_REALM)]


@pytest.mark.parametrize(
    "signed",
    [
        None,
        "",
        "AAAA",
        "\xe9",
        signature(b"another body"),
        signature(json.dumps([cloud_event()]).encode(), "another verifier"),
    ],
)
async def test_what_is_not_signed_is_refused(
    http: httpx2.AsyncClient, database: Database, signed: str | None
) -> None:
    body = json.dumps([cloud_event()]).encode()
    headers = [] if signed is None else [(b"intuit-signature", signed.encode("latin-1"))]
    response = await http.post(WEBHOOK_PATH, content=body, headers=headers)
    assert response.status_code == 403
    assert await wanted(database) == []


@pytest.mark.parametrize("verifier", [None, ""])
async def test_without_a_verifier_nothing_is_believed(
    http: httpx2.AsyncClient, database: Database, verifier: str | None
) -> None:
    body = json.dumps([cloud_event()]).encode()
    async with client(database, options(verifier)) as unverified:
        response = await unverified.post(
            WEBHOOK_PATH, content=body, headers={"intuit-signature": signature(body, "")}
        )
    assert response.status_code == 403
    assert await wanted(database) == []


async def test_a_body_has_an_end(http: httpx2.AsyncClient) -> None:
    assert await told(http, b"[" + b" " * ((1 << 20) - 2) + b"]") == 200
    assert await told(http, b"[" + b" " * ((1 << 20) - 1) + b"]") == 413


async def test_a_body_that_does_not_come_is_not_waited_for(
    http: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck() -> AsyncGenerator[bytes]:
        yield b"["
        await asyncio.Event().wait()

    monkeypatch.setattr(webhooks, "SECONDS_MAX", 0.01)
    response = await http.post(WEBHOOK_PATH, content=stuck())
    assert response.status_code == 408


async def test_what_cannot_be_stored_is_sent_again(
    http: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise Unavailable("the database is full")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(webhooks.quickbooks_pulls, "hear", fail)
    assert await told(http, [cloud_event()]) == 503
    assert "the database is full" in caplog.text
    for secret in (VERIFIER, REALM, signature(json.dumps([cloud_event()]).encode())):
        assert secret not in caplog.text


async def test_only_posts_are_heard(http: httpx2.AsyncClient) -> None:
    assert (await http.get(WEBHOOK_PATH)).status_code == 405


def test_companies_are_named_once() -> None:
    body = json.dumps([cloud_event(), cloud_event(LOCAL), cloud_event()]).encode()
    assert realms(body) == {REALM, LOCAL}
