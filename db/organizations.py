"""Organizations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import counters
from db.tables import Counter, Organization


async def get(session: AsyncSession, organization_id: int) -> Organization:
    statement = select(Organization).where(col(Organization.id) == organization_id)
    return (await session.exec(statement)).one()


async def find(session: AsyncSession, organization_id: int) -> Organization | None:
    return await session.get(Organization, organization_id)


# The one that `remit demo` fills, and that a server without keys shows.
DEMO = 1


async def listed(session: AsyncSession) -> Sequence[Organization]:
    statement = select(Organization).order_by(col(Organization.id))
    return (await session.exec(statement)).all()


async def next_id(session: AsyncSession) -> int:
    """The next number, for which others who make an organization wait."""
    first = select(col(Organization.id)).order_by(col(Organization.id)).limit(1).with_for_update()
    await session.exec(first)
    highest = (await session.exec(select(func.max(col(Organization.id))))).one()
    return max(highest or 0, DEMO) + 1


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
