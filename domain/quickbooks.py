"""What there is to say of an invoice's copy in QuickBooks Online."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from domain.errors import InvalidInput, InvoiceEmpty, LimitExceeded, QuickBooksNotConnected
from domain.line_item import Charge
from domain.money import money_text
from domain.terms import PaymentTerms

EXPORTS_MAX = 100


class QuickBooksState(StrEnum):
    """How far the export of an invoice has come."""

    NOT_EXPORTED = "notExported"
    QUEUED = "queued"
    EXPORTED = "exported"
    FAILED = "failed"


class Invoice(Protocol):
    """What an invoice says, as far as its copy has it."""

    @property
    def id(self) -> str: ...
    @property
    def full_id(self) -> str: ...
    @property
    def customer_id(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def invoice_date(self) -> date: ...
    @property
    def terms(self) -> PaymentTerms: ...
    @property
    def due_date(self) -> date: ...
    @property
    def notes(self) -> str | None: ...


class Copy(Protocol):
    """What is known of an invoice's copy."""

    @property
    def state(self) -> QuickBooksState: ...
    @property
    def content_digest(self) -> str | None: ...
    @property
    def is_gone(self) -> bool: ...


class Connection(Protocol):
    @property
    def disconnected_at(self) -> datetime | None: ...
    @property
    def reconnect_reason(self) -> str | None: ...


C = TypeVar("C", bound=Connection)


def lane(realm_id: str) -> str:
    """Jobs of one company are done one at a time."""
    return f"quickbooks:{realm_id}"


def check_connected(connection: C | None) -> C:
    """The connection, where it can be used."""
    if connection is None or connection.disconnected_at is not None:
        raise QuickBooksNotConnected("QuickBooks is not connected: connect it first")
    if connection.reconnect_reason is not None:
        raise QuickBooksNotConnected("QuickBooks has to be connected again first")
    return connection


def check_count(count: int) -> None:
    if not count:
        raise InvalidInput("Name at least one invoice", "invoice_ids")
    if count > EXPORTS_MAX:
        raise LimitExceeded(
            f"At most {EXPORTS_MAX} invoices can be exported at once", "invoice_ids"
        )


def check_exportable(invoice: Invoice, *, line_item_count: int) -> None:
    if not line_item_count:
        raise InvoiceEmpty(
            f"{invoice.full_id} has no line items: add one before exporting it",
            invoice_id=invoice.id,
        )


def needs_export(copy: Copy, digest: str) -> bool:
    """Whether there is anything to do for a copy that somebody asks for again."""
    is_current = copy.state is QuickBooksState.EXPORTED and copy.content_digest == digest
    return copy.is_gone or not is_current


def difference(theirs_cents: int, ours_cents: int, currency: str) -> str | None:
    """What is said where a copy comes to something else than its invoice."""
    if theirs_cents == ours_cents:
        return None
    theirs, ours = money_text(theirs_cents, currency), money_text(ours_cents, currency)
    return f"QuickBooks says {theirs}, Remit says {ours}"


def content_digest(invoice: Invoice, lines: Iterable[Charge]) -> str:
    """Of all that a copy says: equal as long as nothing of it changes, the lines' order included.

    What a line comes to follows from its quantity, rate and tax rate.
    """
    said = ascii(
        (
            invoice.full_id,
            invoice.customer_id,
            invoice.currency,
            invoice.invoice_date.isoformat(),
            str(invoice.terms),
            invoice.due_date.isoformat(),
            invoice.notes,
            [
                (str(line.type), line.description, line.quantity_e4, line.rate_e4, line.tax_rate_e4)
                for line in lines
            ],
        )
    )
    return hashlib.sha256(said.encode()).hexdigest()
