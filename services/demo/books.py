"""The books of the demo organization: the numbers given out, and the rows not yet written."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from db import bulk, counters, ids, search, tables
from domain.activity import ActivityKind
from domain.payment import PaymentSource
from domain.text import searchable_words
from services.demo import drafts, names
from services.demo.chance import Chance
from services.demo.drafts import ORGANIZATION_ID, Activity, Customer, Invoice, Order, SearchWord
from services.demo.workdays import instant

# In the order in which rows can be added. The first column after the organization is the key's;
# an id begins with the time, so that copies come after what they are copied from.
TABLES: Mapping[type[Any], type[SQLModel]] = {
    drafts.Address: tables.Address,
    drafts.Customer: tables.Customer,
    drafts.Order: tables.Order,
    drafts.Invoice: tables.Invoice,
    drafts.LineItem: tables.LineItem,
    drafts.InvoiceOrder: tables.InvoiceOrder,
    drafts.Payment: tables.Payment,
    drafts.Activity: tables.Activity,
    drafts.SearchWord: tables.SearchWord,
}


@dataclass(frozen=True)
class Entries:
    """What one transaction writes. The books are right whenever it has ended."""

    rows: Mapping[type[SQLModel], list[tuple[Any, ...]]]
    numbers: Mapping[str, int]

    async def write(self, session: AsyncSession) -> None:
        for table, rows in self.rows.items():
            await bulk.write(session, table, rows)
        for counter, number in self.numbers.items():
            await counters.set_to(session, ORGANIZATION_ID, counter, number)


class Books:
    """Where everything is noted down as it happens."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self._numbers = Counter[str]()
        self._rows = defaultdict[type[Any], list[Any]](list)

    def number(self, counter: str) -> int:
        self._numbers[counter] += 1
        return self._numbers[counter]

    def add(self, row: object) -> None:
        self._rows[type(row)].append(row)

    def note(
        self,
        at: int,
        subject: Customer | Order | Invoice,
        kind: ActivityKind,
        message: str,
        *,
        actor: str | None = None,
        source: PaymentSource = PaymentSource.MANUAL,
    ) -> None:
        """Tell of a change, made by some clerk unless somebody is named."""
        self.add(
            Activity(
                ORGANIZATION_ID,
                id=self.chance.id(ids.ACTIVITY, at),
                kind=kind,
                message=message,
                actor=actor or self.chance.pick(names.CLERKS),
                source=source,
                occurred_at=instant(at),
                invoice_id=subject.id if isinstance(subject, Invoice) else None,
                order_id=subject.id if isinstance(subject, Order) else None,
                customer_id=subject.id if isinstance(subject, Customer) else None,
            )
        )

    def index(self, object_id: str, texts: search.Texts) -> None:
        words = self._rows[SearchWord]
        words.extend(
            SearchWord(ORGANIZATION_ID, object_id, word) for word in searchable_words(texts)
        )

    def close(self) -> Entries:
        """All since the last time."""
        rows: dict[type[SQLModel], list[tuple[Any, ...]]] = {}
        for draft, table in TABLES.items():
            drawn_up = self._rows.pop(draft, [])
            # In the order of their keys, which is how they are written fastest.
            rows[table] = sorted(map(attrgetter(*bulk.columns_of(table)), drawn_up))
        return Entries(rows, dict(self._numbers))
