"""The audit of documents: what is known of their bytes, and the invoices that they belong to."""

import re
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from db.audit.reading import Reading
from db.tables import Document, Invoice
from domain.document import DOCUMENTS_MAX, SIZE_BYTES_MAX

_SHA256 = re.compile(r"[0-9a-f]{64}")


async def check(reading: Reading) -> None:
    pages = reading.pages(
        Document,
        col(Document.invoice_id),
        col(Document.uploaded_at),
        col(Document.size_bytes),
        col(Document.sha256),
        col(Document.deleted_at),
    )
    async for page in pages:
        reading.counted("documents", len(page.rows))
        gone = await _deleted(reading, {row.invoice_id for row in page.rows})
        for document in page.rows:
            name = f"Document {document.id}"
            _check_bytes(reading, document, name)
            if document.deleted_at is None and document.invoice_id in gone:
                number = gone[document.invoice_id]
                reading.differs(name, f"INVOICE-{number} is deleted, but it is not")
    await _check_counts(reading)


def _check_bytes(reading: Reading, document: Any, name: str) -> None:
    known = (document.uploaded_at, document.size_bytes, document.sha256)
    if known == (None, None, None):
        return
    if None in known:
        reading.differs(name, "of its bytes only some is known: when, how many, their digest")
        return
    if not 0 <= document.size_bytes <= SIZE_BYTES_MAX:
        reading.differs(name, f"it cannot have {document.size_bytes:,} bytes")
    if not _SHA256.fullmatch(document.sha256):
        reading.differs(name, f"“{document.sha256}” is no SHA-256")


async def _deleted(reading: Reading, invoice_ids: set[str]) -> dict[str, int]:
    """The numbers of those of the invoices that are deleted."""
    statement = select(col(Invoice.id), col(Invoice.number)).where(
        col(Invoice.organization_id) == reading.organization_id,
        col(Invoice.id).in_(invoice_ids),
        col(Invoice.deleted_at).is_not(None),
    )
    return dict[str, int](await reading.rows(statement))


async def _check_counts(reading: Reading) -> None:
    statement = (
        select(col(Invoice.number), func.count())
        .join(
            Document,
            (col(Document.organization_id) == col(Invoice.organization_id))
            & (col(Document.invoice_id) == col(Invoice.id)),
        )
        .where(
            col(Invoice.organization_id) == reading.organization_id,
            col(Document.deleted_at).is_(None),
        )
        .group_by(col(Invoice.number))
        .having(func.count() > DOCUMENTS_MAX)
        .order_by(col(Invoice.number))
    )
    for number, count in await reading.rows(statement):
        reading.differs(f"INVOICE-{number}", f"it has {count:,} documents of {DOCUMENTS_MAX}")
