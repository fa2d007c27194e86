"""SQL of what is shown of an invoice's copy in QuickBooks, and of the filter by it.

It is always the copy in the company that the organization is, or was last, connected to.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped
from sqlmodel import col

from db.columns import named
from db.tables import QuickBooksConnection, QuickBooksInvoice
from domain.quickbooks import QuickBooksState

# Few invoices are in one of these at a time.
_FLEETING = frozenset({QuickBooksState.QUEUED, QuickBooksState.FAILED})


def state(row: FromClause, request: Any) -> ColumnElement[Any]:
    column = col(QuickBooksInvoice.state)
    none = literal(QuickBooksState.NOT_EXPORTED, named(QuickBooksState))
    return func.coalesce(_value(column, row, request), none)


def quickbooks_id(row: FromClause, request: Any) -> ColumnElement[Any]:
    return _value(col(QuickBooksInvoice.quickbooks_id), row, request)


def exported_at(row: FromClause, request: Any) -> ColumnElement[Any]:
    return _value(col(QuickBooksInvoice.exported_at), row, request)


def error(row: FromClause, request: Any) -> ColumnElement[Any]:
    return _value(col(QuickBooksInvoice.error), row, request)


def in_states(
    row: FromClause, request: Any, states: Collection[QuickBooksState]
) -> ColumnElement[bool]:
    """Whether the copy is in one of these states.

    What is in one of few is found by it; the other states are looked up for each invoice.
    """
    conditions: list[ColumnElement[bool]] = [false()]
    if few := sorted(_FLEETING.intersection(states)):
        found = select(col(QuickBooksInvoice.invoice_id)).where(
            *_in_company(request), or_(*(col(QuickBooksInvoice.state) == one for one in few))
        )
        conditions.append(row.c.id.in_(found))
    copy = _copy(col(QuickBooksInvoice.invoice_id), row, request)
    if QuickBooksState.EXPORTED in states:
        is_exported = col(QuickBooksInvoice.state) == QuickBooksState.EXPORTED
        conditions.append(exists(copy.where(is_exported)))
    if QuickBooksState.NOT_EXPORTED in states:
        conditions.append(~exists(copy))
    return or_(*conditions)


def _value(column: Mapped[Any], row: FromClause, request: Any) -> ColumnElement[Any]:
    return _copy(column, row, request).scalar_subquery()


def _copy(column: Mapped[Any], row: FromClause, request: Any) -> Select[tuple[Any]]:
    return (
        select(column)
        .where(*_in_company(request), col(QuickBooksInvoice.invoice_id) == row.c.id)
        .correlate(row)
    )


def _in_company(request: Any) -> tuple[ColumnElement[bool], ...]:
    realm_id = (
        select(col(QuickBooksConnection.realm_id))
        .where(col(QuickBooksConnection.organization_id) == request.organization_id)
        .scalar_subquery()
    )
    return (
        col(QuickBooksInvoice.organization_id) == request.organization_id,
        col(QuickBooksInvoice.realm_id) == realm_id,
    )
