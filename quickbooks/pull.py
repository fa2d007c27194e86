"""The job that brings over what has changed in a company: payments, and what becomes of copies."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from db import organizations, quickbooks_pulls
from db.quickbooks_pulls import Unread
from db.tables import Organization
from quickbooks import changed, convert
from quickbooks.changed import Found
from quickbooks.client import Changes, Company
from quickbooks.companies import Companies, Disconnected
from quickbooks.errors import Rejected
from quickbooks.payment_methods import PaymentMethods
from quickbooks.taking import Taking
from services import foreign_payments
from services import quickbooks_pulls as pulls
from services.jobs import Later, Task

PAYMENT = "Payment"
INVOICE = "Invoice"

# QuickBooks tells of the changes of thirty days; the clocks may differ by some of the last one.
_TOLD = timedelta(days=30)
_ASKED = timedelta(days=29)


@dataclass
class Pull:
    """Reads the change feed from where it was left, and whatever else is to be looked at again."""

    companies: Companies
    methods: PaymentMethods = field(default_factory=PaymentMethods)

    async def do(self, task: Task) -> None:
        realm_id = task.lease.key
        async with task.transaction() as session:
            start = await _start(session, task.organization_id, realm_id)
        if start is None:
            return
        try:
            async with self.companies.opened(task, realm_id) as company:
                taking = Taking(task, company, start.organization, self.methods)
                await _Run(task, company, start, taking).run()
        except Disconnected:
            return
        except Rejected as error:
            raise Later(error.message) from error

    async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
        organization = await organizations.get(session, task.organization_id)
        author = foreign_payments.quickbooks(organization, task.clock())
        await pulls.fail(session, author, task.lease.key, message)


@dataclass(frozen=True, slots=True)
class _Start:
    organization: Organization
    # Up to when changes were read, by the company's clock.
    changed_since: datetime
    unread: Unread


async def _start(session: AsyncSession, organization_id: int, realm_id: str) -> _Start | None:
    connection = await quickbooks_pulls.connection_locked(session, organization_id, realm_id)
    if connection is None:
        return None
    return _Start(
        await organizations.get(session, organization_id),
        connection.changed_since,
        await quickbooks_pulls.unread(session, organization_id, realm_id),
    )


@dataclass
class _Run:
    """One look at a company. What was read is kept at once; where it ends only at the end."""

    task: Task
    company: Company
    start: _Start
    taking: Taking
    _nameless: int = 0
    _looked_at: dict[str, set[str]] = field(
        default_factory=lambda: {PAYMENT: set[str](), INVOICE: set[str]()}
    )

    async def run(self) -> None:
        since = self.start.changed_since
        feed = await self.company.changes(
            (PAYMENT, INVOICE), max(since, self.task.clock() - _ASKED)
        )
        has_gap = since < self.task.clock() - _ASKED or feed.at - since > _TOLD
        incomplete = {PAYMENT, INVOICE} if has_gap else feed.overflown
        payments = await self._told(PAYMENT, feed, incomplete)
        invoices = await self._told(INVOICE, feed, incomplete)
        await self.taking.payments(payments)
        await self.taking.invoices(invoices)
        await self._look_again(invoices)
        await self._compare(incomplete)
        async with self.task.finish() as session:
            await self._end(session, feed.at, since if has_gap else None)

    async def _told(self, entity: str, feed: Changes, incomplete: Collection[str]) -> Found:
        """What the feed tells of, and the rest of it where that is not all."""
        found = Found()
        found.add(feed.rows[entity])
        if entity in incomplete:
            everything = await changed.since(self.company, entity, self.start.changed_since)
            found.add(everything.rows.values())
            found.nameless += everything.nameless
        self._nameless += found.nameless
        self._looked_at[entity] |= found.ids
        return found

    async def _look_again(self, invoices: Found) -> None:
        """At payments that wait for something, and those of copies that were found there."""
        unread = self.start.unread
        known = Found()
        known.add(row for id_, row in invoices.rows.items() if id_ in unread.invoice_ids)
        rest = await self._read(INVOICE, unread.invoice_ids)
        known.add(rest.rows.values())
        await self.taking.invoices(rest)
        payment_ids = {*unread.payment_ids}
        for row in known.rows.values():
            payment_ids.update(_payment_ids(row))
        await self.taking.payments(await self._read(PAYMENT, payment_ids))

    async def _compare(self, incomplete: Collection[str]) -> None:
        """Deletions that the feed may have kept quiet about."""
        key = (self.task.organization_id, self.company.realm_id)
        if PAYMENT in incomplete:
            async with self.task.transaction() as session:
                known = await quickbooks_pulls.known_payments(session, *key)
            await self.taking.payments(await self._read(PAYMENT, known))
        if INVOICE in incomplete:
            async with self.task.transaction() as session:
                known = await quickbooks_pulls.known_invoices(session, *key)
            await self.taking.invoices(await self._read(INVOICE, known))

    async def _read(self, entity: str, quickbooks_ids: Collection[str]) -> Found:
        """Those that were not looked at before."""
        wanted = set(quickbooks_ids) - self._looked_at[entity]
        self._looked_at[entity] |= wanted
        return await changed.among(self.company, entity, wanted)

    async def _end(
        self, session: AsyncSession, until: datetime, gap_since: datetime | None
    ) -> None:
        await quickbooks_pulls.mark_read(
            session,
            self.task.organization_id,
            self.company.realm_id,
            self.start.unread.invoice_ids,
        )
        await pulls.finish(
            session,
            self.taking.author,
            self.company.realm_id,
            until=until,
            gap_since=gap_since,
            nameless=self._nameless,
        )


def _payment_ids(row: changed.Row) -> tuple[str, ...]:
    try:
        return convert.foreign_invoice(row).payment_ids
    except convert.Unreadable:
        # Its problem is told of where it is taken over.
        return ()
