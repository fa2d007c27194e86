"""The organizations that tests are about."""

from sqlmodel.ext.asyncio.session import AsyncSession

from db import organizations
from db.database import Database
from db.tables import Organization
from tests.conftest import NOW

NAME = "Demo Freight"


async def made_organization(
    database: Database, organization_id: int = 1, name: str = NAME
) -> Organization:
    """It bills in Canadian dollars, and lives in Toronto."""
    async with database.transaction() as session:
        return await made_within(session, organization_id, name)


async def made_within(
    session: AsyncSession, organization_id: int = 1, name: str = NAME
) -> Organization:
    return await organizations.create(
        session,
        organization_id=organization_id,
        name=name,
        time_zone="America/Toronto",
        currency="CAD",
        created_at=NOW,
    )
