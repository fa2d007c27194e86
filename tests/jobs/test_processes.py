"""Workers as processes: each job is done once, whoever is killed."""

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from db.database import Database
from db.tables import Job
from domain.job import ATTEMPTS_MAX, JobState
from tests.processes import ROOT, environment
from tests.queues import Queue, opened, written
from workers import STOP_SECONDS

JOBS = 300
LEASE_SECONDS = 2
# For a machine that is busy with other tests.
ROOM_SECONDS = 5


class Clock:
    """The wall's, as the processes have it."""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)


class Crew:
    """Workers over one database, and the file in which they tell what they do."""

    def __init__(self, url: str, folder: Path) -> None:
        self._environment = environment(url, folder)
        self._told = folder / "told"
        self._told.touch()
        self.log = folder / "worker.log"
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str, stop_seconds: int = STOP_SECONDS) -> subprocess.Popen[bytes]:
        times = (f"{LEASE_SECONDS}", f"{stop_seconds}")
        busy = ("-m", "tests.busy_worker", str(self._told), *times)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *(command or busy)],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    def told(self) -> list[tuple[int, str]]:
        """What was begun: by which process, and which job."""
        lines = (line.split() for line in self._told.read_text().splitlines())
        return [(int(process), key) for process, key in lines]

    def stop(self) -> list[int]:
        for process in self.running:
            process.terminate()
        return [process.wait(30) for process in self.running]


@pytest.fixture
def crew(database_url: str, tmp_path: Path) -> Generator[Crew]:
    crew = Crew(database_url, tmp_path)
    yield crew
    for process in crew.running:
        process.kill()
        process.wait()


@pytest.fixture
async def queue(database: Database) -> Queue:
    queue = await opened(database)
    queue.clock = Clock()
    return queue


def are(*states: JobState) -> Callable[[list[Job]], bool]:
    return lambda rows: [row.state for row in rows] == list(states)


async def test_two_workers_do_each_of_many_jobs_once(queue: Queue, crew: Crew) -> None:
    async with queue.database.transaction() as session:
        for number in range(JOBS):
            await queue.ask_in(session, f"{number}", lane=f"{number % 7}")
    crew.start()
    crew.start()
    await queue.until(lambda rows: not rows)
    assert crew.stop() == [0, 0]
    told = crew.told()
    assert Counter(key for _, key in told) == Counter(str(number) for number in range(JOBS))
    assert len({process for process, _ in told}) == 2
    assert await written(queue.database) == {str(number) for number in range(JOBS)}
    assert "Traceback" not in crew.log.read_text()


async def test_what_a_killed_worker_did_is_taken_over_when_its_lease_is_over(
    queue: Queue, crew: Crew
) -> None:
    await queue.ask("a", payload="hang")
    victim = crew.start()
    await queue.until(lambda _: bool(crew.told()))
    crew.start()
    await queue.ask("a", payload="write")
    # It lives, and holds its job for longer than a lease.
    await asyncio.sleep(1.5 * LEASE_SECONDS)
    assert crew.told() == [(victim.pid, "a")]
    victim.kill()
    killed = time.monotonic()
    await queue.until(lambda _: len(crew.told()) > 1)
    assert time.monotonic() - killed < LEASE_SECONDS + ROOM_SECONDS
    await queue.until(lambda rows: not rows)
    assert await written(queue.database) == {"a"}


async def test_a_job_that_kills_every_worker_is_given_up(queue: Queue, crew: Crew) -> None:
    await queue.ask("poison", payload="kill")
    # Most of its attempts are over.
    async with queue.database.transaction() as session:
        (job,) = (await session.exec(select(Job))).all()
        job.attempts = ATTEMPTS_MAX - 2
    for _ in range(2):
        assert await asyncio.to_thread(crew.start().wait, 60) == -signal.SIGKILL
    crew.start()
    await queue.until(are(JobState.DEAD))
    assert [key for _, key in crew.told()] == ["poison"] * 2
    assert (await queue.row()).error == "It was broken off each time"
    assert await written(queue.database) == {"poison failed"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_stop_a_worker_finishes_what_runs(
    queue: Queue, crew: Crew, number: signal.Signals
) -> None:
    await queue.ask("slow", payload="slow")
    await queue.ask("next")
    running = crew.start()
    await queue.until(lambda _: bool(crew.told()))
    running.send_signal(number)
    assert await asyncio.to_thread(running.wait, STOP_SECONDS) == 0
    assert await written(queue.database) == {"slow"}
    assert await queue.states() == {"next": JobState.QUEUED}
    assert "Traceback" not in crew.log.read_text()


async def test_a_worker_that_cannot_finish_ends_all_the_same(queue: Queue, crew: Crew) -> None:
    await queue.ask("a", payload="hang")
    running = crew.start(stop_seconds=2)
    await queue.until(lambda _: bool(crew.told()))
    running.terminate()
    began = time.monotonic()
    assert await asyncio.to_thread(running.wait, 60) == 1
    assert 1 < time.monotonic() - began < 2 + ROOM_SECONDS
    assert await queue.states() == {"a": JobState.RUNNING}


async def test_as_long_as_nothing_is_there_to_do_them_jobs_wait_and_so_does_the_worker(
    queue: Queue, crew: Crew
) -> None:
    await queue.ask("a")
    running = crew.start("cli.py", "worker")
    await queue.until(lambda _: "does jobs: none are known" in crew.log.read_text())
    await asyncio.sleep(1)
    assert running.poll() is None
    assert crew.stop() == [0]
    assert (await queue.row()).attempts == 0
    assert "has stopped" in crew.log.read_text()
