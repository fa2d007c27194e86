"""The records of one company: rows with sync tokens, ids, and what was deleted."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from . import faults
from .clock import Clock, stamp
from .json_text import Json
from .switches import Preferences, Switches

NAMES = ("Customer", "Vendor", "Employee")
TRANSACTIONS = ("Invoice", "Payment", "CreditMemo", "Deposit")


@dataclass
class Row:
    """One record; a deleted one stays, as the change feed still tells of it."""

    kind: str
    id: str
    body: Json
    created: datetime
    updated: datetime
    token: int = 0
    deleted: bool = False

    def shown(self) -> Json:
        if self.deleted:
            told = {"LastUpdatedTime": stamp(self.updated)}
            return {"domain": "QBO", "status": "Deleted", "Id": self.id, "MetaData": told}
        times = {"CreateTime": stamp(self.created), "LastUpdatedTime": stamp(self.updated)}
        return {
            "domain": "QBO",
            "sparse": False,
            "Id": self.id,
            "SyncToken": str(self.token),
            "MetaData": times,
            **self.body,
        }


Told = Callable[[Row, str], None]


def silent(row: Row, operation: str) -> None:
    """Nobody listens yet."""


@dataclass
class Books:
    """`told` hears of every change, with its operation, once it is made."""

    realm: str
    name: str
    clock: Clock
    switches: Switches
    preferences: Preferences
    told: Told = silent
    rows: dict[str, dict[str, Row]] = field(
        default_factory=lambda: defaultdict[str, dict[str, Row]](dict)
    )
    _ids: dict[str, int] = field(default_factory=lambda: defaultdict[str, int](int))

    def live(self, kind: str) -> Iterable[Row]:
        return (row for row in self.rows[kind].values() if not row.deleted)

    def get(self, kind: str, row_id: str) -> Row | None:
        row = self.rows[kind].get(row_id)
        return None if row is None or row.deleted else row

    def find(self, kind: str, row_id: str) -> Row:
        row = self.get(kind, row_id)
        if row is None:
            raise faults.not_found()
        return row

    def refer(self, kind: str, row_id: str) -> Row:
        """What another record names: it must be there, and active."""
        row = self.get(kind, row_id)
        if row is None:
            raise faults.dangling(kind, row_id)
        if row.body.get("Active") is False:
            raise faults.not_found()
        return row

    def checked(self, kind: str, body: Json) -> Row:
        """The row that an update is for, with the sync token that it must bring."""
        row = self.find(kind, str(body.get("Id") or ""))
        if body.get("SyncToken") in {None, ""}:
            raise faults.missing("SyncToken")
        if str(body["SyncToken"]) != str(row.token):
            raise faults.stale()
        return row

    def add(self, kind: str, body: Json, row_id: str = "") -> Row:
        now = self._second()
        row = Row(kind, row_id or self._next_id(kind), body, now, now)
        self.rows[kind][row.id] = row
        self.told(row, "Create")
        return row

    def change(self, row: Row, body: Json, operation: str = "Update") -> Row:
        row.body = body
        row.token += 1
        row.updated = self._second()
        self.told(row, operation)
        return row

    def remove(self, row: Row) -> Row:
        row.deleted = True
        row.updated = self._second()
        self.told(row, "Delete")
        return row

    def _next_id(self, kind: str) -> str:
        """Transactions share one sequence, names another, and each list has its own."""
        family = "transaction" if kind in TRANSACTIONS else "name" if kind in NAMES else kind
        while True:
            self._ids[family] += 1
            row_id = str(self._ids[family])
            if row_id not in self.rows[kind]:
                return row_id

    def _second(self) -> datetime:
        return self.clock().replace(microsecond=0)
