"""Customers."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from db import counters, ids, organizations, rows, search
from db.tables import Customer
from domain import activity as told
from domain.activity import ActivityKind
from domain.errors import InvalidInput
from domain.terms import PaymentTerms
from domain.text import (
    NAME_MAX,
    REFERENCE_MAX,
    check_currency,
    check_email,
    check_optional,
    check_required,
    folded,
)
from services import activity, addresses
from services.addresses import NewAddress
from services.author import Author


async def create_customer(
    session: AsyncSession,
    author: Author,
    *,
    name: str,
    email: str | None,
    phone: str | None,
    currency: str | None,
    terms: PaymentTerms | None,
    bill_to_address: NewAddress | None,
) -> Customer:
    """A customer; its currency defaults to the organization's, its terms to net 30."""
    name = check_required(name, "name", NAME_MAX)
    organization = await organizations.get(session, author.organization_id)
    customer = Customer(
        organization_id=author.organization_id,
        id=ids.new(ids.CUSTOMER),
        number=0,
        name=name,
        name_folded=folded(name)[:NAME_MAX],
        email=check_email(email),
        phone=check_optional(phone, "phone", REFERENCE_MAX),
        currency=check_currency(currency or organization.currency),
        terms=terms or PaymentTerms.NET_30,
        bill_to_address_id=await addresses.add(session, author, bill_to_address, "bill_to_address"),
        created_at=author.now,
    )
    customer.number = await counters.next_number(
        session, author.organization_id, counters.CUSTOMERS
    )
    session.add(customer)
    await session.flush()
    await _index(session, customer)
    activity.note(session, author, customer, ActivityKind.CREATED, told.customer_created(customer))
    return customer


async def update_customer(
    session: AsyncSession,
    author: Author,
    *,
    customer_id: str,
    changes: Mapping[str, Any],
    expected_version: int | None,
) -> Customer:
    """Change what is in `changes`. Invoices keep the address they were made with."""
    customer = await rows.get_locked(session, Customer, author.organization_id, customer_id, "id")
    activity.check_version(customer, expected_version)
    wanted: dict[str, Any] = {}
    for field, value in changes.items():
        if field == "bill_to_address":
            wanted["bill_to_address_id"] = await addresses.add(session, author, value, field)
        else:
            wanted[field] = _checked(field, value)
    changed = [field for field, value in wanted.items() if getattr(customer, field) != value]
    if not changed:
        return customer
    for field in changed:
        setattr(customer, field, wanted[field])
    customer.name_folded = folded(customer.name)[:NAME_MAX]
    activity.raise_version(author, customer)
    await _index(session, customer)
    activity.note(
        session, author, customer, ActivityKind.UPDATED, told.customer_changed(customer, changed)
    )
    return customer


def _checked(field: str, value: Any) -> Any:
    match field:
        case "name" if value is not None:
            return check_required(value, field, NAME_MAX)
        case "terms" if value is not None:
            return value
        case "email":
            return check_email(value)
        case "phone":
            return check_optional(value, field, REFERENCE_MAX)
        case _:
            raise InvalidInput("This cannot be cleared", field)


async def _index(session: AsyncSession, customer: Customer) -> None:
    await search.write(
        session,
        customer.organization_id,
        customer.id,
        search.customer_texts(customer.full_id, customer.name),
    )
