"""What is owed: the aging of receivables, and a customer's statement."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.money import decimal_text
from engine.declare import Column, One, argument, declared, declared_with, resolved_by
from engine.series import Echo, Edge, Members
from resolvers import receivables
from resolvers.scalars import CurrencyCode
from schema.fields import reference, value

if TYPE_CHECKING:
    from schema.customer import Customer
    from schema.invoice import Invoice
    from schema.payment import Payment


@strawberry.type(
    description="What one customer owes, or all of them together, by how many days it is past its "
    "due date. The five amounts come to the outstanding balance."
)
class AgingRow:
    customer: Annotated["Customer", strawberry.lazy("schema.customer")] | None = reference(
        "Who owes it; null in the total."
    )
    current: Decimal = value("Not yet due, or due on the very day.")
    days_1_to_30: Decimal = value("1 to 30 days past due.")
    days_31_to_60: Decimal = value("31 to 60 days past due.")
    days_61_to_90: Decimal = value("61 to 90 days past due.")
    over_90: Decimal = value("91 days past due, or more.")
    outstanding_balance: Decimal = value("All of it, as of the day of the report.")


@strawberry.type(
    description="What is owed in one currency as of a day. Currencies are never mixed."
)
class AgingReport:
    as_of: date = value("As of which day.")
    currency: CurrencyCode = value("Of all its amounts.")
    total: AgingRow = value("All customers together.")
    customers: list[AgingRow] = value(
        "Customers that owe something, the largest balance first, those of equal balance by name."
    )


@strawberry.type(
    description="A line of a statement: an invoice, which is charged, or a payment, which is "
    "credited."
)
class StatementLine:
    day: date = declared(
        Column("date"), "The invoice date, or the day the payment was received.", name="date"
    )
    description: str = resolved_by(receivables.description)
    invoice: Annotated["Invoice", strawberry.lazy("schema.invoice")] | None = declared(
        One("invoice_id"), "The invoice that is charged; null for a payment."
    )
    payment: Annotated["Payment", strawberry.lazy("schema.payment")] | None = declared(
        One("payment_id"), "The payment that is credited; null for an invoice."
    )
    charge: Decimal | None = declared(
        Column(convert=decimal_text, unit="_cents"), "The invoice's total; null for a payment."
    )
    credit: Decimal | None = declared(
        Column(convert=decimal_text, unit="_cents"), "The payment's amount; null for an invoice."
    )
    balance: Decimal = declared(
        Column(convert=decimal_text, unit="_cents"),
        "What the customer owes after this line: the balance before it, plus its charge, minus "
        "its credit.",
    )


@strawberry.type(
    description="A customer's account over some days: what it owed before them, its receivables "
    "and payments in them, and what it owed after. Today's receivables count from their invoice "
    "date on, payments from the day they were received; a balance is negative where more had been "
    "received than charged, as when an invoice was paid before its date."
)
class CustomerStatement:
    from_: date = declared(Echo(), "The first day.", name="from")
    to: date = declared(Echo(), "The last day.")
    currency: CurrencyCode = declared(Edge("currency"), "Of all its amounts.")
    opening_balance: Decimal = declared(
        Edge("balance_cents", convert=decimal_text), "What was owed before the first day."
    )
    lines: list[StatementLine] = declared(
        Members(),
        "Invoices and payments by date; on one day invoices before payments, each by number.",
    )
    closing_balance: Decimal = declared(
        Edge("balance_cents", is_last=True, convert=decimal_text),
        "What was owed after the last day: the opening balance, plus all charges, minus all "
        "credits.",
    )


def statement() -> Any:
    """The statement of a customer, as a field."""
    return declared_with(
        receivables.STATEMENT,
        "Its account from one day to another, both included. `from` after `to` is refused, and so "
        f"are more than {receivables.LINES_MAX:,} lines at once, over all customers that a list "
        "asks for: ask for a shorter time then. Before it is read, each customer counts as 50 "
        "lines of what one request may ask for.",
        [
            argument("from_", date, "The first day.", shown_as="from"),
            argument("to", date, "The last day, not before the first."),
        ],
    )
