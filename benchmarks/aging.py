"""How long the aging of all receivables takes, as of days from the first invoice to the last."""

import json
import time
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import typer

from benchmarks import report
from benchmarks.stage import Stage, stage
from benchmarks.targets import ROOT, Target

GOAL_MS = 200
_STEPS = 5
_DAYS = "SELECT min(invoice_date), max(invoice_date) FROM invoices WHERE organization_id = 1"
_DOCUMENT = (ROOT / "examples" / "aging.graphql").read_text()


def measure(invoices: int, rounds: int) -> None:
    """Ask one at a time for the whole report over HTTP; written to docs/benchmarks/aging.json."""
    with stage(["remit"], invoices, is_read_only=True) as staged:
        [target] = staged.running
        days = _days(staged, invoices)
        found = {str(day): _measured(target, day, rounds) for day in days}
    slowest = max(one["median_ms"] for one in found.values())
    typer.echo(f"at most {slowest:.0f} ms of {GOAL_MS}")
    report.write_json("aging", {"invoices": invoices, "rounds": rounds, "as_of": found})


def _days(staged: Stage, invoices: int) -> Sequence[date]:
    """The first day of an invoice and the last, days between them, and one long afterwards."""
    [[first, last]] = staged.cluster.run(_DAYS, f"remit_bench_{invoices}")
    step = (last - first) / _STEPS
    return [first + step * place for place in range(_STEPS + 1)] + [last + timedelta(days=365)]


def _measured(target: Target, as_of: date, rounds: int) -> dict[str, Any]:
    body = json.dumps({"query": _DOCUMENT, "variables": {"asOf": str(as_of)}})
    answer = json.loads(target.post(body))
    customers = sum(len(one["customers"]) for one in answer["data"]["receivablesAging"])
    times = [_timed(target, body) for _ in range(rounds)]
    typer.echo(f"  {as_of}: {median(times):.1f} ms, {customers:,} customers")
    return {"customers": customers, "median_ms": median(times), "worst_ms": max(times)}


def _timed(target: Target, body: str) -> float:
    start = time.perf_counter_ns()
    target.post(body)
    return (time.perf_counter_ns() - start) / 1e6
