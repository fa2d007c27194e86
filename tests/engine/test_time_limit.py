"""A limit stops whoever is over it, nobody else, and says so only where it was the limit."""

import asyncio
import time

import pytest

from engine.time_limit import TimeLimit, TooLong


async def nap(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return seconds


async def test_what_is_done_in_time_is_answered() -> None:
    limit = TimeLimit(5)

    assert await limit.within(nap(0)) == 0
    assert await asyncio.gather(*(limit.within(nap(0.01)) for _ in range(100))) == [0.01] * 100


async def test_each_is_stopped_at_its_own_time() -> None:
    limit = TimeLimit(0.1)

    async def stopped_after(delay: float) -> float:
        await asyncio.sleep(delay)
        begun = time.monotonic()
        with pytest.raises(TooLong, match=r"More than 0\.1 seconds"):
            await limit.within(nap(60))
        return time.monotonic() - begun

    took = await asyncio.gather(*(stopped_after(index / 50) for index in range(20)))

    assert all(0.1 <= one < 0.4 for one in took)
    # When all had ended nobody watched; the next is watched again.
    assert 0.1 <= await stopped_after(0) < 0.4


async def test_whatever_the_work_makes_of_being_stopped_it_was_too_long() -> None:
    async def confused() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise ValueError from None

    with pytest.raises(TooLong):
        await TimeLimit(0.01).within(confused())


async def test_an_error_of_the_work_is_passed_on() -> None:
    async def wrong() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        await TimeLimit(5).within(wrong())


async def test_who_is_cancelled_by_others_is_cancelled() -> None:
    task = asyncio.create_task(TimeLimit(5).within(nap(60)))
    await asyncio.sleep(0.01)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_that_was_stopped_may_go_on() -> None:
    limit = TimeLimit(0.01)
    with pytest.raises(TooLong):
        await limit.within(nap(60))

    await asyncio.sleep(0.03)

    assert await limit.within(nap(0)) == 0
