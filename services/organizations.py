"""Organizations: made by whoever runs the server, never over the API."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import available_timezones

from sqlmodel.ext.asyncio.session import AsyncSession

from db import organizations
from db.tables import Organization
from domain.errors import InvalidInput
from domain.text import NAME_MAX, check_currency, check_required


async def create(
    session: AsyncSession, *, name: str, time_zone: str, currency: str, now: datetime
) -> Organization:
    """A company that bills, with nothing in it yet."""
    checked = check_required(name, "name", NAME_MAX)
    if time_zone not in available_timezones():
        raise InvalidInput("This is not a time zone, such as America/Toronto", "time_zone")
    return await organizations.create(
        session,
        organization_id=await organizations.next_id(session),
        name=checked,
        time_zone=time_zone,
        currency=check_currency(currency),
        created_at=now,
    )


async def listed(session: AsyncSession) -> Sequence[Organization]:
    """All there are, in the order in which they were made."""
    return await organizations.listed(session)
