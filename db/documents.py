"""Documents: their rows as uploads, downloads and sweeps need them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, text, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from db.database import Database
from db.tables import Document, Invoice


class File(NamedTuple):
    """What is known of a document's bytes; the last two when they have arrived."""

    file_name: str
    mime_type: str
    size_bytes: int | None
    sha256: str | None


async def count(session: AsyncSession, invoice: Invoice) -> int:
    """How many documents an invoice has."""
    statement = select(func.count()).where(*_live_of(invoice))
    return (await session.exec(statement)).one()


async def delete_all(session: AsyncSession, invoice: Invoice) -> None:
    """Mark the documents of a deleted invoice, as it was marked."""
    await session.exec(
        update(Document)
        .where(*_live_of(invoice))
        .values(deleted_at=invoice.deleted_at, deleted_by=invoice.deleted_by)
    )


async def find(database: Database, organization_id: int, document_id: str) -> File | None:
    """The live document as it was last committed."""
    statement = select(
        col(Document.file_name),
        col(Document.mime_type),
        col(Document.size_bytes),
        col(Document.sha256),
    ).where(*_is(organization_id, document_id), col(Document.deleted_at).is_(None))
    found = await database.read_own(statement)
    return File(*found[0]) if found else None


async def mark_uploaded(
    session: AsyncSession,
    organization_id: int,
    document_id: str,
    *,
    size_bytes: int,
    sha256: str,
    now: datetime,
) -> Invoice | None:
    """Say that the bytes are there; answers whose document it is.

    None where that has been said before, or it is removed.
    """
    marked = await session.exec(
        update(Document)
        .where(
            *_is(organization_id, document_id),
            col(Document.deleted_at).is_(None),
            col(Document.uploaded_at).is_(None),
        )
        .values(uploaded_at=now, size_bytes=size_bytes, sha256=sha256)
        .returning(col(Document.invoice_id))
    )
    invoice_id = marked.scalar_one_or_none()
    return None if invoice_id is None else await session.get(Invoice, (organization_id, invoice_id))


async def hold(session: AsyncSession, organization_id: int, sha256: str) -> None:
    """Be alone with these bytes until the transaction ends.

    Whoever says that they are there, and whoever deletes them because nobody says so, must not do
    it at the same time. SQLite's writers are alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(bytes.fromhex(sha256)[:8], signed=True) ^ organization_id
        connection = await session.connection()
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def is_referred(session: AsyncSession, organization_id: int, sha256: str) -> bool:
    """Whether a live document stands for these bytes."""
    found = await session.exec(_referring(organization_id, [sha256]).limit(1))
    return found.first() is not None


async def referred(
    database: Database, organization_id: int, digests: Collection[str]
) -> frozenset[str]:
    """Those of the digests whose bytes a live document stands for."""
    found = await database.read_own(_referring(organization_id, digests).distinct())
    return frozenset(row[0] for row in found)


async def never_uploaded(database: Database, *, before: datetime) -> Sequence[tuple[int, str]]:
    """Organization and id of documents attached before then whose bytes have not come."""
    statement = select(col(Document.organization_id), col(Document.id)).where(
        col(Document.created_at) < before,
        col(Document.uploaded_at).is_(None),
        col(Document.deleted_at).is_(None),
    )
    return [(found[0], found[1]) for found in await database.read_own(statement)]


def _is(organization_id: int, document_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Document.organization_id) == organization_id,
        col(Document.id) == document_id,
    )


def _live_of(invoice: Invoice) -> tuple[Any, ...]:
    return (
        col(Document.organization_id) == invoice.organization_id,
        col(Document.invoice_id) == invoice.id,
        col(Document.deleted_at).is_(None),
    )


def _referring(organization_id: int, digests: Collection[str]) -> SelectOfScalar[str | None]:
    return select(col(Document.sha256)).where(
        col(Document.organization_id) == organization_id,
        col(Document.sha256).in_(digests),
        col(Document.deleted_at).is_(None),
    )
