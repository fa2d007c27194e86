"""The databases in which generated documents are asked, with the ids and cursors in them."""

import os
import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from db.database import Database
from tests.random_rows import Rows
from tests.twins import Quadruplets, opened, twins
from tests.wild_rows import write_wild_rows
from tests.wild_values import Enum, Pool, written

# The same documents in every run of the CI; elsewhere others each time.
FIRST_SEED = 0 if os.environ.get("CI") else secrets.randbelow(10**9)

NEVER = "03000000000000000000007919"
DEFAULT = "null"
ORDERS: tuple[Sequence[Mapping[str, Any]], ...] = (
    [{"field": Enum("total")}],
    [{"field": Enum("customerName"), "direction": Enum("desc")}],
    [{"field": Enum("sentAt"), "direction": Enum("asc")}, {"field": Enum("status")}],
    [{"field": Enum("sentAt"), "direction": Enum("desc")}],
    [{"field": Enum("status"), "direction": Enum("asc")}, {"field": Enum("dueDate")}],
    [],
)


@dataclass
class WildData:
    """What there is in all databases, and who answers over them."""

    answers: Quadruplets
    databases: list[Database]
    # Of the organization that nobody must see.
    theirs: Rows
    pool: Pool

    @property
    def foreign(self) -> Pool:
        """Nothing but what belongs to that organization, and places in its lists."""
        ids = {
            name: [one for one in found if "_02" in one] for name, found in self.pool.ids.items()
        }
        ids["invoice"] = [row.id for row in self.theirs.all_invoices[:10]]
        ids["customer"] = [row.id for row in self.theirs.customers]
        places = {key: found[-3:] for key, found in self.pool.cursors.items()}
        return Pool(ids, places, ORDERS)


@asynccontextmanager
async def open_wild(urls: Sequence[str]) -> AsyncGenerator[WildData]:
    async with opened(urls) as databases:
        found = [await write_wild_rows(database) for database in databases]
        rows, theirs = found[0]
        answers = Quadruplets([twins(database, rows.organization) for database in databases])
        others = Quadruplets([twins(database, theirs.organization) for database in databases])
        cursors = await _cursors(answers, theirs=await _cursors(others))
        yield WildData(answers, databases, theirs, Pool(_ids(rows, theirs), cursors, ORDERS))


def _ids(rows: Rows, theirs: Rows) -> Mapping[str, Sequence[str]]:
    """A few of each type: one's own, those of others, and one that nobody has."""
    groups: dict[str, Sequence[Any]] = {
        "customer": [*rows.customers[:4], *theirs.customers[:2]],
        "order": [*rows.orders[:5], *theirs.orders[:2]],
        "invoice": [*rows.all_invoices[:8], *theirs.all_invoices[:2]],
        "payment": [*rows.all_payments[:5], *theirs.all_payments[:2]],
        "activity": [*rows.activities[:2], *theirs.activities[:1]],
        "address": [*rows.addresses[:2], *theirs.addresses[:1]],
        "line": [],
        "document": [],
    }
    lines = [f"line_01{number * 7_919:024}" for number in (1, 2, 70)]
    theirs_too = [one.replace("_01", "_02") for one in lines[:1]]
    ids = {name: [found.id for found in group] for name, group in groups.items()}
    ids["line"] = [*lines, *theirs_too]
    ids["document"] = [one.replace("line", "document") for one in ids["line"]]
    return {name: [*found, f"{name}_{NEVER}"] for name, found in ids.items()}


_LISTS = {
    "Query.invoices": "{ invoices%s { edges { cursor } } }",
    "Query.orders": "{ orders%s { edges { cursor } } }",
    "Query.customers": "{ customers%s { edges { cursor } } }",
    "Query.payments": "{ payments%s { edges { cursor } } }",
    "Customer.invoices": "{ customers { nodes { invoices%s { edges { cursor } } } } }",
    "Customer.orders": "{ customers { nodes { orders%s { edges { cursor } } } } }",
    "Invoice.activity": "{ invoices(first: 30) { nodes { activity%s { edges { cursor } } } } }",
}


async def _cursors(
    answers: Quadruplets, theirs: Mapping[tuple[str, str], Sequence[str]] | None = None
) -> dict[tuple[str, str], Sequence[str]]:
    """Places in every list, also where rows of others stand."""
    found: dict[tuple[str, str], Sequence[str]] = {}
    for place, query in _LISTS.items():
        for order in ORDERS if place.endswith("invoices") else ():
            answer = await answers.all(query % f"(orderBy: {written(order)})")
            found[place, written(order)] = sorted(_each(answer.whole))[::3]
        answer = await answers.all(query % "")
        found[place, DEFAULT] = sorted(_each(answer.whole))[::3]
    foreign = theirs or {}
    return {key: [*own, *foreign.get(key, ())[:3]] for key, own in found.items()}


def _each(answer: Any) -> list[str]:
    """Every cursor in an answer."""
    if isinstance(answer, list):
        return [one for part in cast("list[Any]", answer) for one in _each(part)]
    if not isinstance(answer, dict):
        return []
    found = cast("dict[str, Any]", answer)
    own = [found["cursor"]] if "cursor" in found else []
    return own + [one for part in found.values() for one in _each(part)]
