"""The audit of numbers: 1 to n without a gap, and counters that stand at n."""

from itertools import count
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from db import counters
from db.audit.reading import Reading
from db.tables import Counter, Customer, Invoice, Order

_NUMBERED = {counters.CUSTOMERS: Customer, counters.INVOICES: Invoice, counters.ORDERS: Order}


async def check(reading: Reading) -> None:
    statement = select(col(Counter.name), col(Counter.value)).where(
        col(Counter.organization_id) == reading.organization_id
    )
    values = dict[str, int](await reading.rows(statement))
    for name, table in _NUMBERED.items():
        highest = await _check_gapless(reading, name, table)
        if name not in values:
            reading.differs(f"The counter of {name}", "it is missing")
        elif values[name] != highest:
            how = f"it stands at {values[name]}, the highest number is {highest}"
            reading.differs(f"The counter of {name}", how)


async def _check_gapless(reading: Reading, name: str, table: Any) -> int:
    """Answers the highest number."""
    own = table.organization_id == reading.organization_id
    lowest, highest, rows = (
        await reading.rows(
            select(func.min(table.number), func.max(table.number), func.count()).where(own)
        )
    )[0]
    # No number stands twice: the database sees to that.
    if rows and (lowest != 1 or highest != rows):
        numbers = await reading.rows(select(table.number).where(own).order_by(table.number))
        missing = next(n for n, row in zip(count(1), numbers, strict=False) if row[0] != n)
        reading.differs(f"The numbers of {name}", f"{missing} is missing")
    return highest or 0
