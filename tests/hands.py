"""Handlers whose jobs do what a test says."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.jobs import Task
from services.working import Working
from tests.queues import LEASE, PULL, PUSH, Queue, write

Act = Callable[[Task], Awaitable[None]]


@dataclass
class Hand:
    """Does what it is told, and remembers what it did."""

    act: Act | None = None
    done: list[str] = field(default_factory=list[str])
    given_up: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    async def do(self, task: Task) -> None:
        self.done.append(task.lease.key)
        if self.act is not None:
            await self.act(task)

    async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
        self.given_up.append((task.lease.key, message))
        await write(session, f"{task.lease.key} failed")


@dataclass
class Held:
    """An act that says when it has begun, and goes on when it may."""

    has_begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, task: Task) -> None:
        self.has_begun.set()
        await self.may_go_on.wait()


def failing(error: Exception) -> Act:
    async def fail(_task: Task) -> None:
        raise error

    return fail


def worker(queue: Queue, hand: Hand, **rest: Any) -> Working:
    """It looks often: tests have no time."""
    settings: dict[str, Any] = {"lease_lasts": LEASE, "look_seconds": 0.01, **rest}
    return Working(queue.database, {PUSH: hand, PULL: hand}, queue.clock, **settings)
