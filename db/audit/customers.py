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
            reading.compare(
                f"CUST-{number}",
                "name to sort by",
                repr(name_folded),
                repr(folded(name)[:NAME_MAX]),
                "the name gives",
            )
