"""How long the aging of all receivables takes, as of days from the first invoice to the last."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import typer

from benchmarks import processor, report
from benchmarks.processor import cpu_ms
from benchmarks.stage import Stage, stage
from benchmarks.targets import ROOT, Target

GOAL_MS = 200
_STEPS = 5
_TABLE = ROOT / "docs" / "benchmarks" / "aging.md"
_DAYS = "SELECT min(invoice_date), max(invoice_date) FROM invoices WHERE organization_id = 1"
_DOCUMENT = (ROOT / "examples" / "aging.graphql").read_text()


def measure(invoices: int, rounds: int) -> None:
    """Ask one at a time for the whole report over HTTP; written to docs/benchmarks/aging.json."""
    with stage(["remit"], invoices, is_read_only=True) as staged:
        days = _days(staged, invoices)
        found = {str(day): _measured(staged, day, rounds) for day in days}
    slowest = max(one["median_ms"] for one in found.values())
    typer.echo(f"at most {slowest:.0f} ms of {GOAL_MS}")
    report.write_json("aging", {"invoices": invoices, "rounds": rounds, "as_of": found})
    _TABLE.write_text("\n".join(_table(invoices, rounds, found)) + "\n")


def _days(staged: Stage, invoices: int) -> Sequence[date]:
    """The first day of an invoice and the last, days between them, and one long afterwards."""
    [[first, last]] = staged.cluster.run(_DAYS, f"remit_bench_{invoices}")
    step = (last - first) / _STEPS
    return [first + step * place for place in range(_STEPS + 1)] + [last + timedelta(days=365)]


def _table(invoices: int, rounds: int, found: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    yield "# The aging of all receivables"
    yield ""
    yield f"Made by `python -m benchmarks aging`: {invoices:,} invoices on PostgreSQL, the whole"
    yield "report of [aging.graphql](../../examples/aging.graphql) over HTTP, one at a time;"
    yield f"medians of {rounds}. The goal is {GOAL_MS} ms as of any day. {processor.model()}."
    yield ""
    yield "| as of | customers | ms | CPU ms, server | CPU ms, PostgreSQL |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for day, one in found.items():
        times = " | ".join(f"{one[name]:.0f}" for name in ("median_ms", "app_cpu_ms", "db_cpu_ms"))
        yield f"| {day} | {one['customers']:,} | {times} |"


def _measured(staged: Stage, as_of: date, rounds: int) -> dict[str, Any]:
    [target] = staged.running
    body = json.dumps({"query": _DOCUMENT, "variables": {"asOf": str(as_of)}})
    answer = json.loads(target.post(body))
    customers = sum(len(one["customers"]) for one in answer["data"]["receivablesAging"])
    before = _cpu_ms(staged)
    times = [_timed(target, body) for _ in range(rounds)]
    used = [(after - start) / rounds for start, after in zip(before, _cpu_ms(staged), strict=True)]
    typer.echo(f"  {as_of}: {median(times):.1f} ms, {customers:,} customers")
    return {
        "customers": customers,
        "median_ms": median(times),
        "worst_ms": max(times),
        "app_cpu_ms": used[0],
        "db_cpu_ms": used[1],
    }


def _cpu_ms(staged: Stage) -> tuple[int, int]:
    """What the server and PostgreSQL have used so far."""
    return cpu_ms(staged.running[0].process.pid), cpu_ms(staged.cluster.postmaster)


def _timed(target: Target, body: str) -> float:
    start = time.perf_counter_ns()
    target.post(body)
    return (time.perf_counter_ns() - start) / 1e6
