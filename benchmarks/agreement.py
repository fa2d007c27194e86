"""Nothing is measured before all servers give the same answers, and keep right books."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any

import typer

from benchmarks.answers import meaning
from benchmarks.queries import QUERIES, READS, UNIQUE
from benchmarks.stage import Stage
from benchmarks.targets import Target
from db import audit
from db.database import Database

_BODIES = 5
# The invoices that the check pays stand at the end of the list, one for each server.
_APART = -50


def check(stage: Stage) -> None:
    """Compare every server's answers with the first one's; stop where one differs."""
    for query in READS:
        # Full pages and others.
        places = range(0, len(stage.bodies[query, "remit"]), 1 + 399 // _BODIES)
        expected = _answers(stage, stage.running[0], query, places)
        if '"nodes": []' in json.dumps(expected) or "null" == json.dumps(expected[0]):
            raise SystemExit(f"{query}: there is nothing to compare in the answers")
        for target in stage.running[1:]:
            _compare(query, target, _answers(stage, target, query, places), expected)
        size = len(json.dumps(expected)) // len(expected)
        typer.echo(f"  {query}: all agree on {len(expected)} answers of some {size:,} characters")
    _check_payments(stage)


def check_books(stage: Stage) -> None:
    """Prove all derived columns from the rows that all servers have written."""
    for url in (stage.database_url, stage.sqlite_url):
        if url is not None:
            report = asyncio.run(_audit(url))
            if report.differences:
                shown = "\n".join(str(difference) for difference in report.differences[:10])
                raise SystemExit(f"The books are wrong after the payments:\n{shown}")
            typer.echo(f"  audit: {sum(report.checked.values()):,} objects are right")


def _answers(stage: Stage, target: Target, query: str, places: Sequence[int]) -> list[Any]:
    bodies = stage.bodies_of(target, query)
    return [meaning(target.post(bodies[place]), target.dialect) for place in places]


def _compare(query: str, target: Target, answers: list[Any], expected: list[Any]) -> None:
    for answer, wanted in zip(answers, expected, strict=True):
        if answer != wanted:
            at, got, right = _difference(answer, wanted)
            raise SystemExit(f"{target.name} differs in {query} at {at}: {got!r}, not {right!r}")


def _difference(answer: Any, wanted: Any, at: str = "$") -> tuple[str, Any, Any]:
    """The first place where two answers are not the same."""
    if isinstance(answer, dict) and isinstance(wanted, dict):
        for name in {**wanted, **answer}:
            if answer.get(name) != wanted.get(name):
                return _difference(answer.get(name), wanted.get(name), f"{at}.{name}")
    if isinstance(answer, list) and isinstance(wanted, list) and len(answer) == len(wanted):
        for place, (one, other) in enumerate(zip(answer, wanted, strict=True)):
            if one != other:
                return _difference(one, other, f"{at}[{place}]")
    return at, answer, wanted


def _check_payments(stage: Stage) -> None:
    """Each server pays the same invoice: its balance falls by a cent, and only once by one key."""
    balances: dict[bool, list[Any]] = {True: [], False: []}
    for target in stage.running:
        number = f"{time.time_ns() // 1_000:016d}"
        body = stage.bodies_of(target, "pay")[_APART].replace(UNIQUE, number)
        first, again = (meaning(target.post(body), target.dialect) for _ in range(2))
        if first != again or "errors" in first:
            raise SystemExit(f"{target.name} does not pay once: {first}, then {again}")
        invoice = first["data"]["recordPayment"]["invoice"]
        balances[target.name == "remit-sqlite"].append(_cents(invoice["outstandingBalance"]))
        if _cents(invoice["total"]) != _cents(invoice["amountPaid"]) + balances[
            target.name == "remit-sqlite"
        ][-1]:
            raise SystemExit(f"{target.name} answers a balance that is not right: {invoice}")
    for paid in balances.values():
        if paid != [paid[0] - place for place in range(len(paid))]:
            raise SystemExit(f"The balances after payments of a cent are {paid}")
    typer.echo(f"  {QUERIES[3]}: all pay, and only once by the same key")


def _cents(amount: str) -> int:
    whole, _, hundredths = amount.partition(".")
    return int(whole + hundredths.ljust(2, "0"))


async def _audit(url: str) -> audit.Report:
    database = Database(url)
    try:
        return await audit.report(database)
    finally:
        await database.close()
