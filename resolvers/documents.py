"""Documents: where they are downloaded, and the mutations that attach and remove them."""

from datetime import datetime
from typing import Any

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from engine.declare import Answer, computed
from resolvers.changes import change, given
from resolvers.context import Context
from resolvers.enums import DocumentType
from resolvers.scalars import URL
from services import documents as service
from services.author import Author
from services.documents import NewDocument


@computed("id", "uploaded_at")
def url(document_id: str, uploaded_at: datetime | None, *, request: Context) -> URL | None:
    """Where to download it, for an hour; null until its bytes have arrived.

    Whoever has this address may use it, until the document is removed.
    """
    if uploaded_at is None:
        return None
    signer, organization_id = request.files.signer, request.organization_id
    return URL(service.download_url(signer, organization_id, document_id, now=request.now))


@strawberry.input(description="A file to attach to an invoice. Its bytes are sent afterwards.")
class AttachDocumentInput:
    invoice_id: strawberry.ID = strawberry.field(description="To which invoice.")
    file_name: str = strawberry.field(
        description="Its name, at most 200 characters. Folders, unseen characters and whatever a "
        "system could act on are taken out of it."
    )
    mime_type: str = strawberry.field(
        description="What kind of file it is, such as `application/pdf` or `image/jpeg`. Bytes "
        "that are of another kind will be refused."
    )
    document_type: DocumentType = strawberry.field(description="What it is.")
    description: str | None = strawberry.field(
        default=strawberry.UNSET, description="Anything worth knowing; at most 500 characters."
    )


async def attach_document(context: Context, input: AttachDocumentInput) -> Answer:
    """Attach a file to an invoice, whatever its status: first its name, then its bytes.

    The payload has an `uploadUrl`: PUT the bytes there. They can be downloaded from the
    document's `url` when all of them have arrived. A document whose bytes have not come a day
    after its address expired is removed.
    """
    new = NewDocument(
        file_name=input.file_name,
        mime_type=input.mime_type,
        document_type=input.document_type,
        description=given(input.description),
    )

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        document = await service.attach_document(
            session, author, invoice_id=input.invoice_id, new=new
        )
        upload_url = service.upload_url(
            context.files.signer, author.organization_id, document.id, now=author.now
        )
        return {
            "document": document.id,
            "uploadUrl": upload_url,
            "invoice": document.invoice_id,
        }

    return await change(context, "AttachDocumentPayload", work)


@strawberry.input(description="A document to remove.")
class RemoveDocumentInput:
    id: strawberry.ID = strawberry.field(description="Which document.")


async def remove_document(context: Context, input: RemoveDocumentInput) -> Answer:
    """Remove a document from its invoice. Its addresses are dead from then on."""

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        document = await service.remove_document(session, author, document_id=input.id)
        return {"removedDocumentId": document.id, "invoice": document.invoice_id}

    return await change(context, "RemoveDocumentPayload", work)
