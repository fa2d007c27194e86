"""Queries and the change feed over a company's books."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from . import entities, faults, queries
from .books import Books, Row
from .clock import moment_of
from .faults import Refusal
from .json_text import Json, table
from .queries import Query

TIMES = {"MetaData.CreateTime": "created", "MetaData.LastUpdatedTime": "updated"}
EVERY = ("Id", *TIMES)
FILTERABLE: dict[str, tuple[str, ...]] = {
    "Account": ("Name", "Active", "AccountType", "FullyQualifiedName"),
    "CompanyInfo": (),
    "CreditMemo": ("DocNumber", "TxnDate", "CustomerRef", "TotalAmt", "Balance"),
    "Customer": (
        "DisplayName",
        "Active",
        "GivenName",
        "FamilyName",
        "CompanyName",
        "Balance",
        "FullyQualifiedName",
        "PrintOnCheckName",
    ),
    "Deposit": ("TxnDate",),
    "Employee": ("DisplayName", "Active", "GivenName", "FamilyName", "PrintOnCheckName"),
    "Invoice": (
        "DocNumber",
        "TxnDate",
        "DueDate",
        "CustomerRef",
        "TotalAmt",
        "Balance",
        "SalesTermRef",
    ),
    "Item": ("Name", "Active", "Type", "FullyQualifiedName"),
    "Payment": (
        "TxnDate",
        "CustomerRef",
        "TotalAmt",
        "PaymentRefNum",
        "PaymentMethodRef",
        "DepositToAccountRef",
    ),
    "PaymentMethod": ("Name", "Active", "Type"),
    "Preferences": (),
    "TaxCode": ("Name", "Active"),
    "Term": ("Name", "Active", "DueDays", "Type"),
    "Vendor": ("DisplayName", "Active", "GivenName", "FamilyName", "CompanyName"),
}


def query(books: Books, text: str) -> Json:
    asked = queries.parsed(text)
    kind = entities.BY_PATH.get(asked.kind.lower())
    if kind is None:
        raise queries.invalid(f"Entity {asked.kind} is not queryable.")
    allowed = (*EVERY, *FILTERABLE[kind])
    for name in [each.name for each in asked.where] + [name for name, _ in asked.order]:
        if name not in allowed:
            raise queries.invalid(f"Property {name} not found for Entity {kind}")
    found = _sorted(_matching(books, kind, asked), asked)
    if asked.is_count:
        return {"totalCount": len(found)}
    page = found[asked.start - 1 :][: asked.most]
    if not page:
        return {}
    return {
        kind: [entities.shown(books, row) for row in page],
        "startPosition": asked.start,
        "maxResults": len(page),
    }


def _matching(books: Books, kind: str, asked: Query) -> list[Row]:
    hides = kind in entities.HAS_ACTIVE and all(each.name != "Active" for each in asked.where)
    return [
        row
        for row in books.live(kind)
        if not (hides and row.body.get("Active") is False)
        and all(queries.holds(each, _value(row, each.name)) for each in asked.where)
    ]


def _sorted(found: list[Row], asked: Query) -> list[Row]:
    """Without ORDERBY the latest comes first, so that pages move while records change."""
    found.sort(key=lambda row: (row.updated, int(row.id)), reverse=True)
    for name, is_down in reversed(asked.order):
        found.sort(key=lambda row: _rank(_value(row, name)), reverse=is_down)
    return found


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, "" if value is None else queries.key(value))


def _value(row: Row, name: str) -> Any:
    if name in TIMES:
        return getattr(row, TIMES[name])
    if name == "Id":
        return Decimal(row.id)
    value = row.body.get(name)
    return table(value).get("value") if name.endswith("Ref") else value


def changes(books: Books, wanted: str, since: str) -> list[Json]:
    """One block for each kind, in the order asked for; an empty one where nothing changed."""
    if not wanted:
        raise faults.missing("entities")
    if not since:
        raise faults.missing("changedSince")
    kinds = [entities.BY_PATH.get(name.strip().lower(), "") for name in wanted.split(",")]
    if "" in kinds or not set(kinds).isdisjoint(entities.WITHOUT_FEED):
        raise Refusal("2010", f"Unsupported entities : {wanted}", "entities")
    try:
        after = moment_of(since)
    except ValueError:
        raise Refusal("2010", f"Invalid date : {since}", "changedSince") from None
    oldest = books.clock() - timedelta(days=30)
    if after < oldest:
        if books.switches.old_cursor == "error":
            raise Refusal("2010", "changedSince is more than 30 days ago", "changedSince")
        if books.switches.old_cursor == "empty":
            return [{} for _ in kinds]
        after = oldest
    return [_block(books, kind, after) for kind in kinds]


def _block(books: Books, kind: str, after: datetime) -> Json:
    """Beyond the cap the oldest changes are missing, and only the total tells of them."""
    until = books.clock() - timedelta(seconds=books.switches.feed_lag)
    found = _changed(books.rows[kind].values(), after, until)
    shown = found[-books.switches.feed_cap :]
    if not shown:
        return {}
    return {
        kind: [entities.shown(books, row) for row in shown],
        "startPosition": 1,
        "maxResults": len(shown),
        "totalCount": len(found if books.switches.feed_tells_total else shown),
    }


def _changed(every: Iterable[Row], after: datetime, until: datetime) -> list[Row]:
    found = [row for row in every if after <= row.updated <= until]
    return sorted(found, key=lambda row: (row.updated, int(row.id)))
