"""Organizations."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import counters
from db.tables import Counter, Organization


async def get(session: AsyncSession, organization_id: int) -> Organization:
    statement = select(Organization).where(col(Organization.id) == organization_id)
    return (await session.exec(statement)).one()


async def find(session: AsyncSession, organization_id: int) -> Organization | None:
    return await session.get(Organization, organization_id)


async def create(
    session: AsyncSession,
    *,
    organization_id: int,
    name: str,
    time_zone: str,
    currency: str,
    created_at: datetime,
    **rest: Any,
) -> Organization:
    """An organization with its counters at zero."""
    organization = Organization(
        id=organization_id,
        name=name,
        time_zone=time_zone,
        currency=currency,
        created_at=created_at,
        **rest,
    )
    session.add(organization)
    await session.flush()
    for counter in (counters.CUSTOMERS, counters.INVOICES, counters.ORDERS):
        session.add(Counter(organization_id=organization_id, name=counter, value=0))
    await session.flush()
    return organization
