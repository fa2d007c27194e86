"""A customer's account: its receivables and payments by day, with the balance after each."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlmodel import col

from db.columns import named
from db.tables import Customer, Invoice, Payment
from domain.invoice import InvoiceStatus
from domain.payment import PaymentMethod

# The condition that a column has the id of one of the customers.
Owners = Callable[[Any], ColumnElement[bool]]

# Charges come before credits on one day, and before both what the account was at its start.
_START, _CHARGE, _CREDIT = 0, 1, 2
ORDER = ("date", "kind", "number", "id")


def entries(
    owners: Owners,
    first_day: BindParameter[date],
    last_day: BindParameter[date],
    organization_id: BindParameter[int],
) -> FromClause:
    """What happened from the first day to the last, after one row of what was owed before.

    The balance is summed over all that happened before, so it depends on no earlier statement.
    """
    happened = union_all(
        # Each column has a type in one of the first two, which is what PostgreSQL looks at.
        _charges(owners, organization_id).where(col(Invoice.invoice_date) <= last_day),
        _credits(owners, organization_id).where(col(Payment.payment_date) <= last_day),
        _starts(owners, organization_id, first_day),
    ).subquery("happened")
    balance = func.sum(happened.c.amount_cents).over(
        partition_by=happened.c.customer_id,
        order_by=[happened.c[name] for name in ORDER],
        rows=(None, 0),
    )
    # PostgreSQL sums to a numeric.
    summed = select(happened, cast(balance, BigInteger).label("balance_cents")).subquery("summed")
    return select(summed).where(summed.c.date >= first_day).subquery("entries")


def _charges(owners: Owners, organization_id: BindParameter[int]) -> Select[Any]:
    return _entry(
        Invoice,
        _CHARGE,
        customer_id=col(Invoice.customer_id),
        amount_cents=col(Invoice.total_cents),
        date=col(Invoice.invoice_date),
        number=col(Invoice.number),
        currency=col(Invoice.currency),
        due_date=col(Invoice.due_date),
        invoice_id=col(Invoice.id),
        charge_cents=col(Invoice.total_cents),
    ).where(
        col(Invoice.organization_id) == organization_id,
        owners(col(Invoice.customer_id)),
        col(Invoice.deleted_at).is_(None),
        col(Invoice.status) != InvoiceStatus.CREATED,
    )


def _credits(owners: Owners, organization_id: BindParameter[int]) -> Select[Any]:
    paid = and_(
        col(Invoice.organization_id) == organization_id,
        col(Invoice.id) == col(Payment.invoice_id),
    )
    return (
        _entry(
            Payment,
            _CREDIT,
            customer_id=col(Payment.customer_id),
            amount_cents=-col(Payment.amount_cents),
            date=col(Payment.payment_date),
            number=col(Invoice.number),
            method=col(Payment.method),
            reference_number=col(Payment.reference_number),
            payment_id=col(Payment.id),
            credit_cents=col(Payment.amount_cents),
        )
        .join(Invoice, paid)
        .where(
            col(Payment.organization_id) == organization_id,
            owners(col(Payment.customer_id)),
            col(Payment.deleted_at).is_(None),
        )
    )


def _starts(
    owners: Owners, organization_id: BindParameter[int], first_day: BindParameter[date]
) -> Select[Any]:
    nothing = literal(0, BigInteger)
    return _entry(
        Customer,
        _START,
        amount_cents=nothing,
        date=first_day,
        number=nothing,
        customer_id=col(Customer.id),
        currency=col(Customer.currency),
    ).where(col(Customer.organization_id) == organization_id, owners(col(Customer.id)))


def _entry(table: Any, kind: int, **values: Any) -> Select[Any]:
    """One kind of row of the account, null where nothing is said."""
    nothing: dict[str, ColumnElement[Any]] = {
        "currency": type_coerce(null(), String()),
        "due_date": type_coerce(null(), Date()),
        "method": type_coerce(null(), named(PaymentMethod)),
        "reference_number": type_coerce(null(), String()),
        "invoice_id": type_coerce(null(), String()),
        "payment_id": type_coerce(null(), String()),
        "charge_cents": type_coerce(null(), BigInteger()),
        "credit_cents": type_coerce(null(), BigInteger()),
    }
    row: dict[str, Any] = {
        "organization_id": col(table.organization_id),
        "kind": literal(kind, Integer),
        "id": col(table.id),
        **nothing,
        **values,
    }
    # Whatever is said of it, the columns of all kinds stand in one order.
    columns: list[Any] = [row[name].label(name) for name in sorted(row)]
    made: Any = select(*columns)
    return made.select_from(table)
