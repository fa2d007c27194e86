"""What has changed in a company, as rows or as ids of what is gone.

Only what QuickBooks says is gone is taken for that: whatever else goes wrong is raised.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from quickbooks import convert
from quickbooks.client import PAGE_MAX, Company, Row
from quickbooks.errors import Gone

PAGE = PAGE_MAX
# As many as an address has room for.
IDS_AT_ONCE = 100


@dataclass
class Found:
    """Rows of one entity as they are now, by id; what has no id is only counted."""

    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    gone: set[str] = field(default_factory=set[str])
    nameless: int = 0

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            try:
                quickbooks_id = convert.id_of(row)
            except convert.Unreadable:
                self.nameless += 1
                continue
            if convert.is_deleted(row):
                self.gone.add(quickbooks_id)
                self.rows.pop(quickbooks_id, None)
            elif quickbooks_id not in self.gone:
                self.rows[quickbooks_id] = row

    @property
    def ids(self) -> set[str]:
        return self.rows.keys() | self.gone


async def since(company: Company, entity: str, moment: datetime) -> Found:
    """All that has changed since then, however much; what is deleted is not among it.

    Each page begins with the time at which the last one ends: what changes meanwhile moves to the
    end, and comes again.
    """
    found = Found()
    start = 1
    while True:
        page = await company.query(entity, convert.changed_from(moment), start=start, limit=PAGE)
        found.add(page)
        if len(page) < PAGE:
            return found
        last = convert.changed_at(page[-1])
        if last is not None and last > moment:
            moment, start = last, 1
        else:
            start += PAGE


async def among(company: Company, entity: str, quickbooks_ids: Collection[str]) -> Found:
    """These as they are now. One that a query does not show is read: only then it is gone."""
    found = Found()
    asked = sorted(quickbooks_ids)
    for start in range(0, len(asked), IDS_AT_ONCE):
        some = asked[start : start + IDS_AT_ONCE]
        found.add(await company.query(entity, convert.among(some)))
    for quickbooks_id in sorted(set(asked) - found.ids):
        try:
            found.add([await company.read(entity, quickbooks_id)])
        except Gone:
            found.gone.add(quickbooks_id)
    return found
