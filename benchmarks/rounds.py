"""Rounds of load, every server in turn, so that the machine's moods fall on all alike."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import typer

from benchmarks import load
from benchmarks.processor import cpu_ms
from benchmarks.stage import Stage
from benchmarks.targets import Target

_WARM_UP_SECONDS = 2


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
    seen: dict[str, dict[str, list[Sample]]] = {
        query: {target.name: [] for target in stage.running} for query in plan.queries
    }
    warm = Plan(plan.queries, 1, min(_WARM_UP_SECONDS, plan.seconds), plan.connections)
    for query in plan.queries:
        for target in stage.running:
            sample(stage, target, stage.file_of(target, query), warm)
    for place in range(plan.rounds):
        typer.echo(f"Round {place + 1} of {plan.rounds}")
        for query in plan.queries:
            start = place % len(stage.running)
            for target in (*stage.running[start:], *stage.running[:start]):
                one = sample(stage, target, stage.file_of(target, query), plan)
                seen[query][target.name].append(one)
                typer.echo(
                    f"  {query:6} {target.name:12} {one.requests_per_second:7.0f}/s"
                    f"  app {one.app_ms:.3f} ms  db {one.db_ms:.3f} ms"
                )
    return {
        query: {name: medians(samples) for name, samples in servers.items()}
        for query, servers in seen.items()
    }


def sample(stage: Stage, target: Target, bodies: Path, plan: Plan) -> Sample:
    """One load, and the CPU time of the server's processes and of PostgreSQL's meanwhile."""
    app, db = cpu_ms(target.process.pid), cpu_ms(stage.cluster.postmaster)
    done = load.run(
        target.url,
        bodies,
        seconds=plan.seconds,
        connections=plan.connections,
    )
    # What was still under way when the load ended belongs to it.
    time.sleep(0.05)
    app, db = cpu_ms(target.process.pid) - app, cpu_ms(stage.cluster.postmaster) - db
    if done.bad or not done.requests:
        raise SystemExit(
            f"{target.name}: {done.bad} bad answers of {done.requests} in {bodies.name}"
        )
    return Sample(
        app_ms=app / done.requests,
        db_ms=db / done.requests,
        requests_per_second=done.requests / done.seconds,
        p50_ms=done.p50_ms,
        p99_ms=done.p99_ms,
        bytes=done.bytes / done.requests,
    )


def medians(samples: Sequence[Sample]) -> Sample:
    return Sample(
        app_ms=median(one.app_ms for one in samples),
        db_ms=median(one.db_ms for one in samples),
        requests_per_second=median(one.requests_per_second for one in samples),
        p50_ms=median(one.p50_ms for one in samples),
        p99_ms=median(one.p99_ms for one in samples),
        bytes=median(one.bytes for one in samples),
    )
