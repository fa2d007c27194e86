"""Changes of invoices, told after their commit to whoever watches: by this process or by another.

On SQLite one process serves, and tells itself. On PostgreSQL every process sends what it has
committed by NOTIFY, off the requests' way, and hears all of it by LISTEN, its own too: so
everybody sees one order.
"""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from db.errors import Unavailable
from db.tables import Invoice
from domain.activity import ActivityKind

# Whoever is further behind than this has to read again anyway.
WAITING_MAX = 256

_ANNOUNCED = "changes"

BEHIND = "You have fallen behind the changes: subscribe, and read again"
MISSED = "Changes may have been missed: subscribe, and read again"
STOPPED = "The server is being stopped: subscribe, and read again"


@dataclass(frozen=True, eq=False, slots=True)
class InvoiceChanged:
    """One change of an invoice, as its activity tells of it."""

    organization_id: int
    invoice_id: str
    customer_id: str
    kind: ActivityKind
    occurred_at: datetime


class Ended(Unavailable):
    """No more changes are told to this subscriber; the message says why, and what to do."""


class Subscriber:
    """Somebody who watches an organization's invoices: all, those of one customer, or one."""

    def __init__(
        self, organization_id: int, invoice_id: str | None, customer_id: str | None
    ) -> None:
        self.organization_id = organization_id
        self._invoice_id = invoice_id
        self._customer_id = customer_id
        self._waiting = deque[InvoiceChanged]()
        self._something = asyncio.Event()
        self._end = ""

    async def next(self) -> InvoiceChanged:
        """The next change; raises Ended when there will be none. Cancelled, it loses none."""
        while not self._waiting:
            if self._end:
                raise Ended(self._end)
            self._something.clear()
            await self._something.wait()
        return self._waiting.popleft()

    def tell(self, change: InvoiceChanged) -> None:
        if not self._wants(change) or self._end:
            return
        self._waiting.append(change)
        if len(self._waiting) > WAITING_MAX:
            self.end(BEHIND)
        self._something.set()

    def end(self, words: str) -> None:
        """What waits is not told any more: whoever reads again sees all of it."""
        self._end = self._end or words
        self._waiting.clear()
        self._something.set()

    def _wants(self, change: InvoiceChanged) -> bool:
        return (
            change.organization_id == self.organization_id
            and self._invoice_id in {None, change.invoice_id}
            and self._customer_id in {None, change.customer_id}
        )


class Subscribers:
    """All who watch in this process."""

    def __init__(self) -> None:
        self._found: dict[int, set[Subscriber]] = {}
        self._is_stopped = False

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, subscriber: Subscriber) -> None:
        if self._is_stopped:
            raise Ended(STOPPED)
        self._found.setdefault(subscriber.organization_id, set()).add(subscriber)

    def remove(self, subscriber: Subscriber) -> None:
        same = self._found.get(subscriber.organization_id, set())
        same.discard(subscriber)
        if not same:
            self._found.pop(subscriber.organization_id, None)

    def tell(self, changes: Iterable[InvoiceChanged]) -> None:
        for change in changes:
            for subscriber in self._found.get(change.organization_id, ()):
                subscriber.tell(change)

    def end(self, words: str) -> None:
        found, self._found = self._found, {}
        for same in found.values():
            for subscriber in same:
                subscriber.end(words)

    def stop(self) -> None:
        self._is_stopped = True
        self.end(STOPPED)


class Changes(ABC):
    """Where committed changes are told, and heard."""

    def __init__(self) -> None:
        self.subscribers = Subscribers()

    @abstractmethod
    def tell(self, changes: Sequence[InvoiceChanged]) -> None:
        """Costs whoever has committed them next to nothing."""

    async def subscribe(
        self, organization_id: int, *, invoice_id: str | None, customer_id: str | None
    ) -> Subscriber:
        """Whatever is committed from now on is told. Raises Unavailable."""
        await self.hear()
        # Nothing has been waited for since.
        subscriber = Subscriber(organization_id, invoice_id, customer_id)
        self.subscribers.add(subscriber)
        return subscriber

    @abstractmethod
    async def hear(self) -> None:
        """When this returns, what is told from now on is heard. Raises Unavailable."""

    def unsubscribe(self, subscriber: Subscriber) -> None:
        self.subscribers.remove(subscriber)

    def stop(self) -> None:
        """End all subscribers, and take no more."""
        self.subscribers.stop()

    async def close(self) -> None:
        """Tell what is still to be told, and hear nothing more."""
        self.stop()


class OfThisProcess(Changes):
    """Told where they are made."""

    async def hear(self) -> None:
        """It always does."""

    def tell(self, changes: Sequence[InvoiceChanged]) -> None:
        if changes and self.subscribers:
            # The request that has made them goes on first.
            asyncio.get_running_loop().call_soon(self.subscribers.tell, changes)


def announce(session: AsyncSession, invoice: Invoice, kind: ActivityKind, now: datetime) -> None:
    """Have a change told when its transaction is committed."""
    change = InvoiceChanged(invoice.organization_id, invoice.id, invoice.customer_id, kind, now)
    session.info.setdefault(_ANNOUNCED, []).append(change)


def announced(session: AsyncSession) -> Sequence[InvoiceChanged]:
    return session.info.get(_ANNOUNCED, ())
