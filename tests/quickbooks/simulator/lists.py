"""Customers, vendors, employees, items, terms and methods: records that are named."""

from . import faults
from .books import NAMES, Books, Row
from .faults import Refusal
from .fields import check_texts, merged
from .json_text import Json, ref

NAME_FIELD = {
    "Customer": "DisplayName",
    "Vendor": "DisplayName",
    "Employee": "DisplayName",
    "Item": "Name",
    "Term": "Name",
    "PaymentMethod": "Name",
}
LONGEST = {"Customer": 500, "Vendor": 500, "Employee": 500, "Item": 100}
PERSON = ("Title", "GivenName", "MiddleName", "FamilyName", "Suffix")


def create(books: Books, kind: str, body: Json) -> Row:
    return books.add(kind, _composed(books, kind, merged({}, body, sparse=True, kept=()), ""))


def update(books: Books, kind: str, body: Json) -> Row:
    """Inactive is what deleted is elsewhere; the switch says whether its name shows it."""
    row = books.checked(kind, body)
    sparse = body.get("sparse") is True
    sent = merged(row.body, body, sparse=sparse, kept=("Active", "CurrencyRef", "Balance"))
    field = NAME_FIELD[kind]
    if sent.get("Active") is False and row.body["Active"] and books.switches.inactive_renamed:
        sent[field] = f"{sent[field]} (deleted)"
    new = _composed(books, kind, sent, row.id)
    if ref(new, "CurrencyRef") != ref(row.body, "CurrencyRef"):
        raise faults.business("The currency of a customer cannot be changed.")
    return books.change(row, new)


def _composed(books: Books, kind: str, body: Json, row_id: str) -> Json:
    field = NAME_FIELD[kind]
    name = str(body.get(field) or "").strip()
    if not name and kind in NAMES:
        name = " ".join(str(body[part]) for part in PERSON if body.get(part))
    if not name:
        raise faults.missing(field)
    if any(character in name for character in ":\t\n"):
        raise Refusal("2040", f"Invalid String : {field}", field)
    check_texts({field: name}, {field: LONGEST.get(kind, 31)})
    _check_unique(books, kind, name, row_id)
    result: Json = {"Active": True, **body, field: name, "FullyQualifiedName": name}
    if kind == "Customer":
        result |= _of_customer(books, body, name)
    if kind == "Item":
        result |= _of_item(books, body)
    return result


def _of_customer(books: Books, body: Json, name: str) -> Json:
    code = ref(body, "CurrencyRef") or books.preferences.home_currency
    if code != books.preferences.home_currency and not books.preferences.multi_currency:
        raise faults.business("Multi Currency should be enabled to perform this operation.")
    return {
        "PrintOnCheckName": body.get("PrintOnCheckName") or name,
        "CurrencyRef": {"value": code, "name": code},
        "Taxable": body.get("Taxable", True),
    }


def _of_item(books: Books, body: Json) -> Json:
    account = ref(body, "IncomeAccountRef")
    if not account:
        raise faults.missing("IncomeAccountRef")
    found = books.refer("Account", account)
    return {
        "Type": body.get("Type") or "Service",
        "IncomeAccountRef": {"value": found.id, "name": found.body["Name"]},
    }


def _check_unique(books: Books, kind: str, name: str, row_id: str) -> None:
    """Customers, vendors and employees share their names; inactive ones hold theirs as well."""
    for other_kind in NAMES if kind in NAMES else (kind,):
        for other in books.live(other_kind):
            is_itself = other_kind == kind and other.id == row_id
            if not is_itself and other.body[NAME_FIELD[other_kind]].lower() == name.lower():
                raise faults.name_taken()
