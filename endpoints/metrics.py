"""Numbers for Prometheus (`/metrics`): requests, plans, connections, and the process itself.

Several workers write theirs into files of one folder, and whichever is asked adds them up.
"""

import asyncio
import ipaddress
import logging
import os
import tempfile
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic_ns
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    multiprocess,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from endpoints.choices import Readers

# It says little of its types.
_multiprocess: Any = multiprocess

# When each number began would be half of them.
disable_created_metrics()

# Where the library looks for that folder.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_NAMES_MAX = 100
_REFRESH_SECONDS = 5
# Whoever asks has not much longer.
_ASK_SECONDS = 2
_TOLD_MAX = 200
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)

# What stands in a label where there is no operation's name.
_ANONYMOUS = "anonymous"
_OTHER = "other"
_NO_OPERATION = "none"

Read = Callable[[], int]
Labels = tuple[str, ...]
Ask = Callable[[], Awaitable[Mapping[Labels, int]]]

_log = logging.getLogger(__name__)


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "remit_requests",
            "Requests by the operation's name and what became of them: OK, or an error's code.",
            ["operation", "outcome"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "remit_request_seconds",
            "How long requests took, by the operation's name.",
            ["operation"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        # Counted together now and then: the library takes its time for each.
        self._told: list[tuple[str | None, str, int]] = []
        self._names = set[str]()
        self._meters: dict[tuple[str, str], tuple[Counter, Histogram]] = {}
        self._gauges: list[tuple[Gauge, Read]] = []
        self._counters: list[tuple[Counter, Read, list[int]]] = []
        self._asked: list[_Asked] = []
        if FOLDER not in os.environ:
            ProcessCollector(registry=self._registry)

    def count(self, operation: str | None, outcome: str, nanoseconds: int) -> None:
        self._told.append((operation, outcome, nanoseconds))
        if len(self._told) >= _TOLD_MAX:
            self._count_all()

    def _count_all(self) -> None:
        told, self._told = self._told, []
        for one in told:
            self._count(*one)

    def _count(self, operation: str | None, outcome: str, nanoseconds: int) -> None:
        """Any client may name operations, so only so many get their own label."""
        label = self._label(operation, outcome)
        found = self._meters.get((label, outcome))
        if found is None:
            found = self._requests.labels(label, outcome), self._seconds.labels(label)
            self._meters[label, outcome] = found
        requests, duration = found
        requests.inc()
        duration.observe(nanoseconds / 1e9)

    def gauge(self, name: str, words: str, reads: Mapping[str, Read]) -> None:
        """A number that is read where it arises, by what is read."""
        made = Gauge(name, words, ["of"], registry=self._registry, multiprocess_mode="livesum")
        self._gauges += [(made.labels(of), read) for of, read in reads.items()]

    def counter(self, name: str, words: str, reads: Mapping[str, Read]) -> None:
        """As `gauge`, for a number that only grows."""
        self.counters(name, words, ["of"], {(of,): read for of, read in reads.items()})

    def counters(
        self, name: str, words: str, labels: Sequence[str], reads: Mapping[Labels, Read]
    ) -> None:
        """As `counter`, by several labels."""
        made = Counter(name, words, labels, registry=self._registry)
        self._counters += [(made.labels(*of), read, [0]) for of, read in reads.items()]

    def asked(self, name: str, words: str, labels: Sequence[str], ask: Ask) -> None:
        """Numbers that have to be asked for, and are the same whichever worker asks."""
        made = Gauge(
            name, words, labels, registry=self._registry, multiprocess_mode="livemostrecent"
        )
        self._asked.append(_Asked(made, ask))

    def refresh(self) -> None:
        self._count_all()
        for gauge, read in self._gauges:
            gauge.set(read())
        for counter, read, before in self._counters:
            now = read()
            counter.inc(now - before[0])
            before[0] = now

    async def keep_fresh(self) -> None:
        """For the other workers, which cannot ask this one."""
        while FOLDER in os.environ:
            self.refresh()
            await asyncio.sleep(_REFRESH_SECONDS)

    def routes(self, readers: Readers) -> list[Route]:
        async def metrics(request: Request) -> Response:
            if readers is Readers.LOCAL and not _is_local(request):
                return PlainTextResponse("Not Found", 404)
            self.refresh()
            await asyncio.gather(*(one.refresh() for one in self._asked))
            try:
                encode, content_type = choose_encoder(request.headers.get("accept", ""))
            except TypeError:
                # The library compares a version that is no number all the same.
                encode, content_type = choose_encoder("")
            return Response(encode(self._shown()), media_type=content_type)

        return [] if readers is Readers.OFF else [Route("/metrics", metrics)]

    def _label(self, operation: str | None, outcome: str) -> str:
        if not operation:
            return _NO_OPERATION if operation is None else _ANONYMOUS
        if operation in self._names:
            return operation
        # What does not work must not take the place of what does.
        if outcome != "OK" or len(self._names) >= _NAMES_MAX:
            return _OTHER
        self._names.add(operation)
        return operation

    def _shown(self) -> CollectorRegistry:
        if FOLDER not in os.environ:
            return self._registry
        together = CollectorRegistry()
        MultiProcessCollector(together, os.environ[FOLDER])
        return together


class _Asked:
    """Asked for at most every few seconds; while there is no answer, the last one stays."""

    def __init__(self, gauge: Gauge, ask: Ask) -> None:
        self._gauge = gauge
        self._ask = ask
        self._next_ns = 0

    async def refresh(self) -> None:
        if monotonic_ns() < self._next_ns:
            return
        self._next_ns = monotonic_ns() + _REFRESH_SECONDS * 1_000_000_000
        try:
            async with asyncio.timeout(_ASK_SECONDS):
                found = await self._ask()
        except (ConnectionError, TimeoutError) as error:
            _log.warning("a metric could not be asked for: %s", error or "no answer in time")
            return
        for labels, value in found.items():
            self._gauge.labels(*labels).set(value)


@contextmanager
def together() -> Generator[None]:
    """Let the processes that are started meanwhile add up their numbers."""
    with tempfile.TemporaryDirectory(prefix="remit-metrics-") as folder:
        os.environ[FOLDER] = folder
        yield


def forget(process_id: int) -> None:
    """A process has ended: what it holds no longer counts, what it has done does."""
    _multiprocess.mark_process_dead(process_id)


def _is_local(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
