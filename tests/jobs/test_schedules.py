"""What is scheduled is asked for again and again, by one worker each time."""

import asyncio
from datetime import timedelta

from db import schedules
from db.database import Database
from tests.hands import Hand, worker
from tests.queues import PULL, REVOKE, Queue

HOUR = timedelta(hours=1)


async def schedule(queue: Queue, key: str, **rest: object) -> None:
    async with queue.database.transaction() as session:
        await schedules.add(
            session,
            organization_id=1,
            kind=PULL,
            key=key,
            lane=str(rest.get("lane", key)),
            next_at=queue.clock.now + HOUR,
        )


async def test_a_scheduled_job_is_done_as_often_as_its_kind_is(queue: Queue) -> None:
    await schedule(queue, "a")
    hand = Hand()
    working = worker(queue, hand, every={PULL: 2 * HOUR})
    done: list[int] = []
    for _ in range(6):
        done.append(await working.do_due())
        queue.wait(HOUR)
    assert done == [0, 1, 0, 1, 0, 1]
    assert hand.done == ["a"] * 3


async def test_what_was_missed_is_not_made_up_for(queue: Queue) -> None:
    await schedule(queue, "a")
    queue.wait(1000 * HOUR)
    working = worker(queue, Hand(), every={PULL: HOUR})
    assert await working.do_due() == 1
    queue.wait(HOUR / 2)
    assert await working.do_due() == 0


async def test_all_that_are_due_are_asked_for_at_one_look(queue: Queue) -> None:
    for number in range(5):
        await schedule(queue, f"{number}")
    queue.wait(HOUR)
    assert await worker(queue, Hand(), every={PULL: HOUR}).do_due() == 5


async def test_several_workers_ask_for_it_once(queue: Queue) -> None:
    await schedule(queue, "a")
    queue.wait(HOUR)
    hands = [Hand() for _ in range(4)]
    working = [worker(queue, hand, every={PULL: HOUR}) for hand in hands]
    await asyncio.gather(*(one.do_due() for one in working))
    assert sum(len(hand.done) for hand in hands) == 1


async def test_a_schedule_of_a_kind_that_nobody_does_waits(queue: Queue) -> None:
    await schedule(queue, "a")
    queue.wait(HOUR)
    assert await worker(queue, Hand()).do_due() == 0
    assert await worker(queue, Hand(), every={REVOKE: HOUR}).do_due() == 0
    assert await worker(queue, Hand(), every={PULL: HOUR}).do_due() == 1


async def test_it_is_set_anew_by_adding_it_and_ends_by_removing_it(
    queue: Queue, database: Database
) -> None:
    await schedule(queue, "a", lane="old")
    queue.wait(HOUR / 2)
    await asyncio.gather(*(schedule(queue, "a", lane="new") for _ in range(3)))
    queue.wait(HOUR / 2)
    working = worker(queue, Hand(), every={PULL: HOUR})
    assert await working.do_due() == 0
    queue.wait(HOUR / 2)
    assert await working.do_due() == 1
    async with database.transaction() as session:
        await schedules.remove(session, organization_id=1, kind=PULL)
    queue.wait(99 * HOUR)
    assert await working.do_due() == 0
