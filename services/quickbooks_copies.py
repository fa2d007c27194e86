"""What is written of an invoice's copy in QuickBooks while it is made, and when that has ended.

The jobs that call this hold the copy's company alone; each call is in their transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from db import organizations, quickbooks_copies
from db.changes import announce
from db.quickbooks_copies import Draft
from db.tables import QuickBooksInvoice, QuickBooksProblem
from domain import activity as told
from domain.activity import ActivityKind
from domain.payment import PaymentSource
from domain.quickbooks import QuickBooksState, content_digest, difference
from domain.text import NAME_MAX
from services import activity
from services.author import author_of

_ERROR_MAX = 2000


@dataclass(frozen=True, slots=True)
class Seen:
    """The copy as QuickBooks has answered it. `remarks` are for people."""

    quickbooks_id: str
    sync_token: int
    total_cents: int
    is_new: bool = True
    # It was there before this export: payments for it may have been passed over.
    is_adopted: bool = False
    remarks: tuple[str, ...] = field(default=())


async def attempted(session: AsyncSession, draft: Draft) -> None:
    """From now on QuickBooks may have the copy, whatever becomes of the answer."""
    copy = await _locked(session, draft)
    copy.is_attempted = draft.copy.is_attempted = True


async def refused(session: AsyncSession, draft: Draft, *, was_attempted: bool) -> None:
    """The copy was not made: the next request for it is another, with an answer of its own."""
    copy = await _locked(session, draft)
    copy.generation += 1
    copy.is_attempted = was_attempted
    draft.copy.generation, draft.copy.is_attempted = copy.generation, was_attempted


async def exported(session: AsyncSession, draft: Draft, seen: Seen, now: datetime) -> None:
    """QuickBooks has the invoice as it was read; a total that differs there is shown."""
    copy = await _locked(session, draft)
    if copy.generation != draft.copy.generation:
        # Asked for anew meanwhile, as another: the job runs again for that.
        return
    copy.quickbooks_id = seen.quickbooks_id
    copy.sync_token = seen.sync_token
    copy.total_cents = seen.total_cents
    copy.content_digest = content_digest(draft.invoice, draft.lines)
    copy.exported_at = now
    copy.has_unread_payments = copy.has_unread_payments or seen.is_adopted
    difference = _settled(copy, draft)
    remarks = [*seen.remarks, *([] if difference is None else [difference])]
    message = told.invoice_exported(seen.quickbooks_id, remarks, is_new=seen.is_new)
    await _note(session, draft, ActivityKind.EXPORTED, message, now)


async def unchanged(session: AsyncSession, draft: Draft, now: datetime) -> None:
    """QuickBooks has it already as it is: there is nothing to tell, but that it is done."""
    copy = await _locked(session, draft)
    if copy.generation == draft.copy.generation:
        _settled(copy, draft)
        announce(session, draft.invoice, ActivityKind.EXPORTED, now)


async def failed(
    session: AsyncSession,
    draft: Draft,
    reason: str,
    now: datetime,
    *,
    intuit_tid: str | None = None,
    is_gone: bool = False,
) -> None:
    """It is for a person to put right, and to ask again."""
    copy = await _locked(session, draft)
    if copy.generation != draft.copy.generation:
        return
    copy.state = QuickBooksState.FAILED
    copy.error = reason[:_ERROR_MAX]
    copy.intuit_tid = intuit_tid and intuit_tid[:NAME_MAX]
    if is_gone:
        copy.gone_at = now
    message = told.invoice_not_exported(reason[:_ERROR_MAX])
    await _note(session, draft, ActivityKind.EXPORT_FAILED, message, now)


async def withdrawn(
    session: AsyncSession, draft: Draft, quickbooks_id: str | None, now: datetime
) -> None:
    """A deleted invoice's copy is no more, or never was: then nothing is remembered of it."""
    copy = await _locked(session, draft)
    subject = draft.invoice.full_id
    await quickbooks_copies.untell(session, copy.organization_id, copy.realm_id, subject)
    if quickbooks_id is None:
        await session.delete(copy)
        return
    copy.quickbooks_id = quickbooks_id
    copy.state = QuickBooksState.EXPORTED
    copy.exported_at = copy.exported_at or now
    copy.gone_at = now


async def left_behind(session: AsyncSession, draft: Draft, reason: str, now: datetime) -> None:
    """A deleted invoice's copy is still there: that is shown as a problem until it is not."""
    copy = draft.copy
    where = f", invoice {copy.quickbooks_id}," if copy.quickbooks_id else ""
    problem = QuickBooksProblem(
        organization_id=copy.organization_id,
        realm_id=copy.realm_id,
        subject=draft.invoice.full_id,
        message=f"{draft.invoice.full_id} was deleted here, but its copy in QuickBooks{where} "
        f"could not be voided: {reason[:_ERROR_MAX]}",
        since=now,
    )
    await quickbooks_copies.tell(session, problem)


def _settled(copy: QuickBooksInvoice, draft: Draft) -> str | None:
    """Mark it exported; answers what differs there, which is shown with it and never repaired."""
    copy.state = QuickBooksState.EXPORTED
    copy.gone_at = copy.intuit_tid = copy.error = None
    if copy.total_cents is not None:
        invoice = draft.invoice
        copy.error = difference(copy.total_cents, invoice.total_cents, invoice.currency)
    return copy.error


async def _locked(session: AsyncSession, draft: Draft) -> QuickBooksInvoice:
    copy = draft.copy
    found = await quickbooks_copies.all_locked(
        session, copy.organization_id, copy.realm_id, [copy.invoice_id]
    )
    return found[copy.invoice_id]


async def _note(
    session: AsyncSession, draft: Draft, kind: ActivityKind, message: str, now: datetime
) -> None:
    """Told of whoever asked for the export."""
    organization = await organizations.get(session, draft.invoice.organization_id)
    author = author_of(organization, draft.copy.requested_by, now, PaymentSource.QUICKBOOKS)
    activity.note(session, author, draft.invoice, kind, message)
