"""A company in QuickBooks to which a test's organization is connected, as far as rows say it."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from db import quickbooks_copies, rows
from db.database import Database
from db.tables import Invoice, Job, QuickBooksConnection, QuickBooksInvoice
from domain.quickbooks import QuickBooksState, content_digest
from tests.conftest import NOW

REALM = "9130350000000001"
LATER = NOW + timedelta(minutes=1)


async def connect(
    database: Database, organization_id: int = 1, realm_id: str = REALM, **rest: Any
) -> None:
    """Be connected to this company, whatever was connected before."""
    values: Any = {
        "organization_id": organization_id,
        "realm_id": realm_id,
        "company_name": "Acme Books",
        "tokens": "encrypted",
        "connected_at": NOW,
        "connected_by": "Somebody",
        "changed_since": NOW,
        **rest,
    }
    async with database.transaction() as session:
        await session.merge(QuickBooksConnection(**values))


async def put_copy(database: Database, invoice_id: str, **rest: Any) -> None:
    """Say of an invoice's copy what a job would have written."""
    values: Any = {
        "organization_id": 1,
        "realm_id": REALM,
        "invoice_id": invoice_id,
        "requested_by": "Demo",
        **rest,
    }
    async with database.transaction() as session:
        await session.merge(QuickBooksInvoice(**values))


async def exported(database: Database, invoice_id: str, **rest: Any) -> None:
    """Say that the invoice's copy is there, and says what the invoice says now."""
    async with database.transaction() as session:
        invoice = (await rows.all_locked(session, Invoice, 1, [invoice_id]))[invoice_id]
        lines = await quickbooks_copies.line_items_by_invoice(session, 1, [invoice_id])
    await put_copy(
        database,
        invoice_id,
        state=QuickBooksState.EXPORTED,
        quickbooks_id="145",
        sync_token=0,
        exported_at=LATER,
        content_digest=content_digest(invoice, lines[invoice_id]),
        **rest,
    )


async def copies(database: Database) -> list[QuickBooksInvoice]:
    """The tested organization's, in the order in which their invoices were made."""
    statement = (
        select(QuickBooksInvoice)
        .where(col(QuickBooksInvoice.organization_id) == 1)
        .order_by(col(QuickBooksInvoice.invoice_id))
    )
    async with database.transaction() as session:
        return list((await session.exec(statement)).all())


async def awaited(database: Database) -> list[tuple[str, str, str]]:
    """The kind, key and payload of every job of the tested organization."""
    statement = (
        select(col(Job.kind), col(Job.key), col(Job.payload))
        .where(col(Job.organization_id) == 1)
        .order_by(col(Job.key))
    )
    return [tuple(row) for row in await database.read(statement)]
