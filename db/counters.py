"""The numbers of INVOICE-12, ORDER-7 and CUST-9."""

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.tables import Counter

CUSTOMERS = "customers"
INVOICES = "invoices"
ORDERS = "orders"


async def values(session: AsyncSession, organization_id: int) -> dict[str, int]:
    """The last number given out, by counter."""
    statement = select(Counter.name, Counter.value).where(
        col(Counter.organization_id) == organization_id
    )
    return dict((await session.exec(statement)).all())


async def set_to(session: AsyncSession, organization_id: int, name: str, value: int) -> None:
    """Say which number was given out last, by whoever gives out many at once."""
    await session.exec(
        update(Counter)
        .where(col(Counter.organization_id) == organization_id, col(Counter.name) == name)
        .values(value=value)
    )


async def next_number(session: AsyncSession, organization_id: int, name: str) -> int:
    """The next number. Others wait for this transaction: no gap when it fails, no number twice."""
    statement = (
        update(Counter)
        .where(col(Counter.organization_id) == organization_id, col(Counter.name) == name)
        .values(value=col(Counter.value) + 1)
        .returning(col(Counter.value))
    )
    return (await session.exec(statement)).scalar_one()
