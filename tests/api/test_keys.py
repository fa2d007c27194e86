"""Requests with keys, and what is said to those whose key is none."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from db import api_keys
from db.database import Database
from db.tables import ApiKey
from domain.access import Role
from domain.api_key import key_text
from engine.negotiation import GRAPHQL, JSON
from services import keyring, keys
from services.keyring import Keyring
from tests.conftest import NOW
from tests.keyed import Keyed, keyed
from tests.organizations import made_organization

FORGED = key_text(1, bytes(20))
NOBODY = 'Bearer realm="remit"'
INVALID = 'Bearer realm="remit", error="invalid_token"'


@pytest.fixture
async def server(database: Database) -> AsyncGenerator[Keyed]:
    """Two organizations, and no keys yet."""
    await made_organization(database, 1, "Demo Freight")
    await made_organization(database, 2, "Other Freight")
    async with keyed(database) as server:
        yield server


async def row(server: Keyed) -> ApiKey:
    """The one key there is."""
    async with server.database.transaction() as session:
        return (await session.exec(select(ApiKey))).one()


async def revoke(server: Keyed) -> None:
    key = await row(server)
    async with server.database.transaction() as session:
        await keys.revoke(session, organization_id=1, key_id=key.id, now=NOW)


async def test_whoever_has_a_key_is_who_it_was_made_for(server: Keyed) -> None:
    question = "{ viewer { name role organization { name } } }"
    for organization_id, company in ((1, "Demo Freight"), (2, "Other Freight")):
        for role in Role:
            key = await server.key(organization_id, role, f"The {role}")
            for _ in range(2):
                assert await server.holder(key).execute(question) == {
                    "viewer": {
                        "name": f"The {role}",
                        "role": role.value,
                        "organization": {"name": company},
                    }
                }


async def test_key_is_kept_as_its_digest_only(server: Keyed) -> None:
    key = await server.key(1)
    kept = await row(server)
    assert len(kept.digest) == 64
    assert key.split("_")[2] not in repr(kept.model_dump())


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_without_a_key_nobody_is_told_anything(server: Keyed, accept: str) -> None:
    answer = await server.ask(accept=accept)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == NOBODY
    assert answer.headers["content-type"] == f"{accept}; charset=utf-8"
    assert answer.json() == {
        "errors": [
            {
                "message": "Send a key: Authorization: Bearer <key>",
                "extensions": {"code": "UNAUTHENTICATED"},
            }
        ]
    }


@pytest.mark.parametrize(
    "value",
    [
        f"Bearer {FORGED}",
        f"Bearer {FORGED[:-1]}x",
        f"Bearer {FORGED.upper()}",
        f"Bearer {key_text(7, bytes(20))}",
        f"Bearer {key_text(10**15 - 1, bytes(20))}",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        FORGED,
        f"Bearer {FORGED}" * 1_000,
        "Bearer remit_1_\u00e9\u00e8_00000000".encode("latin-1"),
        "Bearer remit_\u0662_\U0001f511".encode(),
        "Bearer ' OR 1=1 --",
        "",
    ],
)
async def test_what_is_no_key_is_refused_alike(server: Keyed, value: str | bytes) -> None:
    await server.key(1)
    answer = await server.ask(authorization=value)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, INVALID)
    [error] = answer.json()["errors"]
    assert error == {
        "message": "The key is not valid",
        "extensions": {"code": "UNAUTHENTICATED"},
    }


async def test_several_keys_are_none(server: Keyed) -> None:
    value = f"Bearer {await server.key(1)}"
    for headers in (
        [("authorization", value)] * 2,
        [("authorization", value), ("Authorization", "x")],
    ):
        answer = await server.http.post(
            "/graphql", json={"query": "{ viewer { name } }"}, headers=headers
        )
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, INVALID)


async def test_the_scheme_may_be_written_in_any_case(server: Keyed) -> None:
    key = await server.key(1)
    for scheme in ("Bearer ", "bearer ", "BEARER  "):
        assert (await server.ask(authorization=f"{scheme}{key}")).status_code == 200


async def test_nothing_is_read_before_the_key(server: Keyed) -> None:
    bodies: list[dict[str, Any]] = [
        {"content": b"{", "headers": {"content-type": JSON}},
        {"content": b"x" * 2_000_000, "headers": {"content-type": JSON}},
        {"content": b"x", "headers": {"content-type": "text/plain"}},
        {"json": {"query": "{ nothing }"}},
        {"json": {"query": "{ __schema { queryType { name } } }"}},
    ]
    for sent in bodies:
        assert (await server.http.post("/graphql", **sent)).status_code == 401
    assert (await server.http.put("/graphql")).status_code == 401
    assert (await server.http.get("/graphql", params={"query": "{"})).status_code == 401


async def test_revoked_key_is_good_for_15_seconds_at_most(server: Keyed) -> None:
    held = {"authorization": f"Bearer {await server.key(1)}"}
    assert (await server.ask(**held)).status_code == 200
    await revoke(server)
    server.time.sleep(14)
    assert (await server.ask(**held)).status_code == 200
    server.time.sleep(1)
    answer = await server.ask(**held)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, INVALID)


async def test_revoked_key_that_is_not_known_is_refused_at_once(server: Keyed) -> None:
    key = await server.key(1)
    await revoke(server)
    assert (await server.ask(authorization=f"Bearer {key}")).status_code == 401


async def test_key_revoked_twice_stays_revoked_since_the_first_time(server: Keyed) -> None:
    await server.key(1)
    await revoke(server)
    key = await row(server)
    async with server.database.transaction() as session:
        later = NOW + timedelta(days=1)
        again = await keys.revoke(session, organization_id=1, key_id=key.id, now=later)
    assert again.revoked_at == NOW


async def test_key_that_is_known_costs_no_statement(
    server: Keyed, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = server.holder(await server.key(1))
    await api.execute("{ viewer { name } }")

    async def not_again(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(api_keys, "find", not_again)
    assert await api.execute("{ viewer { name } }") == {"viewer": {"name": "Dispatch board"}}
    server.time.sleep(15)
    answer = await server.http.post(
        "/graphql", json={"query": "{ viewer { name } }"}, headers=api.http.headers
    )
    # What cannot be looked up now is no wrong key, and trying again may help.
    assert answer.status_code == 503
    [error] = answer.json()["errors"]
    assert error["message"].startswith("Something went wrong on our side. Its id is ")
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}


async def test_last_use_is_kept_once_for_many_requests(server: Keyed) -> None:
    api = server.holder(await server.key(1))
    for seconds in range(3):
        server.clock.now = NOW + timedelta(seconds=seconds)
        await api.execute("{ viewer { name } }")
    assert (await row(server)).last_used_at is None
    await server.keyring.note()
    assert (await row(server)).last_used_at == NOW + timedelta(seconds=2)


async def test_last_use_never_goes_back(server: Keyed) -> None:
    api = server.holder(await server.key(1))
    await api.execute("{ viewer { name } }")
    key = await row(server)
    async with server.database.transaction() as session:
        later = NOW + timedelta(minutes=5)
        # As another process has noted it.
        await api_keys.note_used(session, [((1, key.id), later)])
    await server.keyring.note()
    assert (await row(server)).last_used_at == NOW + timedelta(minutes=5)


async def test_last_use_is_kept_now_and_then_and_at_the_end(server: Keyed) -> None:
    key = await server.key(1)
    ring = Keyring(server.database, noted_seconds=0.01)
    async with ring.kept():
        await ring.find(key, NOW)
        async with asyncio.timeout(10):
            while (await row(server)).last_used_at is None:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
    ring = Keyring(server.database)
    async with ring.kept():
        await ring.find(key, NOW + timedelta(hours=1))
    assert (await row(server)).last_used_at == NOW + timedelta(hours=1)


async def test_keys_tried_in_vain_are_limited_and_good_ones_are_not(server: Keyed) -> None:
    good = {"authorization": f"Bearer {await server.key(1)}"}
    bad = {"authorization": f"Bearer {FORGED}"}
    for _ in range(20):
        assert (await server.ask(**bad)).status_code == 401
    limited = await server.ask(**bad)
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "60")
    [error] = limited.json()["errors"]
    assert error["extensions"] == {"code": "RATE_LIMITED"}
    # Without any key nothing was tried.
    assert (await server.ask()).status_code == 401
    assert (await server.ask(**good)).status_code == 200
    server.time.sleep(60)
    assert (await server.ask(**bad)).status_code == 401
    assert (await server.ask(**good)).status_code == 200


async def test_only_so_many_keys_are_known(server: Keyed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "KNOWN_MAX", 2)
    texts = [await server.key(1) for _ in range(3)]
    for text in texts:
        await server.keyring.find(text, NOW)
    known = [server.keyring.known(text, NOW) is not None for text in texts]
    assert known == [False, True, True]


async def test_use_that_could_not_be_kept_is_kept_later(
    server: Keyed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await server.keyring.find(await server.key(1), NOW)

    async def failing(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(api_keys, "note_used", failing)
        await server.keyring.note()
    assert caplog.messages == ["it could not be kept when keys were used"]
    assert (await row(server)).last_used_at is None
    await server.keyring.note()
    assert (await row(server)).last_used_at == NOW


async def test_use_that_is_just_being_kept_when_the_server_stops_is_kept(
    server: Keyed, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, begun, note_used = await server.key(1), asyncio.Event(), api_keys.note_used

    async def held_up(session: Any, uses: Any) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.sleep(60)
        await note_used(session, uses)

    monkeypatch.setattr(api_keys, "note_used", held_up)
    ring = Keyring(server.database, noted_seconds=0.01)
    async with ring.kept():
        await ring.find(key, NOW)
        await begun.wait()
    assert (await row(server)).last_used_at == NOW
