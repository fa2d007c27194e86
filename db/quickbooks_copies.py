"""Invoices' copies in QuickBooks, and which customers and items there stand for those here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db import line_items
from db.tables import (
    Address,
    Customer,
    Invoice,
    LineItem,
    QuickBooksConnection,
    QuickBooksCustomer,
    QuickBooksInvoice,
    QuickBooksItem,
    QuickBooksProblem,
)
from domain.line_item import LineItemType


async def connection(session: AsyncSession, organization_id: int) -> QuickBooksConnection | None:
    """To the company that the organization is, or was last, connected to."""
    return await session.get(QuickBooksConnection, organization_id)


async def all_locked(
    session: AsyncSession, organization_id: int, realm_id: str, invoice_ids: Iterable[str]
) -> dict[str, QuickBooksInvoice]:
    """The copies in one company, by invoice; invoices are locked before their copies."""
    statement = (
        select(QuickBooksInvoice)
        .where(
            col(QuickBooksInvoice.organization_id) == organization_id,
            col(QuickBooksInvoice.realm_id) == realm_id,
            col(QuickBooksInvoice.invoice_id).in_(list(invoice_ids)),
        )
        .order_by(col(QuickBooksInvoice.invoice_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {copy.invoice_id: copy for copy in (await session.exec(statement)).all()}


async def everywhere(session: AsyncSession, invoice: Invoice) -> Sequence[QuickBooksInvoice]:
    """An invoice's copies in all companies that its organization was ever connected to."""
    statement = select(QuickBooksInvoice).where(
        col(QuickBooksInvoice.organization_id) == invoice.organization_id,
        col(QuickBooksInvoice.invoice_id) == invoice.id,
    )
    return (await session.exec(statement)).all()


async def of_deleted(
    session: AsyncSession, organization_id: int, realm_id: str
) -> Sequence[QuickBooksInvoice]:
    """Copies that are perhaps still there although their invoices are deleted here."""
    statement = (
        select(QuickBooksInvoice)
        .join(
            Invoice,
            (col(Invoice.organization_id) == col(QuickBooksInvoice.organization_id))
            & (col(Invoice.id) == col(QuickBooksInvoice.invoice_id)),
        )
        .where(
            col(QuickBooksInvoice.organization_id) == organization_id,
            col(QuickBooksInvoice.realm_id) == realm_id,
            col(QuickBooksInvoice.gone_at).is_(None),
            col(Invoice.deleted_at).is_not(None),
        )
        .order_by(col(Invoice.number))
    )
    return (await session.exec(statement)).all()


async def line_items_by_invoice(
    session: AsyncSession, organization_id: int, invoice_ids: Iterable[str]
) -> dict[str, list[LineItem]]:
    """The live line items of many invoices, in order."""
    statement = (
        select(LineItem)
        .where(
            col(LineItem.organization_id) == organization_id,
            col(LineItem.invoice_id).in_(list(invoice_ids)),
            col(LineItem.deleted_at).is_(None),
        )
        .order_by(col(LineItem.position), col(LineItem.id))
    )
    found: dict[str, list[LineItem]] = {}
    for line in (await session.exec(statement)).all():
        found.setdefault(line.invoice_id or "", []).append(line)
    return found


async def customer_id(
    session: AsyncSession, organization_id: int, realm_id: str, customer_id: str
) -> str | None:
    """The customer's id there, where it is known."""
    link = await session.get(QuickBooksCustomer, (organization_id, realm_id, customer_id))
    return None if link is None else link.quickbooks_id


async def item_ids(
    session: AsyncSession, organization_id: int, realm_id: str
) -> dict[LineItemType, str]:
    """The ids there of what stands for each type of line, where they are known."""
    statement = select(QuickBooksItem).where(
        col(QuickBooksItem.organization_id) == organization_id,
        col(QuickBooksItem.realm_id) == realm_id,
    )
    links = (await session.exec(statement)).all()
    return {link.line_item_type: link.quickbooks_id for link in links}


async def link(session: AsyncSession, link: QuickBooksCustomer | QuickBooksItem) -> None:
    """Remember what stands for what; what stood for it before is forgotten."""
    await session.merge(link)


async def tell(session: AsyncSession, problem: QuickBooksProblem) -> None:
    """Show people a problem; one that is known already keeps the time since when it is one."""
    key = (problem.organization_id, problem.realm_id, problem.subject)
    found = await session.get(QuickBooksProblem, key)
    if found is None:
        session.add(problem)
    else:
        found.message = problem.message


async def untell(session: AsyncSession, organization_id: int, realm_id: str, subject: str) -> None:
    """A problem is none any more."""
    await session.exec(
        delete(QuickBooksProblem).where(
            col(QuickBooksProblem.organization_id) == organization_id,
            col(QuickBooksProblem.realm_id) == realm_id,
            col(QuickBooksProblem.subject) == subject,
        )
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice with all that its copy is made from; `copy` is what is known of that so far."""

    copy: QuickBooksInvoice
    invoice: Invoice
    lines: Sequence[LineItem]
    customer: Customer
    address: Address | None


async def draft(
    session: AsyncSession, organization_id: int, realm_id: str, invoice_id: str
) -> Draft | None:
    """Of a deleted invoice as well; None where nobody has ever asked for its copy."""
    copy = await session.get(QuickBooksInvoice, (organization_id, realm_id, invoice_id))
    if copy is None:
        return None
    invoice = await session.get_one(Invoice, (organization_id, invoice_id))
    customer = await session.get_one(Customer, (organization_id, invoice.customer_id))
    address_id = invoice.bill_to_address_id or customer.bill_to_address_id
    address = address_id and await session.get(Address, (organization_id, address_id))
    return Draft(copy, invoice, await line_items.of(session, invoice), customer, address or None)
