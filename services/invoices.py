"""Invoices: billing orders, reviewing, sending, deleting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from db import documents, invoices, line_items, rows, search
from db.tables import Invoice
from domain import activity as told
from domain import invoice as rules
from domain import text
from domain.activity import ActivityKind
from domain.errors import InvalidInput
from domain.terms import due_date
from services import activity, addresses, quickbooks_exports
from services.author import Author

_REMIT_TO = "remit_to_address"


async def update_invoice(
    session: AsyncSession,
    author: Author,
    *,
    invoice_id: str,
    changes: Mapping[str, Any],
    expected_version: int | None,
) -> Invoice:
    """Change what is in `changes`; None clears. The due date follows unless it was set by hand."""
    invoice = await rows.get_locked(session, Invoice, author.organization_id, invoice_id, "id")
    activity.check_version(invoice, expected_version)
    before = invoice.model_dump()
    for field, value in changes.items():
        await _set(session, author, invoice, field, value)
    if not invoice.is_due_date_manual:
        invoice.due_date = due_date(invoice.invoice_date, invoice.terms)
    after = invoice.model_dump()
    changed = [field for field in before if before[field] != after[field]]
    if not changed:
        return invoice
    rules.check_editable(invoice)
    if "invoice_date" in changed:
        rules.check_invoice_date_editable(invoice)
    activity.raise_version(author, invoice)
    await index(session, invoice)
    activity.note(
        session, author, invoice, ActivityKind.UPDATED, told.invoice_changed(invoice, changed)
    )
    return invoice


async def send_invoice(
    session: AsyncSession,
    author: Author,
    *,
    invoice_id: str,
    sent_at: date | None,
    expected_version: int | None,
) -> Invoice:
    """Say that the customer has been sent the invoice; again sets the day anew."""
    invoice = await rows.get_locked(session, Invoice, author.organization_id, invoice_id, "id")
    activity.check_version(invoice, expected_version)
    sent_at = sent_at or author.today
    line_item_count = len(await line_items.of(session, invoice))
    rules.check_sendable(
        invoice, line_item_count=line_item_count, sent_at=sent_at, today=author.today
    )
    invoice.sent_at = sent_at
    await invoices.recompute(session, invoice)
    activity.raise_version(author, invoice)
    activity.note(session, author, invoice, ActivityKind.SENT, told.invoice_sent(invoice))
    return invoice


async def delete_invoice(
    session: AsyncSession, author: Author, *, invoice_id: str, reason: str | None
) -> Sequence[str]:
    """Delete an invoice without payments; answers its orders, which can be invoiced anew.

    The row stays, marked deleted, and its number is never used again.
    """
    reason = text.check_optional(reason, "reason", text.REASON_MAX)
    invoice = await rows.get_locked(session, Invoice, author.organization_id, invoice_id, "id")
    rules.check_deletable(invoice)
    order_ids = await invoices.order_ids(session, invoice)
    invoice.deleted_at = author.now
    invoice.deleted_by = author.name
    invoice.deletion_reason = reason
    activity.raise_version(author, invoice)
    await line_items.delete_all(session, invoice)
    await documents.delete_all(session, invoice)
    await invoices.release_orders(session, invoice, author.now)
    await search.write(session, invoice.organization_id, invoice.id, [])
    await quickbooks_exports.withdraw(session, author, invoice)
    activity.note(
        session,
        author,
        invoice,
        ActivityKind.DELETED,
        told.invoice_deleted(invoice, reason),
    )
    return order_ids


async def index(session: AsyncSession, invoice: Invoice) -> None:
    """Make the invoice findable by what it says itself."""
    await search.write(
        session,
        invoice.organization_id,
        invoice.id,
        search.invoice_texts(invoice.full_id, invoice.notes),
    )


async def _set(
    session: AsyncSession, author: Author, invoice: Invoice, field: str, value: Any
) -> None:
    match field:
        case "notes":
            invoice.notes = text.check_optional(value, field, text.NOTES_MAX)
        case "remit_to_address":
            invoice.remit_to_address_id = await addresses.add(session, author, value, field)
        case "due_date":
            invoice.is_due_date_manual = value is not None
            invoice.due_date = value or invoice.due_date
        case _ if value is None:
            raise InvalidInput("This cannot be cleared", field)
        case "terms":
            invoice.terms = value
        case _:
            invoice.invoice_date = value
