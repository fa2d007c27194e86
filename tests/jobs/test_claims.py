"""Which job comes next, and that nobody else has it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db import due_jobs, jobs
from db.jobs import LeaseLost
from domain.job import JobKind, JobState
from tests.conftest import NOW
from tests.queues import LEASE, PULL, PUSH, REVOKE, Queue, write, written

SECOND = timedelta(seconds=1)


async def test_a_job_that_is_asked_for_in_vain_was_never_asked_for(queue: Queue) -> None:
    async def change() -> None:
        async with queue.database.transaction() as session:
            await queue.ask_in(session, "a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change()
    assert await queue.rows() == []
    assert await queue.claim() is None


async def test_what_is_claimed_says_what_to_do_and_is_held_for_the_lease(queue: Queue) -> None:
    await queue.ask("a", payload='{"realm":"4620"}')
    lease = await queue.get()
    assert (lease.organization_id, lease.kind, lease.key) == (1, PUSH, "a")
    assert (lease.payload, lease.attempt, lease.is_over) == ('{"realm":"4620"}', 1, False)
    row = await queue.row()
    assert (row.state, row.lease_owner) == (JobState.RUNNING, lease.owner)
    assert row.lease_until == NOW + LEASE


async def test_of_several_jobs_in_a_lane_one_runs_and_pulls_come_first(queue: Queue) -> None:
    await queue.ask("second", now=NOW - SECOND)
    await queue.ask("first", now=NOW - 2 * SECOND)
    await queue.ask("later", now=NOW + SECOND)
    await queue.ask("token", kind=REVOKE, now=NOW - 9 * SECOND)
    await queue.ask("company", kind=PULL)
    order: list[str] = []
    while lease := await queue.claim():
        assert await queue.claim() is None
        order.append(lease.key)
        await queue.complete(lease)
    assert order == ["company", "first", "second", "token"]
    assert await queue.states() == {"later": JobState.QUEUED}


async def test_lanes_do_not_wait_for_each_other(queue: Queue) -> None:
    for number in range(3):
        await queue.ask(f"a{number}", lane="a")
        await queue.ask(f"b{number}", lane="b")
        # The same name elsewhere is another lane.
        await queue.ask(f"c{number}", lane="a", organization_id=2)
    running = [await queue.get() for _ in range(3)]
    assert {lease.key[0] for lease in running} == {"a", "b", "c"}
    assert await queue.claim() is None


async def test_jobs_of_kinds_that_nobody_knows_wait_and_keep_nobody_waiting(queue: Queue) -> None:
    await queue.ask("company", kind=PULL)
    await queue.ask("a")
    lease = await queue.get([PUSH])
    assert lease.key == "a"
    await queue.complete(lease)
    assert await queue.claim([PUSH, REVOKE]) is None
    assert await queue.claim([]) is None
    assert (await queue.get([PULL])).attempt == 1


async def test_a_kind_of_a_later_version_does_not_disturb(queue: Queue) -> None:
    await queue.ask("a")
    async with queue.database.engine.begin() as connection:
        await connection.execute(text("UPDATE jobs SET kind = 'sendFax'"))
    assert await queue.claim() is None
    assert await jobs.counts(queue.database) == {("sendFax", "queued"): 1}


async def test_all_who_ask_at_once_get_different_jobs(queue: Queue) -> None:
    for number in range(8):
        await queue.ask(f"{number}", lane=f"{number % 4}")
    found = await asyncio.gather(*(queue.claim() for _ in range(12)))
    running = [lease.key for lease in found if lease is not None]
    assert len(running) == len(set(running)) <= 4
    while lease := await queue.claim():
        running.append(lease.key)
    assert {int(key) % 4 for key in running} == {0, 1, 2, 3}
    assert len(running) == 4


async def test_two_who_find_jobs_of_one_lane_do_not_both_run(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either has claimed."""
    await queue.ask("a")
    await queue.ask("b")
    one, other = await queue.rows()

    async def find(*_: object) -> list[tuple[int, str]]:
        return [(1, one.id), (1, other.id)]

    monkeypatch.setattr(due_jobs, "find", find)
    claims = [queue.claim() for _ in range(4)]
    assert [lease.key for lease in await asyncio.gather(*claims) if lease] in (["a"], ["b"])


async def test_the_database_itself_keeps_a_lane_to_one_running_job(queue: Queue) -> None:
    await queue.ask("a")
    await queue.ask("b")
    running = "UPDATE jobs SET state = 'running', lease_owner = 'x', lease_until = run_at"
    with pytest.raises(IntegrityError):
        async with queue.database.engine.begin() as connection:
            await connection.execute(text(running))


async def test_a_job_is_taken_over_when_its_lease_is_over_and_not_before(queue: Queue) -> None:
    await queue.ask("a")
    dead = await queue.get()
    queue.wait(LEASE - timedelta(milliseconds=1))
    assert await queue.claim() is None
    queue.wait(timedelta(milliseconds=1))
    heir = await queue.get()
    assert (heir.id, heir.attempt) == (dead.id, 2)
    assert heir.owner != dead.owner


async def test_whoever_has_lost_the_lease_writes_nothing(queue: Queue) -> None:
    await queue.ask("a")
    lost = await queue.get()
    queue.wait(LEASE)
    heir = await queue.get()
    task = queue.task(lost)
    for changing in (task.transaction, task.finish):
        with pytest.raises(LeaseLost):
            async with changing() as session:
                await write(session, "lost")
    for act in (queue.postpone, queue.bury):
        with pytest.raises(LeaseLost):
            await act(lost)
    assert await written(queue.database) == set()
    row = await queue.row()
    assert (row.state, row.lease_owner, row.error) == (JobState.RUNNING, heir.owner, None)

    async with queue.task(heir).finish() as session:
        await write(session, "heir")
    assert await written(queue.database) == {"heir"}
    assert await queue.rows() == []


async def test_writing_holds_the_job_for_longer(queue: Queue) -> None:
    await queue.ask("a")
    lease = await queue.get()
    queue.wait(LEASE - SECOND)
    async with queue.task(lease).transaction() as session:
        await write(session, "half")
    queue.wait(LEASE - SECOND)
    assert await queue.claim() is None
    await queue.complete(lease)


async def test_a_lease_that_is_over_but_not_taken_is_still_held(queue: Queue) -> None:
    await queue.ask("a")
    lease = await queue.get()
    queue.wait(2 * LEASE)
    await queue.complete(lease)
    assert await queue.rows() == []


async def test_after_the_last_attempt_a_job_is_only_to_be_buried(queue: Queue) -> None:
    await queue.ask("a")
    attempts: list[tuple[int, bool]] = []
    for _ in range(12):
        lease = await queue.get()
        attempts.append((lease.attempt, lease.is_over))
        queue.wait(LEASE)
    assert attempts == [*((number, False) for number in range(1, 11)), (10, True), (10, True)]


async def test_a_long_lane_that_is_busy_is_passed_over_at_once(queue: Queue) -> None:
    for number in range(50):
        await queue.ask(f"long{number:02}", lane="long")
    assert (await queue.get()).key.startswith("long")
    await queue.ask("short", lane="short")
    assert (await queue.get()).key == "short"
    assert await due_jobs.find(queue.database, NOW, list(JobKind)) == []
