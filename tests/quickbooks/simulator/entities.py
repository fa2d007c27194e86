"""Which records there are, how each is written, and how it is shown."""

from collections.abc import Callable

from . import company, invoices, lists, payments
from .books import Books, Row
from .json_text import Json

Write = Callable[[Books, Json], Row]

KINDS = (
    "Account CompanyInfo CreditMemo Customer Deposit Employee Invoice Item Payment PaymentMethod "
    "Preferences TaxCode Term Vendor".split()
)
BY_PATH = {kind.lower(): kind for kind in KINDS}
WITHOUT_FEED = ("TaxCode", "TaxRate", "TaxAgency", "TimeActivity", "JournalCode")
HAS_ACTIVE = (
    "Account Customer Employee Item PaymentMethod TaxCode Term Vendor".split()
)  # The lists that hide inactive rows.


def _named(write: Callable[[Books, str, Json], Row], kind: str) -> Write:
    return lambda books, body: write(books, kind, body)


WRITES: dict[tuple[str, str], Write] = {
    ("Invoice", "create"): invoices.create,
    ("Invoice", "update"): invoices.update,
    ("Invoice", "void"): invoices.void,
    ("Invoice", "delete"): invoices.delete,
    ("Payment", "create"): payments.create,
    ("Payment", "update"): payments.update,
    ("Payment", "void"): payments.void,
    ("Payment", "delete"): payments.delete,
    **{(kind, "create"): _named(lists.create, kind) for kind in lists.NAME_FIELD},
    **{(kind, "update"): _named(lists.update, kind) for kind in lists.NAME_FIELD},
}


def shown(books: Books, row: Row) -> Json:
    """A record as an answer holds it."""
    result = row.shown()
    if row.kind == "CompanyInfo":
        result |= {"Country": books.preferences.country}
    if row.kind == "Preferences":
        result |= company.preferences(books)
    return {
        name: value
        for name, value in result.items()
        if not name.startswith("_") and value is not None
    }
