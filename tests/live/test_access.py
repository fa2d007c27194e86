"""Who may watch what: one's own organization, for as long as the key is good."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from db import api_keys
from domain.access import Role
from engine import watching
from services import keys
from tests.conftest import NOW
from tests.factories import create_customer, create_invoice, record_payment
from tests.keyed import client_of
from tests.live.conftest import Live
from tests.live.watchers import KINDS, Watcher, connected, events, watcher

NONE = "Send a key: Authorization: Bearer <key>"


async def revoke(live: Live, name: str = "Dispatch board") -> None:
    async with live.database.transaction() as session:
        [found] = [one for one in await keys.listed(session, 1) if one.name == name]
        await keys.revoke(session, organization_id=1, key_id=found.id, now=NOW)
    # What the server remembers of it is over.
    live.time.sleep(15)


async def test_a_key_in_the_first_message_lets_in(keyed: Live) -> None:
    key = await keyed.key()
    for name in ("Authorization", "authorization", "AUTHORIZATION"):
        async with connected(keyed.port) as client:
            await client.begin({"other": 7, name: f"Bearer {key}"})


async def test_a_key_in_the_requests_head_lets_in(keyed: Live) -> None:
    head = {"authorization": f"Bearer {await keyed.key()}"}
    async with connected(keyed.port, additional_headers=head) as client:
        await client.begin()


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (None, NONE),
        ({}, NONE),
        ({"Authorization": 7}, NONE),
        ({"Authorization": None}, NONE),
        ({"token": "Bearer x"}, NONE),
        ({"Authorization": "Bearer nobody's"}, "The key is not valid"),
        ({"Authorization": "Bearer schlüssel €"}, "The key is not valid"),
        ({"Authorization": "Basic x"}, "The key is not valid"),
        ({"Authorization": ""}, "The key is not valid"),
    ],
)
async def test_without_a_good_key_the_socket_is_closed(
    keyed: Live, payload: Any, reason: str
) -> None:
    async with connected(keyed.port) as client:
        await client.say({"type": "connection_init", "payload": payload})

        assert await client.closed() == (4403, reason)


async def test_changes_of_another_organization_are_never_told(keyed: Live) -> None:
    own, foreign = await keyed.key(), await keyed.key(2)
    us, them = keyed.holder(own), keyed.holder(foreign)
    async with watcher(keyed.port, own) as ours, watcher(keyed.port, foreign) as theirs:
        invoice = await create_invoice(them, "100.00")
        await record_payment(them, invoice, "10.00")
        own_invoice = await create_invoice(us, "100.00")

        assert (await ours.told())["invoiceId"] == own_invoice["id"]
        assert [(await theirs.told())["invoiceId"] for _ in range(2)] == [invoice["id"]] * 2
        await ours.ping()
        await theirs.ping()


async def test_an_id_of_another_organization_is_as_one_of_nothing(keyed: Live) -> None:
    own, foreign = await keyed.key(), await keyed.key(2)
    us, them = keyed.holder(own), keyed.holder(foreign)
    invoice = await create_invoice(them, "100.00")
    odd = [
        {"id": invoice["id"]},
        {"customerId": invoice["customer"]["id"]},
        {"id": "invoice_01m8eayqs6e5bbeyq69cgvfftf"},
        {"id": "none"},
        {"id": ""},
        {"id": invoice["customer"]["id"]},
        {"customerId": invoice["id"]},
        {"id": 7},
    ]
    async with watcher(keyed.port, own) as ours:
        for variables in odd:
            query = "subscription ($id: ID, $customerId: ID) { invoiceChanged(id: $id, "
            await ours.watch(query + "customerId: $customerId) { kind } }", **variables)
        await record_payment(them, invoice, "10.00")
        await create_invoice(us, "100.00")

        assert (await ours.told("1"))["kind"] == "created"
        await ours.ping()


async def test_one_invoice_or_those_of_one_customer_are_watched(live: Live) -> None:
    api = live.api
    customer = (await create_customer(api))["id"]
    first = await create_invoice(api, "100.00", customerId=customer)
    second = await create_invoice(api, "100.00", customerId=customer)
    other = await create_invoice(api, "100.00")
    async with (
        watcher(live.port, id=first["id"]) as of_one,
        watcher(live.port, customerId=customer) as of_customer,
        watcher(live.port, id=first["id"], customerId=other["customer"]["id"]) as of_none,
        watcher(live.port, id=None, customerId=None) as of_all,
    ):
        for invoice in (other, second, first):
            await record_payment(api, invoice, "10.00")

        async def told(client: Watcher, count: int) -> list[str]:
            return [(await client.told())["invoiceId"] for _ in range(count)]

        assert await told(of_one, 1) == [first["id"]]
        assert await told(of_customer, 2) == [second["id"], first["id"]]
        assert await told(of_all, 3) == [other["id"], second["id"], first["id"]]
        for client in (of_one, of_customer, of_none, of_all):
            await client.ping()


async def test_a_revoked_key_is_told_nothing_more(keyed: Live) -> None:
    good, bad = await keyed.key(name="Good"), await keyed.key(name="Bad")
    async with watcher(keyed.port, good) as stays, watcher(keyed.port, bad) as goes:
        await revoke(keyed, "Bad")
        await create_invoice(keyed.holder(good), "100.00")

        assert await goes.closed() == (4403, "The key is not valid")
        assert (await stays.told())["kind"] == "created"


async def test_a_revoked_key_is_found_out_where_nothing_happens(
    keyed: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watching.QUIET_SECONDS == 12
    monkeypatch.setattr(watching, "QUIET_SECONDS", 0.05)
    key = await keyed.key()
    async with watcher(keyed.port, key) as goes:
        await revoke(keyed)

        assert await goes.closed() == (4403, "The key is not valid")


async def test_boards_with_one_key_look_it_up_once(
    keyed: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, looks = api_keys.find, 0

    async def counted(*asked: Any) -> api_keys.Found | None:
        nonlocal looks
        looks += 1
        return await find(*asked)

    key, other = await keyed.key(), await keyed.key()
    async with AsyncExitStack() as stack:
        boards = [await stack.enter_async_context(watcher(keyed.port, key)) for _ in range(12)]
        keyed.time.sleep(15)
        monkeypatch.setattr(api_keys, "find", counted)
        await create_invoice(keyed.holder(other), "100.00")
        assert [(await board.told())["kind"] for board in boards] == ["created"] * 12

    assert looks == 2


async def test_a_stream_of_events_ends_when_its_key_is_revoked(keyed: Live) -> None:
    good, bad = await keyed.key(name="Good"), await keyed.key(name="Bad")
    http = client_of(keyed.api.http, {"authorization": f"Bearer {bad}"})
    async with events(http, KINDS) as stream:
        await revoke(keyed, "Bad")
        await create_invoice(keyed.holder(good), "100.00")

        assert await stream.end() == ":\n\n"


async def test_a_query_over_the_socket_of_a_revoked_key_closes_it(keyed: Live) -> None:
    key = await keyed.key()
    async with connected(keyed.port) as client:
        await client.begin({"authorization": f"Bearer {key}"})
        await revoke(keyed)
        await client.ask("{ viewer { name } }")

        assert await client.closed() == (4403, "The key is not valid")


async def test_a_viewer_watches_and_does_not_change(keyed: Live) -> None:
    key = await keyed.key(role=Role.VIEWER)
    async with watcher(keyed.port, key) as client:
        query = """mutation { createCustomer(input: {name: "Acme"}) { customer { id } } }"""
        key = await client.ask(query)
        message = await client.hear()

    assert (message["type"], message["id"]) == ("next", key)
    assert message["payload"]["data"] == {"createCustomer": None}
    assert message["payload"]["errors"][0]["extensions"]["code"] == "FORBIDDEN"
