"""The books of the demo organization: the numbers given out, and the rows not yet written."""

from collections import Counter, defaultdict
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
from services.demo.drafts import ORGANIZATION_ID, Customer, Draft, Invoice, Order
from services.demo.workdays import instant

# In the order in which rows can be added, each with what its rows are sorted by.
_TABLES: tuple[tuple[type[Draft], type[SQLModel], tuple[str, ...]], ...] = (
    (drafts.Address, tables.Address, ("id",)),
    (drafts.Customer, tables.Customer, ("id",)),
    (drafts.Order, tables.Order, ("id",)),
    (drafts.Invoice, tables.Invoice, ("id",)),
    # Copies come after what they are copied from, since an id begins with the time.
    (drafts.LineItem, tables.LineItem, ("id",)),
    (drafts.InvoiceOrder, tables.InvoiceOrder, ("invoice_id", "order_id")),
    (drafts.Payment, tables.Payment, ("id",)),
    (drafts.Activity, tables.Activity, ("id",)),
)


class Books:
    """What one transaction will write, so that the books are right whenever one has ended."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self._numbers = Counter[str]()
        self._rows = defaultdict[type[Draft], list[Any]](list)
        # Three of them for every other row: no objects, but what is written.
        self._words: list[tuple[int, str, str]] = []

    def number(self, counter: str) -> int:
        self._numbers[counter] += 1
        return self._numbers[counter]

    def add(self, row: Draft) -> None:
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
            drafts.Activity(
                id=self.chance.id(ids.ACTIVITY, at),
                kind=kind,
                message=message,
                actor=actor or self.chance.pick(names.CLERKS),
                source=source,
                occurred_at=instant(at),
                customer_id=subject.id if isinstance(subject, Customer) else None,
                order_id=subject.id if isinstance(subject, Order) else None,
                invoice_id=subject.id if isinstance(subject, Invoice) else None,
            )
        )

    def index(self, object_id: str, texts: search.Texts) -> None:
        for word in searchable_words(texts):
            self._words.append((ORGANIZATION_ID, object_id, word))

    async def write(self, session: AsyncSession) -> None:
        for draft, table, key in _TABLES:
            rows = self._rows.pop(draft, [])
            rows.sort(key=attrgetter(*key))
            values = attrgetter(*bulk.columns_of(table))
            await bulk.write(session, table, [values(row) for row in rows])
        self._words.sort()
        await bulk.write(session, tables.SearchWord, self._words)
        self._words.clear()
        for counter, number in self._numbers.items():
            await counters.set_to(session, ORGANIZATION_ID, counter, number)
