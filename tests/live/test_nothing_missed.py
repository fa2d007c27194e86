"""Whoever subscribes, and then reads over the same socket, knows all: whenever it happens."""

import asyncio
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from tests.factories import create_customer, create_invoice, record_payment
from tests.live.conftest import Live
from tests.live.watchers import Watcher, connected

READ = "{ invoices(first: 100) { nodes { fullId version outstandingBalance } } }"
WATCH = "subscription { invoiceChanged { invoice { fullId version outstandingBalance } } }"
LAST = "INVOICE-1"

Seen = dict[str, tuple[int, Decimal]]


def take(seen: Seen, invoice: dict[str, Any]) -> None:
    """As a board does: never an older version over a newer one."""
    key, version = invoice["fullId"], invoice["version"]
    if key not in seen or seen[key][0] <= version:
        seen[key] = version, invoice["outstandingBalance"]


async def board(live: Live, random: Random) -> Seen:
    """What a board shows that comes at any moment and stays until the last change."""
    await asyncio.sleep(random.random() / 2)
    seen: Seen = {}
    async with connected(live.port) as client:
        await client.begin()
        # Nothing is waited for between the two.
        await client.ask(WATCH)
        await client.ask(READ)
        while LAST not in seen or seen[LAST][1] != 0:
            await _heard(client, seen)
    return seen


async def _heard(client: Watcher, seen: Seen) -> None:
    message = await client.hear()
    if message["type"] == "next":
        data = message["payload"]["data"]
        if "invoices" in data:
            for invoice in data["invoices"]["nodes"]:
                take(seen, invoice)
        else:
            take(seen, data["invoiceChanged"]["invoice"])


@pytest.mark.parametrize("seed", range(3))
async def test_a_board_that_comes_while_payments_are_made_is_right(live: Live, seed: int) -> None:
    api, random = live.api, Random(seed)
    customer_id = (await create_customer(api))["id"]
    last, *invoices = [
        await create_invoice(api, "1000.00", customerId=customer_id) for _ in range(6)
    ]
    boards = [asyncio.create_task(board(live, random)) for _ in range(12)]

    async def pay(each: dict[str, Any]) -> None:
        for _ in range(12):
            await record_payment(api, each, f"{random.randint(1, 50)}.00")
            await asyncio.sleep(random.random() / 20)

    await asyncio.gather(*(pay(each) for each in invoices))
    await record_payment(api, last, "1000.00")
    found = await asyncio.gather(*boards)

    truth: Seen = {}
    for invoice in (await api.execute(READ))["invoices"]["nodes"]:
        take(truth, invoice)
    assert len(truth) == 6
    assert found == [truth] * 12
