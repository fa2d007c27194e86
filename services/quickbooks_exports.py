"""Exporting invoices to QuickBooks Online: what is asked for here, and done by a job."""

import json
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs, quickbooks_copies, rows
from db.tables import Invoice, QuickBooksInvoice, QuickBooksProblem
from domain import quickbooks as rules
from domain.errors import at
from domain.job import JobKind
from domain.quickbooks import QuickBooksState
from services.author import Author


async def export(
    session: AsyncSession, author: Author, *, invoice_ids: Sequence[str]
) -> Sequence[str]:
    """Ask for the copies of these invoices, all or none; answers the invoices' ids, each once."""
    places: dict[str, int] = {}
    for place, invoice_id in enumerate(invoice_ids):
        places.setdefault(invoice_id, place)
    rules.check_count(len(places))
    connection = rules.check_connected(
        await quickbooks_copies.connection(session, author.organization_id)
    )
    invoices = await rows.all_locked(session, Invoice, author.organization_id, places)
    lines = await quickbooks_copies.line_items_by_invoice(session, author.organization_id, places)
    copies = await quickbooks_copies.all_locked(
        session, author.organization_id, connection.realm_id, places
    )
    for invoice_id, place in places.items():
        charged = lines.get(invoice_id, [])
        with at("invoice_ids", str(place)):
            if invoice_id not in invoices:
                raise rows.not_found(Invoice)
            rules.check_exportable(invoices[invoice_id], line_item_count=len(charged))
        copy = copies.get(invoice_id)
        digest = rules.content_digest(invoices[invoice_id], charged)
        if copy is None or rules.needs_export(copy, digest):
            session.add(_queued(author, connection.realm_id, invoice_id, copy))
            await session.flush()
            await enqueue(session, author, connection.realm_id, invoice_id)
    return list(places)


async def enqueue(session: AsyncSession, author: Author, realm_id: str, invoice_id: str) -> None:
    """Have an invoice's copy brought in step with it, whatever that takes."""
    await jobs.enqueue(
        session,
        organization_id=author.organization_id,
        kind=JobKind.PUSH_INVOICE,
        key=invoice_id,
        lane=rules.lane(realm_id),
        payload=json.dumps({"realm": realm_id}),
        now=author.now,
    )


async def withdraw(session: AsyncSession, author: Author, invoice: Invoice) -> None:
    """Have a deleted invoice's copy voided, whether it is there or still under way."""
    connection = await quickbooks_copies.connection(session, author.organization_id)
    for copy in await quickbooks_copies.everywhere(session, invoice):
        if connection is not None and copy.realm_id == connection.realm_id:
            await enqueue(session, author, copy.realm_id, invoice.id)
        elif not copy.is_gone:
            # Another company's: it is told of where that is connected again.
            await quickbooks_copies.tell(session, _left_behind(author, copy, invoice))


async def resume(session: AsyncSession, author: Author, realm_id: str) -> None:
    """A company is connected (again): void the copies of what was deleted here meanwhile."""
    for copy in await quickbooks_copies.of_deleted(session, author.organization_id, realm_id):
        await enqueue(session, author, realm_id, copy.invoice_id)


def _queued(
    author: Author, realm_id: str, invoice_id: str, copy: QuickBooksInvoice | None
) -> QuickBooksInvoice:
    """The copy as it is asked for; one that is gone there is made anew, as another."""
    if copy is None:
        copy = QuickBooksInvoice(
            organization_id=author.organization_id,
            realm_id=realm_id,
            invoice_id=invoice_id,
            requested_by=author.name,
        )
    if copy.is_gone:
        copy.generation += 1
        copy.is_attempted = False
        copy.quickbooks_id = copy.sync_token = copy.total_cents = copy.content_digest = None
        copy.gone_at = None
    copy.state = QuickBooksState.QUEUED
    copy.requested_by = author.name
    copy.error = copy.intuit_tid = None
    return copy


def _left_behind(author: Author, copy: QuickBooksInvoice, invoice: Invoice) -> QuickBooksProblem:
    return QuickBooksProblem(
        organization_id=author.organization_id,
        realm_id=copy.realm_id,
        subject=invoice.full_id,
        message=f"{invoice.full_id} was deleted here while another company was connected, and its "
        "copy in QuickBooks is still to be voided",
        since=author.now,
    )
