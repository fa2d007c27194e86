"""Invoices: how they are found and sorted, and what is computed of them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause

from db import quickbooks_links, receivables, search
from domain import invoice as rules
from engine.asking import Asking
from engine.declare import Listing, OrderKey, computed
from engine.errors import BadUserInput
from engine.filters import among, flag
from engine.given import Given
from resolvers import lists
from resolvers.enums import (
    InvoiceOrderField,
    InvoiceStatus,
    OrderDirection,
    PaymentTerms,
    QuickBooksState,
)
from resolvers.lists import DateRange, DecimalRange
from resolvers.scalars import CurrencyCode

ORDER_KEYS_MAX = 3


_COLUMNS = {
    InvoiceOrderField.FULL_ID: "number",
    InvoiceOrderField.STATUS: "status",
    InvoiceOrderField.CUSTOMER_NAME: "name_folded",
    InvoiceOrderField.INVOICE_DATE: "invoice_date",
    InvoiceOrderField.DUE_DATE: "due_date",
    InvoiceOrderField.SENT_AT: "sent_at",
    InvoiceOrderField.TOTAL: "total_cents",
    InvoiceOrderField.AMOUNT_PAID: "amount_paid_cents",
    InvoiceOrderField.OUTSTANDING_BALANCE: "outstanding_balance_cents",
    InvoiceOrderField.CREATED_AT: "created_at",
}


@strawberry.input(one_of=True, description="Which invoice: by exactly one of these.")
class InvoiceBy:
    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Its global id."
    )
    full_id: str | None = strawberry.field(
        default=strawberry.UNSET, description="Its number for people, such as `INVOICE-12`."
    )


@strawberry.input(
    description="Which invoices. All given conditions hold; none given, all match. An empty list "
    "matches nothing."
)
class InvoiceFilter:
    status: list[InvoiceStatus] | None = strawberry.field(
        default=strawberry.UNSET, description="In one of these statuses."
    )
    customer_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Of one of these customers."
    )
    terms: list[PaymentTerms] | None = strawberry.field(
        default=strawberry.UNSET, description="On one of these terms."
    )
    currency: list[CurrencyCode] | None = strawberry.field(
        default=strawberry.UNSET, description="In one of these currencies."
    )
    invoice_date: DateRange | None = strawberry.field(
        default=strawberry.UNSET, description="Dated in this range."
    )
    due_date: DateRange | None = strawberry.field(
        default=strawberry.UNSET, description="Due in this range."
    )
    sent_at: DateRange | None = strawberry.field(
        default=strawberry.UNSET, description="Sent in this range."
    )
    total: DecimalRange | None = strawberry.field(
        default=strawberry.UNSET, description="With a total in this range."
    )
    amount_paid: DecimalRange | None = strawberry.field(
        default=strawberry.UNSET, description="With an amount paid in this range."
    )
    outstanding_balance: DecimalRange | None = strawberry.field(
        default=strawberry.UNSET, description="With an outstanding balance in this range."
    )
    is_overdue: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether it is overdue today."
    )
    quick_books_state: list[QuickBooksState] | None = strawberry.field(
        default=strawberry.UNSET,
        description="With its export to QuickBooks Online in one of these states.",
    )
    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words of fullId, customer name, notes, or references of its orders and "
        "payments. Every word must be the beginning of a word there; case does not matter.",
    )


@strawberry.input(description="A field to sort invoices by.")
class InvoiceOrder:
    field: InvoiceOrderField = strawberry.field(description="What to compare.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.ASC, description="Smallest first, or largest first."
    )


def _order(order_by: Any) -> tuple[str, tuple[OrderKey, ...]]:
    wanted: list[Mapping[str, Any]] = order_by or []
    if len(wanted) > ORDER_KEYS_MAX:
        raise BadUserInput(f"Invoices can be sorted by at most {ORDER_KEYS_MAX} fields")
    if not wanted:
        return "createdAt desc", (OrderKey("created_at", descending=True),)
    name = ", ".join(f"{order['field']} {order['direction']}" for order in wanted)
    keys = tuple(
        OrderKey(
            _COLUMNS[order["field"]],
            descending=order["direction"] is OrderDirection.DESC,
            through="customer" if order["field"] is InvoiceOrderField.CUSTOMER_NAME else None,
        )
        for order in wanted
    )
    return name, keys


def _in_quickbooks_state(row: FromClause, states: Given, asking: Asking) -> ColumnElement[bool]:
    wanted = states.ask(frozenset[QuickBooksState])
    return quickbooks_links.in_states(row, asking, wanted)


LIST = Listing(
    order=_order,
    filters={
        "status": among("status"),
        "customerId": among("customer_id"),
        "terms": among("terms"),
        "currency": among("currency"),
        "invoiceDate": lists.days("invoice_date"),
        "dueDate": lists.days("due_date"),
        "sentAt": lists.days("sent_at"),
        "total": lists.amounts("total_cents"),
        "amountPaid": lists.amounts("amount_paid_cents"),
        "outstandingBalance": lists.amounts("outstanding_balance_cents"),
        "isOverdue": flag(receivables.overdue),
        "quickBooksState": _in_quickbooks_state,
        "search": lists.words(search.invoice),
    },
)

ACTIVITY = Listing(order=lists.always("newest", OrderKey("occurred_at", descending=True)))


by = lists.by_name("INVOICE")


@computed("number")
def full_id(number: int) -> str:
    """The invoice's number for people: `INVOICE-12`. Numbers have no gaps and are never reused."""
    return f"INVOICE-{number}"


_AS_OF = Annotated[
    date | None, strawberry.argument(description="On which day. Default: the organization's today.")
]


@computed("status", "outstanding_balance_cents", "due_date")
def is_overdue(
    status: InvoiceStatus,
    outstanding_balance_cents: int,
    due_date: date,
    *,
    today: date,
    as_of: _AS_OF = None,
) -> bool:
    """Whether it has been sent or partly paid, something is owed, and the due date has passed.

    An invoice due today is not overdue. Overdue is not a status: an overdue invoice is still
    `sent` or `partiallyPaid`.
    """
    days = rules.days_past_due(
        status=status,
        outstanding_balance_cents=outstanding_balance_cents,
        due_date=due_date,
        as_of=as_of or today,
    )
    return days > 0


@computed("status", "outstanding_balance_cents", "due_date")
def days_past_due(
    status: InvoiceStatus,
    outstanding_balance_cents: int,
    due_date: date,
    *,
    today: date,
    as_of: _AS_OF = None,
) -> int:
    """How many days it is overdue; 0 when it is not."""
    return rules.days_past_due(
        status=status,
        outstanding_balance_cents=outstanding_balance_cents,
        due_date=due_date,
        as_of=as_of or today,
    )


@computed("status")
def can_edit_line_items(status: InvoiceStatus) -> bool:
    """Whether its line items may still be added, changed and removed: only while `created`."""
    return rules.can_edit_line_items(status)


@computed("outstanding_balance_cents")
def can_record_payment(outstanding_balance_cents: int) -> bool:
    """Whether a payment may be recorded: while something is outstanding, sent or not."""
    return rules.can_record_payment(outstanding_balance_cents)


@computed("amount_paid_cents")
def can_delete(amount_paid_cents: int) -> bool:
    """Whether it may be deleted: while it has no payments."""
    return rules.can_delete(amount_paid_cents)
