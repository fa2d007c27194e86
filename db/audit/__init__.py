"""The proof that every derived value in the database is what its rows make it.

Each is computed anew by the rules of `domain` and compared with what is stored. Rows are read a
page at a time, all from one snapshot, so that neither a large database nor a busy one matters.
"""

from sqlmodel import col, select

from db.audit import customers, documents, invoices, numbers, orders, quickbooks, words
from db.audit.reading import Reading, Report
from db.database import Database
from db.tables import Organization

__all__ = ["Report", "differences", "report"]


async def differences(database: Database) -> list[str]:
    """Every stored value that differs from what its rows make it, in words; none if all is well."""
    return (await report(database)).differences


async def report(database: Database) -> Report:
    """What differs, and how much was looked at."""
    told = Report()
    async with database.snapshot() as connection:
        organization_ids = await connection.scalars(
            select(col(Organization.id)).order_by(col(Organization.id))
        )
        for organization_id in organization_ids.all():
            reading = Reading(connection, organization_id, told)
            for check in (numbers, customers, orders, invoices, documents, quickbooks, words):
                await check.check(reading)
    return told
