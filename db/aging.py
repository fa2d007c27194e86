"""What customers owe as of a day, by how late it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    select,
    union_all,
)
from sqlmodel import col

from db.database import Database
from db.prepared import Prepared
from db.receivables import whole_sum
from db.tables import Customer, Invoice, Payment
from domain.aging import AgingBucket, earliest_due_dates
from domain.invoice import InvoiceStatus

_ORGANIZATION = bindparam("organization_id", type_=BigInteger())
_AS_OF = bindparam("as_of", type_=Date())
_CUSTOMER = bindparam("customer_id", type_=String())
_BUCKETS = tuple(AgingBucket)


async def by_customer(
    database: Database, organization_id: int, as_of: date, customer_id: str | None
) -> Sequence[Sequence[Any]]:
    """Customer, currency and the cents in each bucket, of every customer that owes something.

    Sorted by currency, then the largest balance first, then by name.
    """
    values: dict[str, Any] = {"organization_id": organization_id, "as_of": as_of}
    values |= {_since(name).key: day for name, day in earliest_due_dates(as_of).items()}
    if customer_id is None:
        return await _OF_ALL.fetch(database, values)
    return await _OF_ONE.fetch(database, {**values, "customer_id": customer_id})


def _statement(*, is_of_one: bool) -> Select[Any]:
    each = _sums(_owed(is_of_one=is_of_one))
    customer = and_(
        col(Customer.organization_id) == _ORGANIZATION, col(Customer.id) == each.c.customer_id
    )
    return (
        select(each.c.customer_id, col(Customer.currency), *(each.c[name] for name in _BUCKETS))
        .select_from(each)
        .join(Customer, customer)
        .order_by(
            col(Customer.currency),
            each.c.balance_cents.desc(),
            col(Customer.name_folded),
            col(Customer.id),
        )
    )


def _sums(owed: FromClause) -> Subquery:
    """Of each customer, the sum of each bucket and of all."""
    due, cents = owed.c.due_date, owed.c.outstanding_balance_cents
    buckets: list[ColumnElement[int]] = []
    until: ColumnElement[date] | None = None
    for name in _BUCKETS:
        within = due >= _since(name) if until is None else and_(due >= _since(name), due < until)
        buckets.append(whole_sum(case((within, cents), else_=0)).label(name))
        until = _since(name)
    return (
        select(owed.c.customer_id, *buckets, whole_sum(cents).label("balance_cents"))
        .group_by(owed.c.customer_id)
        .subquery("each")
    )


def _owed(*, is_of_one: bool) -> Subquery:
    """What is owed on each receivable as of the day: what is owed now, and what was paid since.

    That comes to its total less the payments until that day; but as of today, or nearly, there
    is hardly a payment to be looked at.
    """
    now = select(
        col(Invoice.customer_id),
        col(Invoice.due_date),
        col(Invoice.outstanding_balance_cents),
    ).where(*_receivables(is_of_one=is_of_one), col(Invoice.outstanding_balance_cents) > 0)
    paid = and_(
        col(Invoice.organization_id) == _ORGANIZATION,
        col(Invoice.id) == col(Payment.invoice_id),
    )
    since = (
        select(col(Invoice.customer_id), col(Invoice.due_date), col(Payment.amount_cents))
        .select_from(Payment)
        .join(Invoice, paid)
        .where(
            *_receivables(is_of_one=is_of_one),
            col(Payment.organization_id) == _ORGANIZATION,
            col(Payment.deleted_at).is_(None),
            col(Payment.payment_date) > _AS_OF,
        )
    )
    if is_of_one:
        since = since.where(col(Payment.customer_id) == _CUSTOMER)
    return union_all(now, since).subquery("owed")


def _receivables(*, is_of_one: bool) -> list[ColumnElement[bool]]:
    mine = [col(Invoice.customer_id) == _CUSTOMER] if is_of_one else []
    return [
        col(Invoice.organization_id) == _ORGANIZATION,
        col(Invoice.deleted_at).is_(None),
        col(Invoice.status) != InvoiceStatus.CREATED,
        col(Invoice.invoice_date) <= _AS_OF,
        *mine,
    ]


def _since(name: AgingBucket) -> Any:
    return bindparam(f"since_{name}", type_=Date())


_OF_ALL = Prepared(_statement(is_of_one=False))
_OF_ONE = Prepared(_statement(is_of_one=True))
