"""Nothing is measured before all servers give the same answers, and keep right books."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

import typer

from benchmarks.answers import meaning
from benchmarks.queries import READS, UNIQUE
from benchmarks.stage import Stage
from benchmarks.targets import Target
from db import audit
from db.database import Database

_BODIES = 20
# Near the end of the list of invoices to pay: any will do.
_PAID_BY_ALL = -50


def check(stage: Stage) -> None:
    """Compare every server's answers with the first one's; stop where one differs."""
    for query in READS:
        # Full pages and others.
        bodies = stage.bodies[query, "remit"]
        places = range(0, len(bodies), 1 + len(bodies) // _BODIES)
        expected = _answers(stage, stage.running[0], query, places)
        if '"nodes": []' in json.dumps(expected) or json.dumps(expected[0]) == "null":
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
    for step in _steps(wanted):
        try:
            one, other = answer[step], wanted[step]
        except (IndexError, KeyError, TypeError):
            break
        if one != other:
            return _difference(one, other, f"{at}[{step!r}]")
    return at, answer, wanted


def _steps(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    return range(len(cast("list[Any]", value))) if isinstance(value, list) else ()


def _check_payments(stage: Stage) -> None:
    """Each server pays a cent of the same invoice, and by one key only once."""
    # What is owed then, by database: SQLite has its own copy of the invoice.
    owed = defaultdict[bool, list[int]](list)
    for target in stage.running:
        invoice = _paid(stage, target)
        total, paid, outstanding = (
            _cents(invoice[name]) for name in ("total", "amountPaid", "outstandingBalance")
        )
        if total != paid + outstanding:
            raise SystemExit(f"{target.name} answers a balance that is not right: {invoice}")
        owed[target.name == "remit-sqlite"].append(outstanding)
    for balances in owed.values():
        if balances != [balances[0] - place for place in range(len(balances))]:
            raise SystemExit(f"The balances after payments of a cent are {balances}")
    typer.echo("  pay: all pay, and only once by the same key")


def _paid(stage: Stage, target: Target) -> dict[str, Any]:
    """The invoice as it is after a payment that was sent twice."""
    number = f"{time.time_ns() // 1_000:016d}"
    body = stage.bodies_of(target, "pay")[_PAID_BY_ALL].replace(UNIQUE, number)
    first, again = (meaning(target.post(body), target.dialect) for _ in range(2))
    if first != again or "errors" in first:
        raise SystemExit(f"{target.name} does not pay once: {first}, then {again}")
    return first["data"]["recordPayment"]["invoice"]


def _cents(amount: str) -> int:
    return int(Decimal(amount).scaleb(2))


async def _audit(url: str) -> audit.Report:
    database = Database(url)
    try:
        return await audit.report(database)
    finally:
        await database.close()
