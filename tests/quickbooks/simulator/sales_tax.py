"""Tax of an invoice: the client's total, the codes' rates, or QuickBooks' own tax engine."""

from decimal import Decimal

from . import faults
from .books import Books, Row
from .fields import cents, number
from .json_text import Json, ref, table

US_CODES = ("TAX", "NON")


def code(books: Books, wanted: str) -> str:
    """In the US only TAX or NON, elsewhere the id of a tax code."""
    if books.preferences.country == "US":
        if wanted and wanted not in US_CODES:
            raise faults.dangling("TaxCode", wanted)
        return wanted or "NON"
    if wanted:
        return books.refer("TaxCode", wanted).id
    if books.switches.tax_code_required:
        raise faults.business(
            "Make sure all your transactions have a GST/HST rate before you save."
        )
    return ""


def worked_out(books: Books, customer: Row, lines: list[Json], sent: Json) -> Json:
    """The TxnTaxDetail that is kept."""
    total = number(sent.get("TotalTax"), "TxnTaxDetail.TotalTax")
    if books.preferences.partner_tax:
        total = _by_engine(books, customer, lines)
    elif total is None:
        total = _by_codes(books, lines)
    total = cents(total) + books.switches.tax_off_by
    kept = {name: sent[name] for name in ("TxnTaxCodeRef", "TaxLine") if sent.get(name)}
    return {**kept, "TotalTax": total}


def _by_engine(books: Books, customer: Row, lines: list[Json]) -> Decimal:
    """It goes by addresses: without one there is no tax, whatever the client says."""
    if not table(customer.body.get("ShipAddr")) and not table(customer.body.get("BillAddr")):
        return Decimal(0)
    taxed = [line for line in lines if _code_of(line) == "TAX"]
    return books.preferences.partner_tax_rate * sum(line["Amount"] for line in taxed)


def _by_codes(books: Books, lines: list[Json]) -> Decimal:
    if books.preferences.country == "US":
        return Decimal(0)
    sums: dict[str, Decimal] = {}
    for line in lines:
        if found := _code_of(line):
            sums[found] = sums.get(found, Decimal(0)) + line["Amount"]
    rates = {found: books.rows["TaxCode"][found].body["_rate"] for found in sums}
    return sum((cents(value * rates[found]) for found, value in sums.items()), Decimal(0))


def _code_of(line: Json) -> str:
    return ref(table(line.get("SalesItemLineDetail")), "TaxCodeRef")
