"""The writing side of `convert`: what QuickBooks is sent, in its field names and exact decimals.

With `convert` the only file that knows those names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.quickbooks_copies import Draft
from db.tables import LineItem
from domain.line_item import LineItemType
from domain.money import decimal_text, e4_text
from domain.terms import PaymentTerms
from quickbooks.client import Row
from quickbooks.convert import ForeignInvoice

_PRIVATE_NOTE_MAX = 4000
_NAME_MAX = 500
_COMPANY_MAX = 100
_EMAIL_MAX = 100
_PHONE_MAX = 30
_UNNAMEABLE = str.maketrans(dict.fromkeys(":\t\n\r", " "))
# Quantity and rate are in 10^-4 each, a cent in 10^-2.
_CENT_E8 = 10**6


@dataclass(frozen=True, slots=True)
class Setup:
    """How a company keeps its books, as far as what it is sent depends on it."""

    # Elsewhere a line's tax code is an id of the company's own.
    is_american: bool
    has_currencies: bool
    home_currency: str
    term_ids: Mapping[PaymentTerms, str]


@dataclass(frozen=True, slots=True)
class References:
    """Whom and what the copy names, by their ids there."""

    customer_id: str
    item_ids: Mapping[LineItemType, str]


def invoice(draft: Draft, references: References, setup: Setup) -> dict[str, Any]:
    """The whole copy. QuickBooks takes the tax as one sum, and what is taxed by line."""
    found = draft.invoice
    term_id = setup.term_ids.get(found.terms)
    return {
        "DocNumber": found.full_id,
        "TxnDate": found.invoice_date.isoformat(),
        "DueDate": found.due_date.isoformat(),
        **({} if term_id is None else {"SalesTermRef": {"value": term_id}}),
        "CustomerRef": {"value": references.customer_id},
        **_currency(found.currency, setup),
        "PrivateNote": _private_note(found.notes, found.id),
        "Line": [_line(line, references, setup) for line in draft.lines],
        "TxnTaxDetail": {"TotalTax": _amount(found.tax_total_cents)},
    }


def version(quickbooks_id: str, sync_token: int) -> dict[str, Any]:
    """Which row is to be changed, as it was when it was seen; what is not said of it stays."""
    return {"Id": quickbooks_id, "SyncToken": str(sync_token), "sparse": True}


def is_marked(found: ForeignInvoice, draft: Draft) -> bool:
    """Whether an invoice there says itself that it is this one's copy."""
    return _mark(draft.invoice.id) in (found.note or "")


def is_ours(found: ForeignInvoice, draft: Draft, customer_id: str) -> bool:
    """Whether an invoice there is this one's copy: by our mark, or by all that it says."""
    if is_marked(found, draft):
        return True
    return (found.customer_id, found.total_cents, found.invoice_date) == (
        customer_id,
        draft.invoice.total_cents,
        draft.invoice.invoice_date,
    )


def names(name: str, *suffixes: str) -> Sequence[str]:
    """The name as QuickBooks takes it, then with each suffix: what it may be called instead."""
    plain = " ".join(name.translate(_UNNAMEABLE).split())
    return [
        plain[:_NAME_MAX].strip(),
        *(f"{plain[: _NAME_MAX - len(one) - 3]} ({one})" for one in suffixes),
    ]


def customer(draft: Draft, name: str, setup: Setup) -> dict[str, Any]:
    found = draft.customer
    body: dict[str, Any] = {
        "DisplayName": name,
        "CompanyName": " ".join(found.name.split())[:_COMPANY_MAX],
        **_currency(draft.invoice.currency, setup),
    }
    if found.email is not None and len(found.email) <= _EMAIL_MAX:
        body["PrimaryEmailAddr"] = {"Address": found.email}
    if found.phone is not None and len(found.phone) <= _PHONE_MAX:
        body["PrimaryPhone"] = {"FreeFormNumber": found.phone}
    if draft.address is not None:
        body["BillAddr"] = _address(draft)
    return body


def item(name: str, income_account_id: str) -> dict[str, Any]:
    return {
        "Name": name,
        "Type": "Service",
        "IncomeAccountRef": {"value": income_account_id},
    }


def active_again() -> dict[str, Any]:
    return {"Active": True}


def line_terms(line: LineItem) -> tuple[int, int]:
    """Quantity and rate in 10^-4, such that their product is the line's amount to the cent.

    QuickBooks refuses any other: what was rounded is sent as one for all of it.
    """
    if line.quantity_e4 * line.rate_e4 == line.amount_cents * _CENT_E8:
        return line.quantity_e4, line.rate_e4
    return 10_000, line.amount_cents * 100


def _line(line: LineItem, references: References, setup: Setup) -> Row:
    quantity_e4, rate_e4 = line_terms(line)
    detail: dict[str, Any] = {
        "ItemRef": {"value": references.item_ids[line.type]},
        "Qty": Decimal(e4_text(quantity_e4)),
        "UnitPrice": Decimal(e4_text(rate_e4)),
    }
    if setup.is_american:
        detail["TaxCodeRef"] = {"value": "TAX" if line.tax_rate_e4 else "NON"}
    description = line.description
    if quantity_e4 != line.quantity_e4 or rate_e4 != line.rate_e4:
        description += f" ({e4_text(line.quantity_e4)} x {e4_text(line.rate_e4)})"
    return {
        "Description": description,
        "Amount": _amount(line.amount_cents),
        "DetailType": "SalesItemLineDetail",
        "SalesItemLineDetail": detail,
    }


def _private_note(notes: str | None, invoice_id: str) -> str:
    """The notes, as much as there is room for, and the mark by which the copy is known again."""
    mark = _mark(invoice_id)
    room = _PRIVATE_NOTE_MAX - len(mark) - 1
    return f"{notes[:room]}\n{mark}" if notes else mark


def _mark(invoice_id: str) -> str:
    return f"Remit {invoice_id}"


def _currency(currency: str, setup: Setup) -> dict[str, Any]:
    """A company of one currency takes none, not even its own."""
    return {"CurrencyRef": {"value": currency}} if setup.has_currencies else {}


def _address(draft: Draft) -> dict[str, Any]:
    address = draft.address
    if address is None:
        return {}
    parts = {
        "Line1": address.address1,
        "Line2": address.address2,
        "City": address.city,
        "CountrySubDivisionCode": address.state_code,
        "PostalCode": address.postal_code,
        "Country": address.country_code,
    }
    return {name: part for name, part in parts.items() if part}


def _amount(cents: int) -> Decimal:
    return Decimal(decimal_text(cents))
