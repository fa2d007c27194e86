"""Addresses: never changed, only made."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids
from db.tables import Address
from domain.errors import at
from domain.text import NAME_MAX, REFERENCE_MAX, check_country, check_optional, check_required
from services.author import Author


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address as it was typed."""

    company_name: str | None
    address1: str
    address2: str | None
    city: str
    state_code: str | None
    postal_code: str | None
    country_code: str


async def add(
    session: AsyncSession, author: Author, address: NewAddress | None, field: str
) -> str | None:
    """Keep an address; answers its id. Refusals name `field`."""
    if address is None:
        return None
    with at(field):
        row = Address(
            organization_id=author.organization_id,
            id=ids.new(ids.ADDRESS),
            company_name=check_optional(address.company_name, "company_name", NAME_MAX),
            address1=check_required(address.address1, "address1", NAME_MAX),
            address2=check_optional(address.address2, "address2", NAME_MAX),
            city=check_required(address.city, "city", NAME_MAX),
            state_code=check_optional(address.state_code, "state_code", REFERENCE_MAX),
            postal_code=check_optional(address.postal_code, "postal_code", REFERENCE_MAX),
            country_code=check_country(address.country_code),
        )
    session.add(row)
    await session.flush()
    return row.id
