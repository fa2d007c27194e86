"""Files: documents that clients bring, and exports that they take away."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from db.columns import Id, Instant, Long, LongText, named, table_name, text
from domain.document import SIZE_BYTES_MAX, DocumentType
from domain.export import ExportFormat
from domain.text import NAME_MAX, REASON_MAX

_AWAITED = sql("uploaded_at IS NULL AND deleted_at IS NULL")


class Document(SQLModel, table=True):
    """A file of an invoice. Its bytes lie in the storage, under their digest."""

    __tablename__ = table_name("documents")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "invoice_id"], ["invoices.organization_id", "invoices.id"]
        ),
        # All that is known of the bytes is known when they have arrived, and not before.
        CheckConstraint(
            "(uploaded_at IS NULL) = (size_bytes IS NULL)"
            " AND (uploaded_at IS NULL) = (sha256 IS NULL)",
            name="uploaded",
        ),
        CheckConstraint("(deleted_at IS NULL) = (deleted_by IS NULL)", name="deleted"),
        CheckConstraint(f"size_bytes BETWEEN 0 AND {SIZE_BYTES_MAX}", name="size"),
        Index(None, "organization_id", "invoice_id", "created_at", "id"),
        Index(None, "organization_id", "sha256"),
        # What the sweep looks for; there are never many.
        Index(None, "created_at", postgresql_where=_AWAITED, sqlite_where=_AWAITED),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    id: str = Field(sa_type=Id, primary_key=True)
    invoice_id: str = Field(sa_type=Id)
    document_type: DocumentType = Field(sa_type=named(DocumentType))
    file_name: str = Field(sa_type=text(NAME_MAX))
    mime_type: str = Field(sa_type=text(NAME_MAX))
    description: str | None = Field(sa_type=text(REASON_MAX), default=None)
    created_by: str = Field(sa_type=text(NAME_MAX))
    created_at: datetime = Field(sa_type=Instant)
    uploaded_at: datetime | None = Field(sa_type=Instant, default=None)
    size_bytes: int | None = Field(sa_type=Long, default=None)
    sha256: str | None = Field(sa_type=text(64), default=None)
    deleted_at: datetime | None = Field(sa_type=Instant, default=None)
    deleted_by: str | None = Field(sa_type=text(NAME_MAX), default=None)


class Export(SQLModel, table=True):
    """What a download is to contain; the rows are read when it is fetched."""

    __tablename__ = table_name("exports")
    __table_args__ = (Index(None, "created_at"),)

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    id: str = Field(sa_type=Id, primary_key=True)
    format: ExportFormat = Field(sa_type=named(ExportFormat))
    # The mutation's filter and order, as JSON.
    wanted: str = Field(sa_type=LongText)
    created_by: str = Field(sa_type=text(NAME_MAX))
    created_at: datetime = Field(sa_type=Instant)
