"""Items there: the services that stand for our types of line, found by name or made."""

from domain.line_item import LineItemType
from quickbooks import compose
from quickbooks.client import Company, Row
from quickbooks.convert import id_of
from quickbooks.errors import Gone, Rejected
from quickbooks.listed import listed
from quickbooks.naming import Found, Wanted, found_or_made, made_active

ENTITY = "Item"


async def found(company: Company, kind: LineItemType, *, instead_of: str = "") -> Found:

    async def body(name: str) -> Row:
        return compose.item(name, await _income_account(company))

    names = compose.names(kind.capitalize(), "Remit")
    return await found_or_made(
        company, Wanted(ENTITY, names, f"{kind} {instead_of}", lambda one: one.is_sold, body)
    )


async def checked(company: Company, kind: LineItemType, quickbooks_id: str) -> Found:
    """The linked one, made active where it is not, or what is to stand in its place."""
    try:
        theirs = listed(await company.read(ENTITY, quickbooks_id))
    except Gone:
        return await found(company, kind, instead_of=quickbooks_id)
    return await made_active(company, ENTITY, theirs, kind.capitalize())


async def _income_account(company: Company) -> str:
    """The company's oldest account of income: bookkeepers choose another on the item."""
    rows = await company.query(
        "Account", "WHERE AccountType = 'Income' AND Active = true ORDERBY Id", limit=1
    )
    if not rows:
        raise Rejected("QuickBooks has no income account in which freight could be booked")
    return id_of(rows[0])
