"""Between Remit's words and QuickBooks': the only file that knows QuickBooks' field names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn, cast

from domain.errors import InvalidInput
from domain.money import cents_from
from quickbooks.client import Row, quoted

# A voided document has nothing in it and says so here, in English whatever the language.
_VOIDED = "Voided"
# What the database keeps, with room to spare.
_ID = re.compile(r"[!-~]{1,32}")
_DIGITS_MAX = 18


class Unreadable(Exception):
    """A row is not what QuickBooks documents; nothing can be concluded from it."""


@dataclass(frozen=True, slots=True)
class ForeignInvoice:
    """An invoice as it is there; of a deleted one only the id is known."""

    id: str
    sync_token: int
    total_cents: int
    invoice_date: date
    number: str | None
    customer_id: str | None
    note: str | None
    is_voided: bool
    payment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignPayment:
    """A payment as it is there, with what it gives to each invoice, by the invoice's id there."""

    id: str
    sync_token: int
    payment_date: date
    reference_number: str | None
    notes: str | None
    method_id: str | None
    is_voided: bool
    cents_by_invoice: Mapping[str, int]


def id_of(row: Row) -> str:
    found = _text(row, "Id") or ""
    return found if _ID.fullmatch(found) else _unreadable("Id")


def changed_from(moment: datetime) -> str:
    """The condition of a query for what has changed since then, the oldest change first."""
    stamp = quoted(moment.astimezone(UTC).isoformat(timespec="seconds"))
    return f"WHERE MetaData.LastUpdatedTime >= {stamp} ORDERBY MetaData.LastUpdatedTime"


def among(quickbooks_ids: Iterable[str]) -> str:
    """The condition of a query for these."""
    return f"WHERE Id IN ({', '.join(map(quoted, quickbooks_ids))})"


def changed_at(row: Row) -> datetime | None:
    """When it was changed last; none where that cannot be read."""
    times: Any = row.get("MetaData")
    try:
        at = datetime.fromisoformat(times["LastUpdatedTime"])
    except (LookupError, TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def payment_method(row: Row) -> tuple[str, str]:
    """The id and the name of a way to pay."""
    return id_of(row), _text(row, "Name") or ""


def company_name(row: Row) -> str | None:
    return _text(row, "CompanyName") or _text(row, "LegalName")


def is_deleted(row: Row) -> bool:
    """Whether a change says that the object is gone."""
    return row.get("status") == "Deleted"


def foreign_invoice(row: Row) -> ForeignInvoice:
    note = _text(row, "PrivateNote")
    total_cents = _cents(row, "TotalAmt")
    return ForeignInvoice(
        id=id_of(row),
        sync_token=_sync_token(row),
        total_cents=total_cents,
        invoice_date=_day(row, "TxnDate"),
        number=_text(row, "DocNumber"),
        customer_id=_reference(row, "CustomerRef"),
        note=note,
        is_voided=total_cents == 0 and (note or "").startswith(_VOIDED),
        payment_ids=tuple(_linked(row, "Payment")),
    )


def foreign_payment(row: Row) -> ForeignPayment:
    """The sum of a payment's own lines for each invoice; lines for anything else are left out."""
    cents: dict[str, int] = {}
    lines = _list(row, "Line")
    for line in lines:
        amount = _cents(line, "Amount")
        invoice_ids = list(_linked(line, "Invoice"))
        if len(invoice_ids) > 1:
            # Which of them is given how much cannot be told.
            _unreadable("Line")
        for invoice_id in invoice_ids:
            cents[invoice_id] = cents.get(invoice_id, 0) + amount
    note = _text(row, "PrivateNote")
    return ForeignPayment(
        id=id_of(row),
        sync_token=_sync_token(row),
        payment_date=_day(row, "TxnDate"),
        reference_number=_text(row, "PaymentRefNum"),
        notes=note,
        method_id=_reference(row, "PaymentMethodRef"),
        # A credit memo that is applied has a total of 0 too, but it has lines.
        is_voided=not lines and (note or "").startswith(_VOIDED),
        cents_by_invoice=cents,
    )


def _linked(row: Row, kind: str) -> Iterator[str]:
    for link in _list(row, "LinkedTxn"):
        if link.get("TxnType") == kind:
            yield _text(link, "TxnId") or _unreadable("TxnId")


def _list(row: Row, name: str) -> list[dict[str, Any]]:
    found = row.get(name, [])
    if not isinstance(found, list):
        _unreadable(name)
    lines = cast("list[object]", found)
    if not all(isinstance(line, dict) for line in lines):
        _unreadable(name)
    return cast("list[dict[str, Any]]", lines)


def _text(row: Row, name: str) -> str | None:
    found = row.get(name)
    if found is not None and not isinstance(found, str):
        _unreadable(name)
    return found


def _reference(row: Row, name: str) -> str | None:
    found = row.get(name)
    return _text(cast("Row", found), "value") if isinstance(found, dict) else None


def _cents(row: Row, name: str) -> int:
    try:
        return cents_from(Decimal(row[name]))
    except (LookupError, TypeError, ValueError, InvalidOperation, InvalidInput):
        _unreadable(name)


def _sync_token(row: Row) -> int:
    found = _text(row, "SyncToken") or ""
    is_number = found.isascii() and found.isdigit() and len(found) <= _DIGITS_MAX
    return int(found) if is_number else _unreadable("SyncToken")


def _day(row: Row, name: str) -> date:
    try:
        return date.fromisoformat(_text(row, name) or "")
    except ValueError:
        _unreadable(name)


def _unreadable(name: str) -> NoReturn:
    raise Unreadable(f"QuickBooks' {name} cannot be read")
