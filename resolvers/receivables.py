"""What is owed: the aging of receivables, and a customer's statement."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Date, FromClause

from db import account, aging
from domain.account import charge_words, credit_words
from domain.aging import AgingBucket
from domain.money import decimal_text
from domain.payment import PaymentMethod
from engine.asking import Asking
from engine.declare import Answer, computed
from engine.errors import BadUserInput
from engine.given import Given
from engine.series import Owners, Series
from resolvers.context import Context

# Of all statements that one field asks for: a page of customers, 50 lines each.
LINES_MAX = 5_000
_LINES = 50


async def receivables_aging(
    context: Context, *, as_of: date | None, customer_id: str | None
) -> list[Answer]:
    """What is owed as of a day, by how many days it is past its due date.

    Counted are today's receivables (live invoices that are not just `created`) with an invoice
    date up to that day, less their payments dated up to it. A payment dated before its invoice
    counts from the invoice's day on: until then neither does. One report for each currency in
    which something is owed on that day, by currency code; a currency in which nothing is owed has
    none.
    """
    day = as_of or context.today
    rows = await aging.by_customer(context.database, context.organization_id, day, customer_id)
    return [
        _report(day, currency, [(row[0], row[2:]) for row in of_one])
        for currency, of_one in groupby(rows, key=lambda row: row[1])
    ]


def _report(day: date, currency: str, rows: Sequence[tuple[str, Sequence[int]]]) -> Answer:
    total = [sum(cents) for cents in zip(*(buckets for _, buckets in rows), strict=True)]
    return Answer(
        "AgingReport",
        {
            "asOf": day,
            "currency": currency,
            "total": _row(None, total),
            "customers": [_row(customer_id, buckets) for customer_id, buckets in rows],
        },
    )


def _row(customer_id: str | None, buckets: Sequence[int]) -> Answer:
    amounts = {
        name.value: decimal_text(cents) for name, cents in zip(AgingBucket, buckets, strict=True)
    }
    balance = decimal_text(sum(buckets))
    return Answer("AgingRow", {"customer": customer_id, "outstandingBalance": balance, **amounts})


def _entries(owners: Owners, arguments: Mapping[str, Given], asking: Asking) -> FromClause:
    first_day, last_day = (asking.parameter(arguments[name], Date()) for name in ("from", "to"))
    return account.entries(owners, first_day, last_day, asking.organization_id)


def _check_days(arguments: Mapping[str, Any]) -> None:
    if arguments["from"] > arguments["to"]:
        raise BadUserInput("from must not be after to")


STATEMENT = Series(
    build=_entries,
    check=_check_days,
    owner="customer_id",
    order_by=account.ORDER,
    rows=_LINES,
    rows_max=LINES_MAX,
)


@computed("number", "due_date", "method", "reference_number")
def description(
    number: int, due_date: date | None, method: PaymentMethod | None, reference_number: str | None
) -> str:
    """What it is, and of which invoice: `INVOICE-12, due 2026-04-09`, `Cheque 7 for INVOICE-12`."""
    if due_date is not None:
        return charge_words(number, due_date)
    return credit_words(number, method, reference_number)
