"""How jobs end: done, tried again, given up, or taken over."""

import logging
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from db.errors import Unavailable
from domain.job import ATTEMPTS_MAX, JobState, backoff
from services.jobs import End, Later, Task
from tests.conftest import NOW
from tests.hands import Hand, failing, worker
from tests.queues import LEASE, LONG, PUSH, Queue, write, written


async def test_what_a_job_writes_last_is_written_with_its_end(queue: Queue) -> None:
    async def act(task: Task) -> None:
        async with task.finish() as session:
            await write(session, "done")

    await queue.ask("a")
    working = worker(queue, Hand(act))
    assert await working.do_due() == 1
    assert await written(queue.database) == {"done"}
    assert await queue.rows() == []
    assert working.ends == {(PUSH, End.FINISHED): 1}


async def test_a_job_that_only_returns_is_done(queue: Queue) -> None:
    await queue.ask("a")
    assert await worker(queue, Hand()).do_due() == 1
    assert await queue.rows() == []


async def test_a_job_that_has_lost_its_lease_writes_nothing_and_the_heir_does_it(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    heir = Hand()

    async def act(task: Task) -> None:
        queue.wait(LEASE)
        assert await worker(queue, heir).do_due() == 1
        async with task.finish() as session:
            await write(session, "lost")

    await queue.ask("a")
    working = worker(queue, Hand(act))
    assert await working.do_due() == 1
    assert heir.done == ["a"]
    assert await written(queue.database) == set()
    assert working.ends == {(PUSH, End.LOST): 1}
    assert "job pushInvoice a was taken over" in caplog.text


async def test_a_job_that_cannot_be_done_now_is_tried_again_after_a_pause(queue: Queue) -> None:
    hand = Hand(failing(Later("QuickBooks is busy")))
    working = worker(queue, hand)
    await queue.ask("a")
    assert await working.do_due() == 1
    row = await queue.row()
    assert (row.state, row.attempts, row.error) == (JobState.QUEUED, 1, "QuickBooks is busy")
    assert NOW + timedelta(seconds=2) < row.run_at <= NOW + timedelta(seconds=4)
    assert await working.do_due() == 0
    queue.wait(timedelta(seconds=4))
    hand.act = None
    assert await working.do_due() == 1
    assert await queue.rows() == []
    assert working.ends == {(PUSH, End.RETRIED): 1, (PUSH, End.FINISHED): 1}


async def test_it_waits_as_long_as_it_was_told_to(queue: Queue) -> None:
    hour = timedelta(hours=1)
    await queue.ask("a")
    await worker(queue, Hand(failing(Later("Later", pause=hour)))).do_due()
    assert (await queue.row()).run_at == NOW + hour


@pytest.mark.parametrize("error", [Later("Connect it", is_counted=False), Unavailable()])
async def test_what_is_not_its_fault_does_not_bring_its_end_nearer(
    queue: Queue, error: Exception
) -> None:
    working = worker(queue, Hand(failing(error)))
    await queue.ask("a")
    for _ in range(2 * ATTEMPTS_MAX):
        assert await working.do_due() == 1
        queue.wait(LONG)
    assert (await queue.row()).attempts == 0


async def test_after_the_last_attempt_it_is_given_up_with_what_became_of_it(queue: Queue) -> None:
    hand = Hand(failing(Later("No answer")))
    working = worker(queue, hand)
    await queue.ask("a")
    for number in range(ATTEMPTS_MAX):
        assert hand.given_up == []
        assert await working.do_due() == 1, number
        queue.wait(LONG)
    assert hand.given_up == [("a", "No answer")]
    assert await written(queue.database) == {"a failed"}
    row = await queue.row()
    assert (row.state, row.attempts, row.error) == (JobState.DEAD, ATTEMPTS_MAX, "No answer")
    assert await working.do_due() == 0
    assert working.ends == {(PUSH, End.RETRIED): 9, (PUSH, End.BURIED): 1}


async def test_an_error_that_nobody_foresaw_is_logged_and_counts(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    await queue.ask("a")
    await worker(queue, Hand(failing(KeyError("secret")))).do_due()
    row = await queue.row()
    assert row.attempts == 1
    assert row.error
    assert row.error.startswith("Something went wrong here (")
    assert "secret" not in row.error
    incident = row.error.split("(")[1].strip(")")
    assert f"job pushInvoice a failed, incident {incident}" in caplog.text


async def test_an_error_after_the_end_changes_nothing(queue: Queue) -> None:
    async def act(task: Task) -> None:
        async with task.finish() as session:
            await write(session, "done")
        raise KeyError

    await queue.ask("a")
    working = worker(queue, Hand(act))
    await working.do_due()
    assert await queue.rows() == []
    assert working.ends == {(PUSH, End.FINISHED): 1}


async def test_a_job_that_always_kills_its_worker_ends_dead(queue: Queue) -> None:
    await queue.ask("a")
    for _ in range(ATTEMPTS_MAX):
        await queue.get()
        queue.wait(LEASE)
    hand = Hand()
    assert await worker(queue, hand).do_due() == 1
    assert hand.done == []
    assert hand.given_up == [("a", "It was broken off each time")]
    assert await queue.states() == {"a": JobState.DEAD}


async def test_one_that_is_asked_for_in_its_last_attempt_is_not_told_to_have_failed(
    queue: Queue,
) -> None:
    async def act(task: Task) -> None:
        if task.lease.attempt == ATTEMPTS_MAX:
            await queue.ask("a")
        raise Later("No answer")

    working = worker(queue, Hand(act))
    await queue.ask("a")
    for _ in range(ATTEMPTS_MAX - 1):
        await working.do_due()
        queue.wait(LONG)
    # The last attempt, and the first of what was asked for meanwhile.
    assert await working.do_due() == 2
    assert await written(queue.database) == set()
    row = await queue.row()
    assert (row.state, row.attempts) == (JobState.QUEUED, 1)


async def test_a_handler_that_cannot_even_give_up_does_not_keep_the_job_alive(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Hand):
        async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
            await super().give_up(session, task, message)
            raise KeyError

    working = worker(queue, Broken(failing(Later("No answer"))))
    await queue.ask("a")
    for _ in range(ATTEMPTS_MAX):
        await working.do_due()
        queue.wait(LONG)
    row = await queue.row()
    assert row.state is JobState.DEAD
    assert row.error
    assert row.error.startswith("No answer. Something went wrong here (")
    assert await written(queue.database) == set()
    assert [one.levelno for one in caplog.records if one.exc_info] == [logging.ERROR]


def test_pauses_double_up_to_a_quarter_of_an_hour_less_up_to_half_by_chance() -> None:
    longest = [backoff(attempt, jitter_per_cent=0).total_seconds() for attempt in range(1, 12)]
    assert longest == [4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    assert backoff(1, jitter_per_cent=99).total_seconds() == 2.02
    assert backoff(10**6, jitter_per_cent=50).total_seconds() == 675
