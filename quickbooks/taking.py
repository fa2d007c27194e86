"""Taking over what was read of a company: each record in a transaction of its own.

A record that cannot be taken over becomes a problem, and never stops the others.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from db import foreign_payments as known
from db.errors import Unavailable
from db.jobs import LeaseLost
from db.tables import Organization
from quickbooks import convert
from quickbooks.changed import Found
from quickbooks.client import Company, Row
from quickbooks.payment_methods import PaymentMethods
from services import foreign_invoices, foreign_payments
from services.author import Author
from services.foreign_payments import DoesNotFit, Version
from services.jobs import Task

# Answers whether that was all there is to do; it is done in one transaction.
Work = Callable[[AsyncSession, Author], Awaitable[bool]]

_log = logging.getLogger(__name__)


@dataclass
class Taking:
    """What one job takes over from a company."""

    task: Task
    company: Company
    organization: Organization
    methods: PaymentMethods
    # Payments of which not all is here yet.
    _waiting: dict[str, Version] = field(default_factory=dict[str, Version])

    @property
    def author(self) -> Author:
        return foreign_payments.quickbooks(self.organization, self.task.clock())

    async def payments(self, found: Found) -> None:
        """First all that fits as it is, then the rest: what is in the way of one may be another."""
        for quickbooks_id in sorted(found.gone):
            self._waiting.pop(quickbooks_id, None)
            await self._take_payment(quickbooks_id, partial(self._remove, quickbooks_id))
        for quickbooks_id, row in found.rows.items():
            await self._read(quickbooks_id, row)
        await self._apply_while_some_fit()
        for version in [*self._waiting.values()]:
            await self._apply(version, must_fit=False)
        await self._apply_while_some_fit()

    async def invoices(self, found: Found) -> None:
        """Only those that are copies of invoices here."""
        async with self.task.transaction() as session:
            links = await known.invoice_ids(
                session, self.task.organization_id, self.company.realm_id, found.ids
            )
        for quickbooks_id, invoice_id in sorted(links.items()):
            if quickbooks_id in found.gone:
                work = partial(self._lose, invoice_id)
            else:
                work = partial(self._see, invoice_id, found.rows[quickbooks_id])
            _, reason = await self._taken("Invoice", quickbooks_id, work)
            async with self.task.transaction() as session:
                await foreign_invoices.tell(
                    session, self.author, self.company.realm_id, quickbooks_id, reason
                )

    async def _read(self, quickbooks_id: str, row: Row) -> None:
        try:
            payment = convert.foreign_payment(row)
        except convert.Unreadable as error:
            await self._set_aside(quickbooks_id, str(error))
            return
        self._waiting[quickbooks_id] = Version(
            quickbooks_id=payment.id,
            sync_token=payment.sync_token,
            payment_date=payment.payment_date,
            reference_number=payment.reference_number,
            notes=payment.notes,
            method=await self.methods.of(self.company, payment.method_id),
            is_voided=payment.is_voided,
            cents_by_invoice=payment.cents_by_invoice,
        )

    async def _apply_while_some_fit(self) -> None:
        left = len(self._waiting) + 1
        while 0 < len(self._waiting) < left:
            left = len(self._waiting)
            for version in [*self._waiting.values()]:
                await self._apply(version, must_fit=True)

    async def _apply(self, version: Version, *, must_fit: bool) -> None:
        async def work(session: AsyncSession, author: Author) -> bool:
            return await foreign_payments.apply(
                session, author, self.company.realm_id, version, must_fit=must_fit
            )

        try:
            if await self._take_payment(version.quickbooks_id, work):
                del self._waiting[version.quickbooks_id]
        except DoesNotFit:
            pass

    async def _remove(self, quickbooks_id: str, session: AsyncSession, author: Author) -> bool:
        await foreign_payments.remove(session, author, self.company.realm_id, quickbooks_id)
        return True

    async def _lose(self, invoice_id: str, session: AsyncSession, author: Author) -> bool:
        await foreign_invoices.lose(session, author, self.company.realm_id, invoice_id)
        return True

    async def _see(self, invoice_id: str, row: Row, session: AsyncSession, author: Author) -> bool:
        invoice = convert.foreign_invoice(row)
        seen = foreign_invoices.Seen(invoice.sync_token, invoice.total_cents, invoice.is_voided)
        await foreign_invoices.see(session, author, self.company.realm_id, invoice_id, seen)
        return True

    async def _take_payment(self, quickbooks_id: str, work: Work) -> bool:
        is_all, reason = await self._taken("Payment", quickbooks_id, work)
        if reason is not None:
            await self._set_aside(quickbooks_id, reason)
        return is_all

    async def _set_aside(self, quickbooks_id: str, reason: str) -> None:
        async with self.task.transaction() as session:
            await foreign_payments.set_aside(
                session, self.author, self.company.realm_id, quickbooks_id, reason
            )

    async def _taken(self, entity: str, quickbooks_id: str, work: Work) -> tuple[bool, str | None]:
        """Whether all is done, and what went wrong, which is then this record's problem alone."""
        try:
            async with self.task.transaction() as session:
                return await work(session, self.author), None
        except (LeaseLost, Unavailable, DoesNotFit):
            raise
        except convert.Unreadable as error:
            return True, str(error)
        except Exception:  # noqa: BLE001 - whatever it was, the others are to go on
            incident = secrets.token_hex(4)
            _log.exception("%s %s failed, incident %s", entity, quickbooks_id, incident)
            return True, f"something went wrong here ({incident})"
