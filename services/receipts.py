"""What was received, as it was typed: what is the same request, and what is refused at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain import payment as rules
from domain import text
from domain.errors import InvalidInput, LimitExceeded, at
from domain.money import cents_from
from domain.payment import PaymentMethod
from services.author import Author


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is the same for all payments recorded at once."""

    method: PaymentMethod
    payment_date: date | None
    reference_number: str | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class Allocation:
    """How much of what was received goes to which invoice."""

    invoice_id: str
    amount: Decimal


def allocated(allocations: Sequence[Allocation]) -> dict[str, int]:
    """Cents by invoice, in the order given."""
    if not allocations:
        raise InvalidInput("Name at least one invoice", "allocations")
    if len(allocations) > rules.ALLOCATIONS_MAX:
        raise LimitExceeded(
            f"At most {rules.ALLOCATIONS_MAX} invoices can be paid at once", "allocations"
        )
    amounts: dict[str, int] = {}
    for position, allocation in enumerate(allocations):
        with at("allocations", str(position)):
            if allocation.invoice_id in amounts:
                raise InvalidInput("This invoice stands here twice", "invoice_id")
            amounts[allocation.invoice_id] = cents_from(allocation.amount, "amount")
    return amounts


def checked(receipt: Receipt, author: Author) -> Receipt:
    if receipt.payment_date is not None:
        rules.check_date(receipt.payment_date, today=author.today)
    return Receipt(
        method=receipt.method,
        payment_date=receipt.payment_date,
        reference_number=text.check_optional(
            receipt.reference_number, "reference_number", text.REFERENCE_MAX
        ),
        notes=text.check_optional(receipt.notes, "notes", text.NOTES_MAX),
    )


def asked_for(
    operation: str, amounts: Sequence[tuple[str, int]], receipt: Receipt
) -> Mapping[str, Any]:
    return {
        "operation": operation,
        "amounts": amounts,
        "receipt": [
            receipt.method,
            receipt.payment_date,
            receipt.reference_number,
            receipt.notes,
        ],
    }
