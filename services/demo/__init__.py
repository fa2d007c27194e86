"""Demo data: a freight company's customers, orders, invoices and payments of about a year.

Made by the rules of `domain` and told in the words of the services, but written by the thousand.
The same seed and day make the same rows, down to their ids, on every database.
"""

import gc
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from db import bulk, counters, ids, organizations
from db.database import Database
from db.tables import Address, Invoice, Organization
from services.demo.chance import Chance
from services.demo.drafts import ORGANIZATION_ID
from services.demo.workshop import Plan, produce

TIME_ZONE = "America/Toronto"

# So many invoices are made, and written in one transaction.
_AT_A_TIME = 2_000


class NotEmpty(Exception):
    """The organization has data already, which demo data would mix with."""


async def fill(
    database: Database,
    *,
    invoices: int,
    seed: int,
    today: date,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Give the demo organization so many invoices and all that belongs to them.

    `progress` is told how many invoices have been written since it was told last.
    """
    # A third of the time would go into looking for garbage, of which this makes none in cycles.
    gc.disable()
    try:
        await _fill(database, invoices, seed, today, progress)
    finally:
        gc.enable()
    await bulk.analyze(database)


async def _fill(
    database: Database, invoices: int, seed: int, today: date, progress: Callable[[int], None]
) -> None:
    async with database.transaction() as session:
        organization = await _organization(session, today, Chance(seed))
    plan = Plan(invoices, _AT_A_TIME, seed, today, organization.remit_to_address_id)
    with closing(produce(plan)) as produced:
        for entries in produced:
            async with database.transaction() as session:
                await entries.write(session)
            progress(len(entries.rows[Invoice]))


async def _organization(session: AsyncSession, today: date, chance: Chance) -> Organization:
    """The organization without data, made if it is missing."""
    organization = await organizations.find(session, ORGANIZATION_ID)
    if organization is None:
        return await _create(session, today, chance)
    numbers = await counters.values(session, ORGANIZATION_ID)
    if any(numbers.values()):
        raise NotEmpty(
            f"{organization.name} has data already: {numbers[counters.INVOICES]:,} invoices, "
            f"{numbers[counters.ORDERS]:,} orders, {numbers[counters.CUSTOMERS]:,} customers"
        )
    return organization


async def _create(session: AsyncSession, today: date, chance: Chance) -> Organization:
    founded = datetime.combine(today - timedelta(days=700), time(13), tzinfo=UTC)
    milliseconds = (founded - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    address = Address(
        organization_id=ORGANIZATION_ID,
        id=chance.id(ids.ADDRESS, milliseconds),
        company_name="Demo Freight Ltd.",
        address1="200 Bay Street",
        address2="Suite 1400",
        city="Toronto",
        state_code="ON",
        postal_code="M5J 2J2",
        country_code="CA",
    )
    session.add(address)
    await session.flush()
    return await organizations.create(
        session,
        organization_id=ORGANIZATION_ID,
        name="Demo Freight Ltd.",
        time_zone=TIME_ZONE,
        currency="CAD",
        created_at=founded,
        remit_to_address_id=address.id,
    )
