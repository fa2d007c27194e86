"""Documents: the files of an invoice."""

from datetime import datetime
from typing import ClassVar

import strawberry

from db import ids, tables
from engine.declare import Column, declared, resolved_by, stands
from resolvers import documents
from resolvers.enums import DocumentType
from resolvers.scalars import URL
from schema.fields import column
from schema.node import Node


@strawberry.type(
    description="A file of an invoice, such as a signed proof of delivery. It is there as soon as "
    "it is attached, and can be downloaded when its bytes have arrived."
)
class Document(Node):
    stands_on: ClassVar = stands(
        tables.Document, ids.DOCUMENT, live=lambda row: row.c.deleted_at.is_(None)
    )

    document_type: DocumentType = column("What it is.")
    file_name: str = column("The name under which it is downloaded.")
    mime_type: str = column("What kind of file it is, such as `application/pdf`.")
    description: str | None = column("Anything worth knowing.")
    size: int | None = declared(
        Column(unit="_bytes"), "How many bytes it has; null until they have arrived."
    )
    url: URL | None = resolved_by(documents.url)
    created_at: datetime = column("When it was attached.")
