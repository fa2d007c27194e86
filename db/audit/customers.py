"""The audit of customers: the form in which their names sort."""

from sqlmodel import col

from db.audit.reading import Reading
from db.tables import Customer
from domain.text import NAME_MAX, folded


async def check(reading: Reading) -> None:
    pages = reading.pages(
        Customer, col(Customer.number), col(Customer.name), col(Customer.name_folded)
    )
    async for page in pages:
        reading.counted("customers", len(page.rows))
        for _, number, name, name_folded in page.rows:
            truth = folded(name)[:NAME_MAX]
            if name_folded != truth:
                how = f"name to sort by is stored as “{name_folded}”, the name gives “{truth}”"
                reading.differs(f"CUST-{number}", how)
