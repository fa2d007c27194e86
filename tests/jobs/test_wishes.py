"""A job that is asked for again: it is there once, and no wish is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs
from db.jobs import WantedAgain
from domain.job import JobState
from tests.conftest import NOW
from tests.queues import LEASE, LONG, Queue

MINUTE = timedelta(minutes=1)


async def test_a_job_that_waits_is_there_once_with_what_was_said_last(queue: Queue) -> None:
    await queue.ask("a", payload="1")
    await queue.ask("a", payload="2", lane="other", now=NOW + MINUTE)
    row = await queue.row()
    assert (row.payload, row.lane, row.run_at) == ("2", "other", NOW)


async def test_the_same_key_elsewhere_is_another_job(queue: Queue) -> None:
    await queue.ask("a")
    await queue.ask("a", organization_id=2)
    assert len(await queue.rows()) == 2


async def test_one_that_was_asked_for_later_may_be_wanted_sooner(queue: Queue) -> None:
    await queue.ask("a", now=NOW + MINUTE)
    assert await queue.claim() is None
    await queue.ask("a")
    assert (await queue.get()).key == "a"


@pytest.mark.parametrize("is_counted", [True, False])
async def test_one_that_has_failed_keeps_its_pause(queue: Queue, *, is_counted: bool) -> None:
    await queue.ask("a")
    await queue.postpone(await queue.get(), is_counted=is_counted)
    await queue.ask("a", payload="2")
    assert await queue.claim() is None
    row = await queue.row()
    assert (row.run_at, row.error, row.attempts) == (NOW + MINUTE, "No answer", int(is_counted))
    queue.wait(MINUTE)
    lease = await queue.get()
    assert (lease.payload, lease.attempt) == ("2", 1 + is_counted)


async def test_one_that_runs_runs_again_once_as_it_was_asked_for_last(queue: Queue) -> None:
    await queue.ask("a", payload="1")
    lease = await queue.get()
    for payload in ("2", "3"):
        await queue.ask("a", payload=payload, lane="other")
    assert await queue.claim() is None
    row = await queue.row()
    assert (row.lane, row.wanted_lane) == ("lane", "other")
    await queue.complete(lease)
    again = await queue.get()
    assert (again.id, again.payload, again.attempt) == (lease.id, "3", 1)
    assert (await queue.row()).lane == "other"
    await queue.complete(again)
    assert await queue.rows() == []


async def test_one_that_fails_after_it_was_asked_for_again_runs_once_more(queue: Queue) -> None:
    await queue.ask("a")
    lease = await queue.get()
    await queue.ask("a", payload="2", lane="other")
    await queue.postpone(lease)
    row = await queue.row()
    assert (row.state, row.payload, row.lane) == (JobState.QUEUED, "2", "other")
    queue.wait(MINUTE)
    await queue.complete(await queue.get())
    assert await queue.rows() == []


async def test_the_wish_outlives_whoever_ran_the_job_when_it_came(queue: Queue) -> None:
    await queue.ask("a")
    await queue.get()
    await queue.ask("a", payload="2")
    queue.wait(LEASE)
    heir = await queue.get()
    assert heir.payload == "2"
    await queue.complete(heir)
    # It may have been too late for the heir as well: nobody can tell.
    assert (await queue.row()).state is JobState.QUEUED


async def test_one_that_was_asked_for_in_its_last_attempt_is_not_buried(queue: Queue) -> None:
    await queue.ask("a")
    lease = await queue.get()
    await queue.ask("a")
    with pytest.raises(WantedAgain):
        await queue.bury(lease)
    await queue.complete(lease)
    assert (await queue.get()).attempt == 1


async def test_one_that_was_given_up_begins_anew(queue: Queue) -> None:
    await queue.ask("a")
    await queue.bury(await queue.get())
    queue.wait(LONG)
    assert await queue.claim() is None
    assert (await queue.row()).error == "Given up"
    await queue.ask("a", payload="2")
    row = await queue.row()
    assert (row.state, row.error, row.attempts) == (JobState.QUEUED, None, 0)
    lease = await queue.get()
    assert (lease.payload, lease.attempt) == ("2", 1)


async def test_the_dead_are_listed_and_revived_one_by_one_or_all(queue: Queue) -> None:
    for key in ("a", "b", "c", "d"):
        await queue.ask(key, lane=key)
    for _ in range(3):
        await queue.bury(await queue.get())
    async with queue.database.transaction() as session:
        first, *others = await jobs.dead(session)
        assert len(others) == 2
        assert await jobs.revive(session, job_id=first.id, now=queue.clock.now) == 1
        assert await jobs.revive(session, job_id=first.id, now=queue.clock.now) == 0
        assert await jobs.revive(session, now=queue.clock.now) == 2
        assert await jobs.dead(session) == []
    assert set((await queue.states()).values()) == {JobState.QUEUED}
    assert {job.attempts for job in await queue.rows()} == {0}


async def test_what_waits_in_a_lane_is_hastened_and_nothing_else(queue: Queue) -> None:
    for key in ("a", "b", "c"):
        await queue.ask(key, lane=key)
        await queue.postpone(await queue.get())
    await queue.ask("due", lane="a", now=NOW - MINUTE)
    async with queue.database.transaction() as session:
        await jobs.hasten(session, 1, "a", NOW)
        await jobs.hasten(session, 2, "b", NOW)
    found = {job.key: job.run_at for job in await queue.rows()}
    late = NOW + MINUTE
    assert found == {"a": NOW, "b": late, "c": late, "due": NOW - MINUTE}


@pytest.mark.parametrize("is_asked_first", [True, False])
async def test_a_wish_that_comes_while_the_job_is_being_completed_is_kept(
    queue: Queue, *, is_asked_first: bool
) -> None:
    """Whichever transaction has written first: the other waits for it."""
    await queue.ask("a", payload="old")
    lease = await queue.get()
    has_written, go_on = asyncio.Event(), asyncio.Event()

    async def ask(session: AsyncSession) -> None:
        await queue.ask_in(session, "a", payload="new")

    async def complete(session: AsyncSession) -> None:
        await jobs.complete(session, lease, now=NOW)

    async def run(act: Callable[[AsyncSession], Awaitable[None]]) -> None:
        async with queue.database.transaction() as session:
            await act(session)
            await session.flush()
            has_written.set()
            await go_on.wait()

    first, second = (ask, complete) if is_asked_first else (complete, ask)
    running = [asyncio.create_task(run(first))]
    await has_written.wait()
    has_written.clear()
    running.append(asyncio.create_task(run(second)))
    await asyncio.sleep(0.05)
    assert not has_written.is_set()
    go_on.set()
    await asyncio.gather(*running)

    again = await queue.get()
    assert (again.payload, again.attempt) == ("new", 1)


async def test_however_wishes_and_endings_meet_the_last_wish_is_done(queue: Queue) -> None:
    done: list[int] = []

    async def work() -> None:
        while 59 not in done:
            lease = await queue.claim()
            if lease is not None:
                await queue.complete(lease)
                done.append(int(lease.payload))

    async def wish() -> None:
        for number in range(60):
            await queue.ask("a", payload=str(number))

    async with asyncio.timeout(60):
        await asyncio.gather(wish(), work(), work())
    while lease := await queue.claim():
        await queue.complete(lease)
    assert await queue.rows() == []
