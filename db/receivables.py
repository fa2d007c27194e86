"""SQL twins of the rules that lists filter by and rows show."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    not_,
    select,
)
from sqlalchemy.orm import Mapped
from sqlmodel import col

from db.tables import Customer, Invoice, InvoiceOrder, Order
from domain.invoice import InvoiceStatus


def overdue(row: FromClause, wanted: bool, request: Any) -> ColumnElement[bool]:
    """Twin of `domain.invoice.days_past_due`: a receivable, something owed, due before today."""
    is_overdue = and_(
        row.c.status != InvoiceStatus.CREATED,
        row.c.outstanding_balance_cents > 0,
        row.c.due_date < request.today,
    )
    return is_overdue if wanted else not_(is_overdue)


def outstanding_balance_cents(row: FromClause, request: Any) -> ColumnElement[int]:
    """What a customer owes over all its receivables; they are in its one currency."""
    total = whole_sum(col(Invoice.outstanding_balance_cents))
    return select(total).where(*_receivables(row, request)).correlate(row).scalar_subquery()


def has_outstanding_balance(
    row: FromClause,
    wanted: bool,
    request: Any,
) -> ColumnElement[bool]:
    owed = exists(
        select(col(Invoice.id)).where(
            *_receivables(row, request), col(Invoice.outstanding_balance_cents) > 0
        )
    )
    return owed if wanted else not_(owed)


def is_outdated(row: FromClause, request: Any) -> ColumnElement[bool]:
    """An order on the invoice has other line items now than when they were copied."""
    return exists(
        select(col(InvoiceOrder.order_id))
        .join(
            Order,
            and_(
                col(Order.organization_id) == request.organization_id,
                col(Order.id) == col(InvoiceOrder.order_id),
            ),
        )
        .where(
            col(InvoiceOrder.organization_id) == request.organization_id,
            col(InvoiceOrder.invoice_id) == row.c.id,
            col(InvoiceOrder.released_at).is_(None),
            col(InvoiceOrder.line_items_digest) != col(Order.line_items_digest),
        )
        .correlate(row)
    )


def has_uninvoiced_changes(row: FromClause, request: Any) -> ColumnElement[bool]:
    """The order's line items are others than those on its live invoice."""
    return exists(
        select(col(InvoiceOrder.order_id)).where(
            *_live_link(row, request),
            col(InvoiceOrder.line_items_digest) != row.c.line_items_digest,
        )
    )


def is_invoiced(row: FromClause, wanted: bool, request: Any) -> ColumnElement[bool]:
    found = exists(select(col(InvoiceOrder.order_id)).where(*_live_link(row, request)))
    return found if wanted else not_(found)


def title(row: FromClause, request: Any) -> ColumnElement[str]:
    """`INVOICE-12 · Acme Freight`."""
    name = (
        select(col(Customer.name))
        .where(
            col(Customer.organization_id) == request.organization_id,
            col(Customer.id) == row.c.customer_id,
        )
        .correlate(row)
        .scalar_subquery()
    )
    number = cast(row.c.number, String)
    return literal("INVOICE-", String).concat(number).concat(literal(" · ", String)).concat(name)


def whole_sum(cents: ColumnElement[Any] | Mapped[int]) -> ColumnElement[int]:
    """A sum of cents in 64 bits; PostgreSQL would answer a numeric."""
    return cast(func.coalesce(func.sum(cents), 0), BigInteger)


def _live_link(row: FromClause, request: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        col(InvoiceOrder.organization_id) == request.organization_id,
        col(InvoiceOrder.order_id) == row.c.id,
        col(InvoiceOrder.released_at).is_(None),
    )


def _receivables(row: FromClause, request: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Invoice.organization_id) == request.organization_id,
        col(Invoice.customer_id) == row.c.id,
        col(Invoice.deleted_at).is_(None),
        col(Invoice.status) != InvoiceStatus.CREATED,
    )
