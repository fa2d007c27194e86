"""Customers there: the one that stands for ours, found by name or made."""

from db.quickbooks_copies import Draft
from quickbooks import compose
from quickbooks.client import Company, Row
from quickbooks.compose import Setup
from quickbooks.errors import Gone
from quickbooks.listed import Listed, listed
from quickbooks.naming import Found, Wanted, found_or_made, made_active

ENTITY = "Customer"


async def found(company: Company, draft: Draft, setup: Setup, *, instead_of: str = "") -> Found:
    """Vendors and employees may have the name: then the customer is made under one like it."""
    ours = draft.customer
    currency = draft.invoice.currency

    def fits(theirs: Listed) -> bool:
        # A customer there has one currency for ever.
        return not setup.has_currencies or theirs.currency == currency

    async def body(name: str) -> Row:
        return compose.customer(draft, name, setup)

    names = compose.names(ours.name, "customer", f"{ours.full_id} {currency}")
    return await found_or_made(
        company, Wanted(ENTITY, names, f"{ours.id} {instead_of}", fits, body)
    )


async def checked(company: Company, draft: Draft, setup: Setup, quickbooks_id: str) -> Found:
    """The linked one, made active where it is not, or whoever is to stand in its place."""
    try:
        theirs = listed(await company.read(ENTITY, quickbooks_id))
    except Gone:
        return await found(company, draft, setup, instead_of=quickbooks_id)
    return await made_active(company, ENTITY, theirs, draft.customer.name)
