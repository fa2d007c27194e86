"""Documents: attaching and removing them, and the addresses by which their bytes come and go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from db import documents, ids, rows
from db.tables import Document, Invoice
from domain import activity as told
from domain import document as rules
from domain import text
from domain.activity import ActivityKind
from domain.document import DocumentType
from services import activity
from services.author import Author
from services.signing import Signer

UPLOAD_LIFETIME = timedelta(hours=1)
DOWNLOAD_LIFETIME = timedelta(hours=1)


@dataclass(frozen=True)
class NewDocument:
    file_name: str
    mime_type: str
    document_type: DocumentType
    description: str | None


def upload_url(signer: Signer, organization_id: int, document_id: str, *, now: datetime) -> str:
    """Where the bytes are PUT."""
    return signer.url("PUT", path(organization_id, document_id), now=now, lifetime=UPLOAD_LIFETIME)


def download_url(signer: Signer, organization_id: int, document_id: str, *, now: datetime) -> str:
    """Where the bytes are got."""
    place = path(organization_id, document_id)
    return signer.url("GET", place, now=now, lifetime=DOWNLOAD_LIFETIME)


def path(organization_id: int | str, document_id: str) -> str:
    return f"/documents/{organization_id}/{document_id}"


async def attach_document(
    session: AsyncSession, author: Author, *, invoice_id: str, new: NewDocument
) -> Document:
    """Make room for a file of an invoice; its bytes come later, by an address of their own."""
    document = Document(
        organization_id=author.organization_id,
        id=ids.new(ids.DOCUMENT),
        invoice_id=invoice_id,
        document_type=new.document_type,
        file_name=rules.check_file_name(new.file_name),
        mime_type=rules.check_mime_type(new.mime_type),
        description=text.check_optional(new.description, "description", text.REASON_MAX),
        created_by=author.name,
        created_at=author.now,
    )
    invoice = await rows.get_locked(
        session, Invoice, author.organization_id, invoice_id, "invoice_id"
    )
    rules.check_count(await documents.count(session, invoice))
    session.add(document)
    activity.raise_version(author, invoice)
    message = told.document_attached(document)
    activity.note(session, author, invoice, ActivityKind.DOCUMENT_ATTACHED, message)
    return document


async def remove_document(session: AsyncSession, author: Author, *, document_id: str) -> Document:
    """Take a document from its invoice. The row is kept, marked; the bytes are swept later."""
    document, invoice = await _locked(session, author, document_id)
    _remove(session, author, document, invoice)
    return document


async def remove_never_uploaded(session: AsyncSession, author: Author, *, document_id: str) -> bool:
    """Take away a document whose bytes have not come; whether they still have not."""
    document, invoice = await _locked(session, author, document_id)
    if document.uploaded_at is not None:
        return False
    _remove(session, author, document, invoice)
    return True


async def _locked(
    session: AsyncSession, author: Author, document_id: str
) -> tuple[Document, Invoice]:
    """The document with its invoice, the invoice locked first, as everywhere."""
    found = await rows.find(session, Document, author.organization_id, document_id)
    if found is None:
        raise rows.not_found(Document, "id")
    invoice = await rows.get_locked(
        session, Invoice, author.organization_id, found.invoice_id, "id"
    )
    return await rows.get_locked(
        session, Document, author.organization_id, document_id, "id"
    ), invoice


def _remove(session: AsyncSession, author: Author, document: Document, invoice: Invoice) -> None:
    document.deleted_at = author.now
    document.deleted_by = author.name
    activity.raise_version(author, invoice)
    has_arrived = document.uploaded_at is not None
    message = told.document_removed(document, has_arrived=has_arrived)
    activity.note(session, author, invoice, ActivityKind.DOCUMENT_REMOVED, message)
