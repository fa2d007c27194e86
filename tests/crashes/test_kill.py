"""The server is killed at random moments while payments are recorded: none is lost or doubled."""

import asyncio
import os
from pathlib import Path
from random import Random

from db.database import Database
from tests.clerks import Clerks, check_books
from tests.depth import depth
from tests.processes import Server, add_organization, server

KILLS = depth(4, 20)


async def work_until_killed(clerks: Clerks, running: Server, seconds: float) -> None:
    """So many seconds after the first payment has been acknowledged."""
    stop = asyncio.Event()
    before = len(clerks.acknowledged)
    working = asyncio.create_task(clerks.work(stop))
    async with asyncio.timeout(30):
        while len(clerks.acknowledged) == before:  # noqa: ASYNC110 - they tell nobody
            await asyncio.sleep(0.005)
    await asyncio.sleep(seconds)
    running.kill()
    stop.set()
    await working


async def test_a_killed_server_has_kept_what_it_has_acknowledged_and_nothing_by_halves(
    database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("CRASH_SEED") or Random().getrandbits(32))
    print(f"To have it again: CRASH_SEED={seed}")
    random = Random(seed)
    await add_organization(database_url)
    database = Database(database_url)
    with server(database_url, tmp_path) as running:
        clerks = Clerks(running.address, random)
        await clerks.bill(5)
        for number in range(KILLS):
            if number:
                running.start()
            await work_until_killed(clerks, running, random.uniform(0, 0.4))
            await check_books(database, clerks)

        running.start()
        unanswered = clerks.unanswered
        assert unanswered, "nobody was interrupted"
        some = random.sample(sorted(clerks.acknowledged), min(20, len(clerks.acknowledged)))
        await clerks.repeat(unanswered)
        assert clerks.unanswered == set()
        # Under each key there is one payment: `record` compares their ids.
        again = await clerks.repeat([*unanswered, *some])
        assert all(payload["alreadyProcessed"] for payload in again)
    await check_books(database, clerks)
    await database.close()
