"""Any history of wishes, claims, endings and deaths agrees with a model of a few lists."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from db import jobs
from db.database import Database
from db.jobs import Lease, LeaseLost, WantedAgain
from tests.databases import PostgreSQL, SQLite
from tests.depth import depth
from tests.queues import LEASE, Queue, opened, write, written

LANES = {"a": "left", "b": "left", "c": "right"}
ATTEMPTS_MAX = 10
PICK = st.integers(0, 10**6)


@dataclass
class Known:
    """A job as the model has it: `wish` is the last one."""

    wish: int
    run_at: datetime
    state: str = "queued"
    attempts: int = 0
    has_failed: bool = False
    holder: str | None = None
    until: datetime | None = None
    is_wanted_again: bool = False


class History(RuleBasedStateMachine):
    """Workers of which any may stop for any time, and whoever asks them for something."""

    @staticmethod
    def start(_runner: asyncio.Runner) -> tuple[Queue, Callable[[], None]]:
        raise AssertionError("the test says how")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.queue, self.close = type(self).start(self.runner)
        self.known: dict[str, Known] = {}
        self.leases: list[Lease] = []
        self.written: set[str] = set()
        self.wishes = 0

    def teardown(self) -> None:
        try:
            self.everything_is_done_at_last()
        finally:
            self.runner.run(self.queue.database.close())
            self.runner.close()
            self.close()

    @property
    def now(self) -> datetime:
        return self.queue.clock.now

    @rule(key=st.sampled_from(sorted(LANES)), later=st.sampled_from([0, 0, 0, 90]))
    def ask(self, key: str, later: int) -> None:
        self.wishes += 1
        run_at = self.now + timedelta(seconds=later)
        wish = self.queue.ask(key, lane=LANES[key], payload=str(self.wishes), now=run_at)
        self.runner.run(wish)
        job = self.known.get(key)
        if job is None or job.state == "dead":
            self.known[key] = Known(self.wishes, run_at)
            return
        job.wish = self.wishes
        job.is_wanted_again = job.state == "running"
        if job.state == "queued" and not job.has_failed:
            job.run_at = min(job.run_at, run_at)

    @rule()
    def claim(self) -> None:
        may = {key for key in self.known if self._may_run(key)}
        lease = self.runner.run(self.queue.claim())
        assert (lease is None) == (not may)
        if lease is None:
            return
        assert lease.key in may
        job = self.known[lease.key]
        self._check_order(lease.key)
        assert lease.is_over == (job.attempts == ATTEMPTS_MAX)
        assert lease.payload == str(job.wish)
        job.attempts += not lease.is_over
        assert lease.attempt == job.attempts
        job.state, job.holder, job.until = "running", lease.owner, self.now + LEASE
        self.leases.append(lease)

    @rule(seconds=st.sampled_from([1, 15, 30, 60, 120]))
    def wait(self, seconds: int) -> None:
        self.queue.wait(timedelta(seconds=seconds))

    @rule(pick=PICK)
    def write_half(self, pick: int) -> None:
        self._act(pick, "half")

    @rule(pick=PICK)
    def complete(self, pick: int) -> None:
        self._act(pick, "complete")

    @rule(pick=PICK, is_counted=st.booleans())
    def postpone(self, pick: int, is_counted: bool) -> None:
        self._act(pick, "postpone", is_counted=is_counted)

    @rule(pick=PICK)
    def bury(self, pick: int) -> None:
        self._act(pick, "bury")

    @invariant()
    def it_is_as_the_model_has_it(self) -> None:
        rows = {job.key: job for job in self.runner.run(self.queue.rows())}
        assert {key: (str(job.state), job.attempts) for key, job in rows.items()} == {
            key: (job.state, job.attempts) for key, job in self.known.items()
        }
        running = [job.lane for job in rows.values() if job.state == "running"]
        assert len(running) == len(set(running))
        assert self.runner.run(written(self.queue.database)) == self.written

    def everything_is_done_at_last(self) -> None:
        """Whoever works on from here does the last wish of every job that was not given up."""
        for _ in range(30):
            self.wait(120)
            self.claim()
            if self.leases:
                self._act(0, "complete")
        assert {job.state for job in self.known.values()} <= {"dead"}

    def _may_run(self, key: str) -> bool:
        job = self.known[key]
        if job.state == "running":
            return job.until is not None and job.until <= self.now
        is_free = not any(
            other.state == "running" and LANES[name] == LANES[key]
            for name, other in self.known.items()
        )
        return job.state == "queued" and job.run_at <= self.now and is_free

    def _check_order(self, key: str) -> None:
        """What was left behind comes first, and in a lane whoever has waited longest."""
        is_left = {name: self.known[name].state == "running" for name in self.known}
        if any(is_left[name] and self._may_run(name) for name in self.known):
            assert is_left[key]
            return
        lane = [name for name in self.known if LANES[name] == LANES[key] and self._may_run(name)]
        assert self.known[key].run_at == min(self.known[name].run_at for name in lane)

    def _act(self, pick: int, how: str, *, is_counted: bool = True) -> None:
        """Somebody who has, or once had, a job goes on with it."""
        if not self.leases:
            return
        # Mostly who has just claimed: the others have mostly lost theirs.
        lease = self.leases[-1 - pick % min(3, len(self.leases))]
        job = self.known.get(lease.key)
        is_held = job is not None and job.holder == lease.owner
        words = f"{how} {lease.owner} {len(self.written)}"
        try:
            self.runner.run(self._do(lease, how, words, is_counted=is_counted))
        except LeaseLost:
            assert not is_held
            return
        except WantedAgain:
            assert job is not None
            assert is_held
            assert job.is_wanted_again
            return
        assert is_held
        assert job is not None
        self.written.add(words)
        if how == "half":
            job.until = self.now + LEASE
        else:
            self._let_go(lease, job, how, is_counted=is_counted)

    async def _do(self, lease: Lease, how: str, words: str, *, is_counted: bool) -> None:
        run_at = self.now + timedelta(seconds=60)
        async with self.queue.database.transaction() as session:
            await write(session, words)
            if how == "half":
                await jobs.keep(session, lease, lease_until=self.now + LEASE)
            elif how == "complete":
                await jobs.complete(session, lease, now=self.now)
            elif how == "postpone":
                await jobs.postpone(
                    session, lease, run_at=run_at, error="No answer", is_counted=is_counted
                )
            else:
                await jobs.bury(session, lease, error="Given up")

    def _let_go(self, lease: Lease, job: Known, how: str, *, is_counted: bool) -> None:
        if how == "complete" and job.is_wanted_again:
            self.known[lease.key] = Known(job.wish, self.now)
        elif how == "complete":
            # Only a run that began with the last wish may be the last.
            assert lease.payload == str(job.wish)
            del self.known[lease.key]
        elif how == "bury":
            assert lease.payload == str(job.wish)
            job.state, job.holder = "dead", None
        else:
            self.known[lease.key] = Known(
                job.wish,
                self.now + timedelta(seconds=60),
                attempts=job.attempts - (not is_counted),
                has_failed=True,
            )


def test_any_history_agrees_with_the_model(databases: SQLite | PostgreSQL) -> None:
    class HistoryHere(History):
        @staticmethod
        def start(runner: asyncio.Runner) -> tuple[Queue, Callable[[], None]]:
            stack = ExitStack()
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            database = Database(stack.enter_context(databases.copy(Path(folder))))
            return runner.run(opened(database)), stack.close

    run_state_machine_as_test(
        HistoryHere,
        settings=settings(
            max_examples=depth(12, 100),
            stateful_step_count=60,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
