"""What happens in QuickBooks to invoices' copies: noticed, shown, and never undone by itself."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from db import quickbooks_copies, rows
from db.tables import Invoice, QuickBooksInvoice, QuickBooksProblem
from domain import activity as told
from domain.activity import ActivityKind
from domain.quickbooks import QuickBooksState, difference
from services import activity, quickbooks_exports
from services.author import Author


@dataclass(frozen=True, slots=True)
class Seen:
    """A copy as it is there."""

    sync_token: int
    total_cents: int
    is_voided: bool


async def see(
    session: AsyncSession, author: Author, realm_id: str, invoice_id: str, seen: Seen
) -> None:
    """Keep a copy's newest version; a total that differs from the invoice's is shown."""
    copy, invoice = await _locked(session, author, realm_id, invoice_id)
    if copy is None or copy.is_gone or (copy.sync_token or 0) > seen.sync_token:
        return
    copy.sync_token = seen.sync_token
    copy.total_cents = seen.total_cents
    if seen.is_voided:
        await _gone(session, author, copy, invoice, "voided")
    elif copy.state is QuickBooksState.EXPORTED and invoice is not None:
        copy.error = difference(seen.total_cents, invoice.total_cents, invoice.currency)


async def lose(session: AsyncSession, author: Author, realm_id: str, invoice_id: str) -> None:
    """A copy is not there any more."""
    copy, invoice = await _locked(session, author, realm_id, invoice_id)
    if copy is not None and not copy.is_gone:
        await _gone(session, author, copy, invoice, "deleted")


async def tell(
    session: AsyncSession, author: Author, realm_id: str, quickbooks_id: str, reason: str | None
) -> None:
    """Say why nothing could be concluded from what was read of a copy, or that all is well."""
    subject = f"Invoice {quickbooks_id}"
    if reason is None:
        await quickbooks_copies.untell(session, author.organization_id, realm_id, subject)
        return
    problem = QuickBooksProblem(
        organization_id=author.organization_id,
        realm_id=realm_id,
        subject=subject,
        message=f"What became of invoice {quickbooks_id} in QuickBooks is not known: {reason}",
        since=author.now,
    )
    await quickbooks_copies.tell(session, problem)


async def _gone(
    session: AsyncSession,
    author: Author,
    copy: QuickBooksInvoice,
    invoice: Invoice | None,
    how: str,
) -> None:
    copy.gone_at = author.now
    if invoice is None:
        # Deleted here as well, so that is how it should be: its job has only to say so.
        await quickbooks_exports.enqueue(session, author, copy.realm_id, copy.invoice_id)
        return
    copy.state = QuickBooksState.FAILED
    again = "export it again to make it anew there"
    copy.error = f"{invoice.full_id} was {how} in QuickBooks: {again}"
    message = told.invoice_gone(copy.quickbooks_id or "", how)
    activity.note(session, author, invoice, ActivityKind.EXPORT_FAILED, message)


async def _locked(
    session: AsyncSession, author: Author, realm_id: str, invoice_id: str
) -> tuple[QuickBooksInvoice | None, Invoice | None]:
    """The copy and its invoice, unless that is deleted; the invoice locked first, as everywhere."""
    invoices = await rows.all_locked(session, Invoice, author.organization_id, [invoice_id])
    copies = await quickbooks_copies.all_locked(
        session, author.organization_id, realm_id, [invoice_id]
    )
    return copies.get(invoice_id), invoices.get(invoice_id)
