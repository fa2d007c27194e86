"""The worker's loop: it holds what it does, finds what comes, and stops when it is told to."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from db import jobs
from db.errors import Unavailable
from domain.job import RANKS, JobKind, JobState
from services.jobs import Task, carry_out
from services.working import Working, working_meanwhile
from tests.conftest import NOW
from tests.hands import Hand, Held, worker
from tests.queues import LONG, PULL, PUSH, REVOKE, Queue

SOON = timedelta(seconds=0.3)


class Real:
    """Time passes by itself."""

    def __call__(self) -> datetime:
        return NOW + timedelta(seconds=time.monotonic())


async def test_jobs_are_done_as_they_come_and_several_at_once(queue: Queue) -> None:
    held = Held()
    hand = Hand(held)
    async with working_meanwhile(worker(queue, hand, at_once=2)):
        for key in ("a", "b", "c"):
            await queue.ask(key, lane=key)
        await queue.until(lambda _: len(hand.done) == 2)
        states = list((await queue.states()).values())
        assert sorted(states) == [JobState.QUEUED, JobState.RUNNING, JobState.RUNNING]
        held.may_go_on.set()
        await queue.until(lambda rows: not rows)
    assert sorted(hand.done) == ["a", "b", "c"]


async def test_stopping_finishes_what_runs_and_begins_nothing_more(queue: Queue) -> None:
    held = Held()
    hand = Hand(held)
    working = worker(queue, hand)
    running = asyncio.create_task(working.run())
    await queue.ask("a")
    await queue.ask("b")
    async with asyncio.timeout(20):
        await held.has_begun.wait()
        working.stop()
        held.may_go_on.set()
        await running
    assert hand.done == ["a"]
    assert await queue.states() == {"b": JobState.QUEUED}


async def test_a_worker_that_has_nothing_to_do_stops_at_once(queue: Queue) -> None:
    working = worker(queue, Hand(), look_seconds=600)
    running = asyncio.create_task(working.run())
    await asyncio.sleep(0.1)
    working.stop()
    async with asyncio.timeout(5):
        await running


async def test_a_job_is_held_for_as_long_as_it_takes(queue: Queue) -> None:
    queue.clock = Real()
    held = Held()
    await queue.ask("a", now=NOW)
    one, other = (worker(queue, hand, lease_lasts=SOON) for hand in (Hand(held), Hand()))
    running = asyncio.create_task(one.do_due())
    await held.has_begun.wait()
    until = time.monotonic() + 4 * SOON.total_seconds()
    while time.monotonic() < until:
        assert await other.do_due() == 0
    held.may_go_on.set()
    assert await running == 1
    assert await queue.rows() == []


async def test_a_job_that_hangs_is_let_go(queue: Queue) -> None:
    queue.clock = Real()
    held = Held()
    await queue.ask("a", now=NOW)
    owner, now = "hanging", queue.clock()
    lease = await jobs.claim(
        queue.database, owner=owner, now=now, lease_until=now + SOON, kinds=[PUSH]
    )
    assert lease
    task = Task(queue.database, lease, queue.clock, SOON)
    hanging = asyncio.create_task(carry_out(Hand(held), task, longest=2 * SOON))
    await held.has_begun.wait()
    heir = Hand()
    async with working_meanwhile(worker(queue, heir, lease_lasts=SOON)):
        await queue.until(lambda rows: not rows)
    assert heir.done == ["a"]
    held.may_go_on.set()
    assert await hanging == "lost"


async def test_a_kind_without_a_handler_waits_and_costs_nothing(queue: Queue) -> None:
    await queue.ask("token", kind=REVOKE)
    hand = Hand()
    async with working_meanwhile(worker(queue, hand)):
        await queue.ask("a")
        await queue.until(lambda rows: "a" not in {row.key for row in rows})
    row = await queue.row()
    assert (row.state, row.attempts) == (JobState.QUEUED, 0)


async def test_a_worker_without_any_handler_only_waits(queue: Queue) -> None:
    await queue.ask("a")
    working = Working(queue.database, {}, queue.clock, every={PULL: LONG}, look_seconds=0.01)
    assert await working.do_due() == 0
    async with working_meanwhile(working):
        await asyncio.sleep(0.1)
    assert (await queue.row()).attempts == 0


@pytest.mark.parametrize("error", [Unavailable(), KeyError("unforeseen")])
async def test_a_look_that_fails_is_not_the_last(
    queue: Queue,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    claim, failures = jobs.claim, [error, error]

    async def fail(*args: Any, **rest: Any) -> object:
        if failures:
            raise failures.pop()
        return await claim(*args, **rest)

    monkeypatch.setattr(jobs, "claim", fail)
    await queue.ask("a")
    async with working_meanwhile(worker(queue, Hand())):
        await queue.until(lambda rows: not rows)
    assert failures == []
    assert len([one for one in caplog.records if one.levelname in {"WARNING", "ERROR"}]) == 2


async def test_an_end_that_cannot_be_written_leaves_the_job_to_whoever_comes(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise Unavailable

    hand = Hand()
    await queue.ask("a")
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "complete", fail)
        patched.setattr(jobs, "postpone", fail)
        async with working_meanwhile(worker(queue, hand)):
            await queue.until(lambda _: bool(hand.done))
    assert await queue.states() == {"a": JobState.RUNNING}
    queue.wait(LONG)
    assert await worker(queue, hand).do_due() == 1
    assert hand.done == ["a", "a"]
    assert await queue.rows() == []


def test_every_kind_has_a_rank() -> None:
    assert RANKS.keys() == set(JobKind)
