"""How a document's bytes come in: counted, digested, looked at, stored, and only then shown.

Refused
├── Gone               there is no such document, or none any more
├── AlreadyUploaded    its bytes have come before
├── TooLarge
├── OtherSize          more or fewer bytes than were announced
└── OtherType          the bytes are of another kind than was said
"""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from datetime import datetime

from db import documents
from db.changes import announce
from db.database import Database
from db.documents import File
from domain.activity import ActivityKind
from domain.document import SIZE_BYTES_MAX
from services import sniffing
from services.storage import Arriving, Storage


class Refused(Exception):
    """The bytes are not taken, and nothing has changed."""


class Gone(Refused):
    def __init__(self) -> None:
        super().__init__("There is no such document")


class AlreadyUploaded(Refused):
    def __init__(self) -> None:
        super().__init__("The bytes of this document have come already. Attach another document")


class TooLarge(Refused):
    def __init__(self) -> None:
        super().__init__(f"A document has at most {SIZE_BYTES_MAX:,} bytes")


class OtherSize(Refused):
    def __init__(self) -> None:
        super().__init__("This is not as many bytes as Content-Length says")


class OtherType(Refused):
    def __init__(self, mime_type: str) -> None:
        super().__init__(f"These bytes are not {mime_type}, as the document was said to be")


@dataclass(frozen=True)
class Target:
    """The document that bytes are for."""

    organization_id: int
    document_id: str


async def receive(
    database: Database,
    storage: Storage,
    target: Target,
    chunks: AsyncIterable[bytes],
    *,
    announced_bytes: int | None,
    now: datetime,
) -> str:
    """Take in all bytes of a document, or refuse them; answers their SHA-256.

    Until the last statement nobody sees anything of it. Whatever ends it before leaves nothing.
    """
    document = await _expected(database, target)
    if announced_bytes is not None and announced_bytes > SIZE_BYTES_MAX:
        raise TooLarge
    with storage.waiting_file() as file:
        arriving = Arriving(file, head_bytes=sniffing.HEAD_BYTES)
        async for chunk in chunks:
            await arriving.add(chunk)
            if arriving.size_bytes > SIZE_BYTES_MAX:
                raise TooLarge
        await arriving.write()
        if announced_bytes not in {None, arriving.size_bytes}:
            raise OtherSize
        if sniffing.contradicts(document.mime_type, arriving.head):
            raise OtherType(document.mime_type)
        await _keep(database, storage, target, arriving, now=now)
    return arriving.sha256


async def drop_unused(
    database: Database, storage: Storage, organization_id: int, sha256: str
) -> bool:
    """Delete an object unless a live document stands for it; whether it was deleted."""
    async with database.transaction() as session:
        await documents.hold(session, organization_id, sha256)
        if await documents.is_referred(session, organization_id, sha256):
            return False
        await storage.delete(organization_id, sha256)
        return True


async def _expected(database: Database, target: Target) -> File:
    """The document, which still waits for its bytes."""
    document = await documents.find(database, target.organization_id, target.document_id)
    if document is None:
        raise Gone
    if document.sha256 is not None:
        raise AlreadyUploaded
    return document


async def _keep(
    database: Database, storage: Storage, target: Target, arriving: Arriving, *, now: datetime
) -> None:
    organization_id, sha256 = target.organization_id, arriving.sha256
    is_marked: bool | None = None
    while is_marked is None:
        if not await storage.has(organization_id, sha256, arriving.size_bytes):
            await storage.put(organization_id, sha256, arriving.file)
        is_marked = await _mark(database, storage, target, arriving, now=now)
    if not is_marked:
        # Somebody was faster, with these bytes or with others, or the document was removed.
        await drop_unused(database, storage, organization_id, sha256)
        await _expected(database, target)
        raise AlreadyUploaded


async def _mark(
    database: Database, storage: Storage, target: Target, arriving: Arriving, *, now: datetime
) -> bool | None:
    """Say that the bytes are there; None where a sweep has taken them away since they were stored.

    As long as this has hold of them, no sweep will.
    """
    organization_id, sha256 = target.organization_id, arriving.sha256
    async with database.transaction() as session:
        await documents.hold(session, organization_id, sha256)
        if not await storage.has(organization_id, sha256, arriving.size_bytes):
            return None
        invoice = await documents.mark_uploaded(
            session,
            organization_id,
            target.document_id,
            size_bytes=arriving.size_bytes,
            sha256=sha256,
            now=now,
        )
        if invoice is not None:
            # Its history told of the document when it was attached; that it can be got is new.
            announce(session, invoice, ActivityKind.DOCUMENT_ATTACHED, now)
        return invoice is not None
