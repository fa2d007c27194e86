"""Everything a person may be told to put right.

DomainError
├── NotFound
├── InvalidInput
├── LimitExceeded
├── StaleVersion
├── IdempotencyKeyReused
├── CustomerMismatch
├── PaymentDateInFuture
├── PaymentManagedByQuickBooks
├── QuickBooksNotConnected
├── PaymentExceedsBalance          carries the balance
└── InvoiceStateError              carries the invoice
    ├── InvoiceLocked
    ├── InvoiceEmpty
    ├── InvoiceHasPayments
    └── OrderAlreadyInvoiced
"""

from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from typing import ClassVar


class UserErrorCode(StrEnum):
    """What went wrong, for programs. Part of the API: a code never changes its meaning."""

    NOT_FOUND = "NOT_FOUND"
    INVALID_INPUT = "INVALID_INPUT"
    STALE_VERSION = "STALE_VERSION"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    INVOICE_LOCKED = "INVOICE_LOCKED"
    INVOICE_EMPTY = "INVOICE_EMPTY"
    INVOICE_HAS_PAYMENTS = "INVOICE_HAS_PAYMENTS"
    ORDER_ALREADY_INVOICED = "ORDER_ALREADY_INVOICED"
    CUSTOMER_MISMATCH = "CUSTOMER_MISMATCH"
    PAYMENT_EXCEEDS_BALANCE = "PAYMENT_EXCEEDS_BALANCE"
    PAYMENT_DATE_IN_FUTURE = "PAYMENT_DATE_IN_FUTURE"
    PAYMENT_MANAGED_BY_QUICKBOOKS = "PAYMENT_MANAGED_BY_QUICKBOOKS"
    QUICKBOOKS_NOT_CONNECTED = "QUICKBOOKS_NOT_CONNECTED"


class DomainError(Exception):
    """An expected refusal.

    `path` names the input value it is about, outermost first, in Python's spelling
    (`"line_items", "0", "rate"`). Whoever renders the error puts `input` before it.
    """

    code: ClassVar[UserErrorCode]

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class NotFound(DomainError):
    code = UserErrorCode.NOT_FOUND


class InvalidInput(DomainError):
    code = UserErrorCode.INVALID_INPUT


class LimitExceeded(DomainError):
    code = UserErrorCode.LIMIT_EXCEEDED


class StaleVersion(DomainError):
    code = UserErrorCode.STALE_VERSION


class IdempotencyKeyReused(DomainError):
    code = UserErrorCode.IDEMPOTENCY_KEY_REUSED


class CustomerMismatch(DomainError):
    code = UserErrorCode.CUSTOMER_MISMATCH


class PaymentDateInFuture(DomainError):
    code = UserErrorCode.PAYMENT_DATE_IN_FUTURE


class PaymentManagedByQuickBooks(DomainError):
    code = UserErrorCode.PAYMENT_MANAGED_BY_QUICKBOOKS


class QuickBooksNotConnected(DomainError):
    code = UserErrorCode.QUICKBOOKS_NOT_CONNECTED


class PaymentExceedsBalance(DomainError):
    code = UserErrorCode.PAYMENT_EXCEEDS_BALANCE

    def __init__(self, message: str, *path: str, outstanding_balance_cents: int) -> None:
        super().__init__(message, *path)
        self.outstanding_balance_cents = outstanding_balance_cents


class InvoiceStateError(DomainError):
    """Refused because of what the invoice is now."""

    def __init__(self, message: str, *path: str, invoice_id: str) -> None:
        super().__init__(message, *path)
        self.invoice_id = invoice_id


class InvoiceLocked(InvoiceStateError):
    code = UserErrorCode.INVOICE_LOCKED


class InvoiceEmpty(InvoiceStateError):
    code = UserErrorCode.INVOICE_EMPTY


class InvoiceHasPayments(InvoiceStateError):
    code = UserErrorCode.INVOICE_HAS_PAYMENTS


class OrderAlreadyInvoiced(InvoiceStateError):
    code = UserErrorCode.ORDER_ALREADY_INVOICED


@contextmanager
def at(*path: str) -> Generator[None]:
    """Say where in the input the refusals raised inside belong."""
    try:
        yield
    except DomainError as error:
        error.path = (*path, *error.path)
        raise
