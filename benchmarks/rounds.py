"""Rounds of load, every server in turn, so that the machine's moods fall on all alike."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from statistics import median

import typer

from benchmarks import load
from benchmarks.processor import cpu_ms
from benchmarks.stage import Stage
from benchmarks.targets import Target

_WARM_UP_SECONDS = 2
# So many requests on each connection, if that does not take so many times as long as asked for.
_FOR_EACH_CONNECTION = 20
_LONGER_AT_MOST = 10
_IDLE_SECONDS = 0.1
_SETTLE_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, how often and how long."""

    queries: Sequence[str]
    rounds: int
    seconds: int
    connections: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One server under one load, CPU time in milliseconds a request."""

    app_ms: float
    db_ms: float
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    bytes: float

    @property
    def total_ms(self) -> float:
        return self.app_ms + self.db_ms


# By query and server.
Measured = Mapping[str, Mapping[str, Sample]]


def measure(stage: Stage, plan: Plan) -> Measured:
    """The medians over all rounds."""
    seen: dict[str, dict[str, list[Sample]]] = {}
    plans: dict[tuple[str, str], Plan] = {}
    warm = replace(plan, seconds=min(_WARM_UP_SECONDS, plan.seconds))
    for query in plan.queries:
        seen[query] = {target.name: [] for target in stage.running}
        for target in stage.running:
            tried = sample(stage, target, stage.file_of(target, query), warm)
            plans[query, target.name] = _long_enough(plan, tried)
    for place in range(plan.rounds):
        typer.echo(f"Round {place + 1} of {plan.rounds}")
        for query in plan.queries:
            start = place % len(stage.running)
            for target in (*stage.running[start:], *stage.running[:start]):
                bodies = stage.file_of(target, query)
                one = sample(stage, target, bodies, plans[query, target.name])
                seen[query][target.name].append(one)
                typer.echo(
                    f"  {query:6} {target.name:12} {one.requests_per_second:7.0f}/s"
                    f"  app {one.app_ms:.3f} ms  db {one.db_ms:.3f} ms"
                )
    return {
        query: {name: medians(samples) for name, samples in servers.items()}
        for query, servers in seen.items()
    }


def _long_enough(plan: Plan, tried: Sample) -> Plan:
    """What is under way when a load ends is paid for but not counted: that must be few of many."""
    wanted = ceil(_FOR_EACH_CONNECTION * plan.connections / tried.requests_per_second)
    return replace(plan, seconds=max(plan.seconds, min(wanted, plan.seconds * _LONGER_AT_MOST)))


def sample(stage: Stage, target: Target, bodies: Path, plan: Plan) -> Sample:
    """One load, and the CPU time of the server's processes and of PostgreSQL's meanwhile."""
    app, db = cpu_ms(target.process.pid), cpu_ms(stage.cluster.postmaster)
    done = load.run(target.url, bodies, seconds=plan.seconds, connections=plan.connections)
    _settle(target)
    app = cpu_ms(target.process.pid) - app
    # What PostgreSQL does while SQLite is measured is not SQLite's.
    is_used = target.name != "remit-sqlite"
    db = cpu_ms(stage.cluster.postmaster) - db if is_used else 0
    if done.bad:
        told = f"{done.bad} bad answers of {done.requests}"
        raise SystemExit(f"{target.name}, {bodies.name}: {told}")
    if not done.requests:
        # Slower than the load was long.
        return sample(stage, target, bodies, replace(plan, seconds=plan.seconds * 2))
    return Sample(
        app_ms=app / done.requests,
        db_ms=db / done.requests,
        requests_per_second=done.requests / done.seconds,
        p50_ms=done.p50_ms,
        p99_ms=done.p99_ms,
        bytes=done.bytes / done.requests,
    )


def _settle(target: Target) -> None:
    """Until the server is idle: what is left of one load must not fall into the next."""
    before = -1
    for _ in range(_SETTLE_AT_MOST):
        now = cpu_ms(target.process.pid)
        if now == before:
            return
        before = now
        time.sleep(_IDLE_SECONDS)


def medians(samples: Sequence[Sample]) -> Sample:
    return Sample(
        app_ms=median(one.app_ms for one in samples),
        db_ms=median(one.db_ms for one in samples),
        requests_per_second=median(one.requests_per_second for one in samples),
        p50_ms=median(one.p50_ms for one in samples),
        p99_ms=median(one.p99_ms for one in samples),
        bytes=median(one.bytes for one in samples),
    )
