"""A customer's account as its statement tells of it, line by line."""

from datetime import date

from domain.payment import PaymentMethod, received


def charge_words(number: int, due_date: date) -> str:
    """`INVOICE-12, due 2026-04-09`."""
    return f"INVOICE-{number}, due {due_date.isoformat()}"


def credit_words(number: int, method: PaymentMethod | None, reference_number: str | None) -> str:
    """`Cheque 1042 for INVOICE-12`."""
    words = received(method, reference_number)
    return f"{words[0].upper()}{words[1:]} for INVOICE-{number}"
