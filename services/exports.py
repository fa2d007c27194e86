"""Files to be taken away: asked for now, and read when they are fetched."""

from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids
from db.tables import Export
from domain.export import ExportFormat
from services.author import Author


def ask(session: AsyncSession, author: Author, *, format: ExportFormat, wanted: str) -> str:
    """Remember what is wanted, filter and order as JSON. Answers the path of the file."""
    export = Export(
        organization_id=author.organization_id,
        id=ids.new(ids.EXPORT),
        format=format,
        wanted=wanted,
        created_by=author.name,
        created_at=author.now,
    )
    session.add(export)
    return path(export.organization_id, export.id)


def path(organization_id: int | str, export_id: str) -> str:
    return f"/exports/{organization_id}/{export_id}"
