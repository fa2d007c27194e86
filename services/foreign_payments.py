"""Payments made in QuickBooks: each version of one replaces all that is here of it.

Versions may come any number of times and in any order: what counts is the newest ever seen. What
does not fit here, such as more than is outstanding, becomes a problem in words, and the rest of the
payment goes on. A problem is looked at anew whenever its payment is applied again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from db import foreign_payments as foreign
from db import ids, rows
from db.foreign_payments import Key
from db.tables import Invoice, Organization, Payment, QuickBooksAllocation, QuickBooksPayment
from domain import payment as rules
from domain import text
from domain.errors import DomainError
from domain.money import money_text
from domain.payment import PaymentMethod, PaymentSource
from services import payments
from services.author import Author, author_of

NAME = "QuickBooks"
_VOIDED = "Voided in QuickBooks"
_DELETED = "Deleted in QuickBooks"
_TAKEN_OFF = "Taken off this invoice in QuickBooks"


class DoesNotFit(Exception):
    """Something of a payment cannot be here as long as the others are as they are."""


@dataclass(frozen=True, slots=True)
class Version:
    """A payment as it is there. `cents_by_invoice` names invoices by their ids there."""

    quickbooks_id: str
    sync_token: int
    payment_date: date
    reference_number: str | None = None
    notes: str | None = None
    method: PaymentMethod | None = None
    is_voided: bool = False
    cents_by_invoice: Mapping[str, int] = field(default_factory=dict[str, int])


def quickbooks(organization: Organization, now: datetime) -> Author:
    """In whose name changes are made that were made there."""
    return author_of(organization, NAME, now, PaymentSource.QUICKBOOKS)


async def apply(
    session: AsyncSession,
    author: Author,
    realm_id: str,
    version: Version,
    *,
    must_fit: bool = False,
) -> bool:
    """Make the rows here what the version says; answers whether all of it is here.

    An older version than the newest seen changes nothing, nor does one of a deleted payment. With
    `must_fit` nothing is changed where not all of it can be here: DoesNotFit is raised.
    """
    key = Key(author.organization_id, realm_id, version.quickbooks_id)
    links = await foreign.invoice_ids(
        session, author.organization_id, realm_id, version.cents_by_invoice
    )
    held = await _hold(session, author, key, links.values())
    if not await _is_current(session, key, version):
        return True
    lines = [
        _Line(quickbooks_id, links[quickbooks_id], cents)
        for quickbooks_id, cents in sorted(version.cents_by_invoice.items())
        if cents and quickbooks_id in links
    ]
    refused = {line: reason for line in lines if (reason := held.refusal(version, line))}
    if refused and must_fit:
        raise DoesNotFit(version.quickbooks_id)
    for invoice_id in sorted(held.payments.keys() - {line.invoice_id for line in lines}):
        await held.remove(invoice_id, _VOIDED if version.is_voided else _TAKEN_OFF)
    for line in lines:
        if line not in refused:
            await held.put(version, line)
        elif line.invoice_id in held.payments:
            # What QuickBooks does not have any more must not stay.
            await held.remove(line.invoice_id, f"Changed in QuickBooks. {refused[line]}")
    messages = {line.subject(key): reason for line, reason in refused.items()}
    await foreign.replace_problems(session, key, messages, author.now)
    return not refused


async def remove(session: AsyncSession, author: Author, realm_id: str, quickbooks_id: str) -> None:
    """The payment is deleted there; no version of it, whenever it comes, brings it back."""
    key = Key(author.organization_id, realm_id, quickbooks_id)
    held = await _hold(session, author, key, [])
    known = await foreign.newest(session, key) or _seen(session, key, 0)
    known.is_deleted = True
    for invoice_id in held.payments:
        await held.remove(invoice_id, _DELETED)
    await foreign.replace_problems(session, key, {}, author.now)


async def set_aside(
    session: AsyncSession, author: Author, realm_id: str, quickbooks_id: str, reason: str
) -> None:
    """Nothing can be concluded from what was read of the payment: what is here of it stays."""
    key = Key(author.organization_id, realm_id, quickbooks_id)
    message = f"Payment {quickbooks_id} could not be taken over: {reason}"
    await foreign.replace_problems(session, key, {f"Payment {quickbooks_id}": message}, author.now)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a payment gives to one invoice."""

    quickbooks_id: str
    invoice_id: str
    cents: int

    def subject(self, key: Key) -> str:
        """What a problem with it is about."""
        return f"Payment {key.quickbooks_id} Invoice {self.quickbooks_id}"


