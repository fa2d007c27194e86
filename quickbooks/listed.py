"""What QuickBooks keeps in lists: customers, items, accounts, terms, and a company's settings.

The reading side of `convert` for these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from domain.terms import PaymentTerms
from quickbooks.client import Row
from quickbooks.convert import Unreadable, id_of

# Terms as companies call them, folded and without blanks; the first of the list is asked first.
_TERM_NAMES: Mapping[PaymentTerms, tuple[str, ...]] = {
    PaymentTerms.PIA: ("pia", "paymentinadvance", "prepaid", "prepayment"),
    PaymentTerms.EOM: ("eom", "endofmonth"),
    PaymentTerms.NET_0: ("net0", "dueonreceipt"),
}
_NAME_FIELDS = {"Customer": "DisplayName"}
_KINDS_SOLD = {"Service", "NonInventory", "Inventory"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list that has names. `currency` is a customer's, `kind` an item's."""

    id: str
    sync_token: int
    is_active: bool
    currency: str | None
    kind: str | None

    @property
    def is_sold(self) -> bool:
        """Whether an invoice's line may name it; categories and bundles may not be named."""
        return self.kind in _KINDS_SOLD


def name_field(entity: str) -> str:
    return _NAME_FIELDS.get(entity, "Name")


def listed(row: Row) -> Listed:
    token = row.get("SyncToken")
    if not isinstance(token, str) or not token.isdecimal():
        raise Unreadable("QuickBooks' SyncToken cannot be read")
    return Listed(
        id=id_of(row),
        sync_token=int(token),
        # Only an inactive one has to say what it is.
        is_active=row.get("Active") is not False,
        currency=_within(row, "CurrencyRef", "value"),
        kind=_text(row.get("Type")),
    )


def term_ids(rows: Iterable[Row]) -> dict[PaymentTerms, str]:
    """The company's terms for ours: of the same name, else due after as many days."""
    by_name: dict[str, str] = {}
    by_days: dict[int, str] = {}
    for row in rows:
        by_name.setdefault("".join((_text(row.get("Name")) or "").lower().split()), id_of(row))
        days = row.get("DueDays")
        if row.get("Type", "STANDARD") == "STANDARD" and isinstance(days, int):
            by_days.setdefault(days, id_of(row))
    found: dict[PaymentTerms, str] = {}
    for terms in PaymentTerms:
        called = [one for one in _TERM_NAMES.get(terms, (str(terms),)) if one in by_name]
        if called:
            found[terms] = by_name[called[0]]
        elif (days := _days(terms)) in by_days:
            found[terms] = by_days[days]
    return found


def is_american(company_info: Row) -> bool:
    return _text(company_info.get("Country")) in {"US", "USA", "United States"}


def has_currencies(preferences: Row) -> bool:
    return _within(preferences, "CurrencyPrefs", "MultiCurrencyEnabled") is True


def home_currency(preferences: Row) -> str:
    home: Any = _within(preferences, "CurrencyPrefs", "HomeCurrency")
    code = _text(_within({"": home}, "", "value"))
    if code is None:
        raise Unreadable("QuickBooks does not say in which currency the company keeps its books")
    return code


def _days(terms: PaymentTerms) -> int:
    """-1 for those that are no number of days from the invoice date."""
    digits = str(terms).removeprefix("net")
    return int(digits) if digits.isdecimal() else -1


def _within(row: Row, name: str, inner: str) -> Any:
    found = row.get(name)
    return cast("dict[str, Any]", found).get(inner) if isinstance(found, dict) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
