"""Hundreds of random actions under random faults, workers killed on the way: both sides agree."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from random import Random

from sqlalchemy import text

from tests.depth import depth
from tests.quickbooks import agreement
from tests.quickbooks.history import History
from tests.quickbooks.real_office import Office, Worker, office
from tests.quickbooks.simulator import Kind, Mishap, Simulator

ACTIONS = depth(60, 200)

# What goes wrong, where, and how often.
_TROUBLES: list[tuple[Kind, str, float]] = [
    ("drop_after", "*.create", 0.15),
    ("drop_after", "*.void", 0.15),
    ("drop_before", "*", 0.03),
    ("html", "*", 0.03),
    ("html_after", "invoice.*", 0.05),
    ("server_error", "*", 0.05),
    ("throttled", "*", 0.02),
    ("expired", "*", 0.03),
    ("stale", "invoice.*", 0.1),
    ("lost", "webhook.*", 0.2),
    ("doubled", "webhook.*", 0.2),
    ("swapped", "webhook.*", 0.2),
]


def troubled(random: Random) -> Simulator:
    simulator = Simulator()
    for kind, at, probability in _TROUBLES:
        simulator.go_wrong(
            Mishap(
                kind,
                at=at,
                times=None,
                probability=probability,
                seed=random.getrandbits(32),
                retry_after=1,
            )
        )
    return simulator


async def kill_now_and_then(worker: Worker, random: Random) -> None:
    while True:
        worker.start()
        # Long enough to start and do something.
        await asyncio.sleep(random.uniform(1.5, 4))
        worker.kill()


async def settle(at_work: Office, worker: Worker) -> None:
    """Nothing goes wrong any more; what failed is asked for again."""
    at_work.simulator.mishaps.clear()
    worker.start()
    await at_work.idle()
    failed = "SELECT invoice_id FROM quickbooks_invoices WHERE state = 'failed' AND gone_at IS NULL"
    again = [row[0] for row in await at_work.rows(failed)]
    for invoice_id in again:
        await at_work.client.change(
            "exportInvoicesToQuickBooks", "__typename", invoiceIds=[invoice_id]
        )
    await at_work.idle()
    for _ in range(2):
        await at_work.sync()
        await at_work.idle()


async def replayed_changes_nothing(at_work: Office) -> None:
    """All webhooks once more, in another order, and all changes from the beginning."""
    dump = "SELECT id, kind, message FROM activities ORDER BY id"
    before = await at_work.rows(dump)
    rows = await at_work.rows("SELECT * FROM payments ORDER BY id")
    for attempt in reversed(at_work.simulator.webhooks.attempts):
        for event in attempt.events:
            at_work.simulator.webhooks.tell(event.realm, event.kind, event.row_id, event.operation)
    rewind = "UPDATE quickbooks_connections SET changed_since = connected_at"
    async with at_work.database.transaction() as session:
        await (await session.connection()).execute(text(rewind))
    await at_work.sync()
    await at_work.idle()
    assert await at_work.rows(dump) == before
    assert await at_work.rows("SELECT * FROM payments ORDER BY id") == rows


async def work_under_fire(at_work: Office, history: History, worker: Worker) -> None:
    """Many actions, while the worker is killed now and then."""
    killing = asyncio.create_task(kill_now_and_then(worker, history.random))
    try:
        for _ in range(ACTIONS):
            await history.act()
            await asyncio.sleep(history.random.uniform(0, 0.2))
    finally:
        killing.cancel()
        with suppress(asyncio.CancelledError):
            await killing
        worker.kill()


async def test_both_sides_agree_whatever_goes_wrong_on_the_way(
    database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("HISTORY_SEED") or Random().getrandbits(32))
    print(f"To have it again: HISTORY_SEED={seed}")
    random = Random(seed)
    async with office(
        database_url, tmp_path, simulator=troubled(random), REMIT_RUN_JOBS="false"
    ) as at_work:
        await connect(at_work)
        worker = Worker(at_work.environment, tmp_path / "worker.log")
        history = History(at_work, random)
        await history.begin()
        await work_under_fire(at_work, history, worker)
        try:
            await settle(at_work, worker)
            print(history.done)
            await agreement.check(at_work)
            await replayed_changes_nothing(at_work)
            await agreement.check(at_work)
        finally:
            worker.kill()


async def connect(at_work: Office) -> None:
    """The person clicks again where Intuit has failed."""
    for _ in range(20):
        with suppress(AssertionError):
            await at_work.connect()
            return
    raise AssertionError("QuickBooks cannot be connected")