@dataclass(frozen=True, slots=True)
class _Held:
    """What there is here of a payment, locked; both by invoice."""

    session: AsyncSession
    author: Author
    key: Key
    invoices: Mapping[str, Invoice]
    payments: Mapping[str, tuple[QuickBooksAllocation, Payment]]

    def refusal(self, version: Version, line: _Line) -> str | None:
        """Why a line cannot be here, in words that say which."""
        invoice = self.invoices.get(line.invoice_id)
        if invoice is None:
            return (
                f"Payment {version.quickbooks_id} pays invoice {line.quickbooks_id} in QuickBooks, "
                "which was deleted here"
            )
        before = self.payments.get(line.invoice_id)
        own_cents = before[1].amount_cents if before else 0
        try:
            rules.check_date(version.payment_date, today=self.author.today)
            rules.check_amount(
                line.cents,
                outstanding_balance_cents=invoice.outstanding_balance_cents + own_cents,
                currency=invoice.currency,
            )
        except DomainError as error:
            amount = money_text(line.cents, invoice.currency)
            return (
                f"Payment {version.quickbooks_id} gives {amount} to {invoice.full_id} in "
                f"QuickBooks, which is not taken over: {error.message}"
            )
        return None

    async def remove(self, invoice_id: str, reason: str) -> None:
        allocation, payment = self.payments[invoice_id]
        await self.session.delete(allocation)
        invoice = self.invoices[invoice_id]
        await payments.remove(self.session, self.author, invoice, payment, reason)

    async def put(self, version: Version, line: _Line) -> None:
        """A line that fits, in the row that is there for it or in a new one."""
        values = {
            "payment_date": version.payment_date,
            "method": version.method,
            "reference_number": text.cut(version.reference_number, text.REFERENCE_MAX),
            "notes": text.cut(version.notes, text.NOTES_MAX),
            "amount_cents": line.cents,
        }
        invoice = self.invoices[line.invoice_id]
        if invoice.id not in self.payments:
            await self._add(invoice, values)
            return
        _, payment = self.payments[invoice.id]
        previous_cents = payment.amount_cents
        before = payment.model_dump()
        payment.sqlmodel_update(values)
        if payment.model_dump() != before:
            await payments.correct(
                self.session, self.author, invoice, payment, previous_cents=previous_cents
            )

    async def _add(self, invoice: Invoice, values: Mapping[str, Any]) -> None:
        payment = Payment(
            organization_id=self.key.organization_id,
            id=ids.new(ids.PAYMENT),
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            source=self.author.source,
            recorded_by=self.author.name,
            recorded_at=self.author.now,
            **values,
        )
        await payments.add(self.session, self.author, invoice, payment)
        self.session.add(
            QuickBooksAllocation(
                organization_id=self.key.organization_id,
                realm_id=self.key.realm_id,
                quickbooks_id=self.key.quickbooks_id,
                invoice_id=invoice.id,
                payment_id=payment.id,
            )
        )


async def _hold(
    session: AsyncSession, author: Author, key: Key, invoice_ids: Iterable[str]
) -> _Held:
    """Lock the invoices first, by id, as everywhere."""
    allocations = await foreign.allocations(session, key)
    wanted = {*invoice_ids, *(one.invoice_id for one in allocations)}
    invoices = await rows.all_locked(session, Invoice, key.organization_id, wanted)
    payment_ids = [one.payment_id for one in allocations]
    found = await rows.all_locked(session, Payment, key.organization_id, payment_ids)
    held = {one.invoice_id: (one, found[one.payment_id]) for one in allocations}
    return _Held(session, author, key, invoices, held)


async def _is_current(session: AsyncSession, key: Key, version: Version) -> bool:
    """Whether nothing newer was seen; if so it is the newest from now on.

    The same version again may find what stood in its way gone.
    """
    known = await foreign.newest(session, key)
    if known is None:
        _seen(session, key, version.sync_token)
        return True
    if known.is_deleted or known.sync_token > version.sync_token:
        return False
    known.sync_token = version.sync_token
    return True


def _seen(session: AsyncSession, key: Key, sync_token: int) -> QuickBooksPayment:
    known = QuickBooksPayment(
        organization_id=key.organization_id,
        realm_id=key.realm_id,
        quickbooks_id=key.quickbooks_id,
        sync_token=sync_token,
    )
    session.add(known)
    return known
