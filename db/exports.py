"""Exports that have been asked for."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.database import Database
from db.tables import Export, Organization
from domain.export import KEPT, ExportFormat


class Asked(NamedTuple):
    """What a file is to contain, by the mutation's filter and order as JSON, and whose it is."""

    format: ExportFormat
    wanted: str
    created_at: datetime
    time_zone: str


async def find(database: Database, organization_id: int, export_id: str) -> Asked | None:
    statement = (
        select(
            col(Export.format),
            col(Export.wanted),
            col(Export.created_at),
            col(Organization.time_zone),
        )
        .join(Organization, col(Organization.id) == col(Export.organization_id))
        .where(col(Export.organization_id) == organization_id, col(Export.id) == export_id)
    )
    found = await database.read_own(statement)
    return Asked(*found[0]) if found else None


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    await session.exec(delete(Export).where(col(Export.created_at) < now - KEPT))
