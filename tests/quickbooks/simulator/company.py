"""A new company: what every one has from its first day, and its preferences as QuickBooks tells."""

from decimal import Decimal

from .books import Books
from .json_text import Json

TERMS = (("Due on receipt", 0), ("Net 15", 15), ("Net 30", 30), ("Net 60", 60))
METHODS = (
    ("Cash", "NON_CREDIT_CARD"),
    ("Check", "NON_CREDIT_CARD"),
    ("Credit Card", "CREDIT_CARD"),
    ("Wire Transfer", "NON_CREDIT_CARD"),
)
ACCOUNTS = (("1", "Services", "Income"), ("4", "Undeposited Funds", "Other Current Asset"))
TAX_CODES = (
    ("2", "Exempt", "0"),
    ("3", "Zero-rated", "0"),
    ("4", "GST", "0.05"),
    ("5", "HST ON", "0.13"),
    ("6", "GST/QST QC", "0.14975"),
)


def fill(books: Books) -> None:
    for row_id, name, kind in ACCOUNTS:
        body = {"Name": name, "AccountType": kind, "Active": True, "FullyQualifiedName": name}
        books.add("Account", body, row_id)
    income: Json = {"value": "1", "name": "Services"}
    books.add(
        "Item",
        {
            "Name": "Services",
            "FullyQualifiedName": "Services",
            "Active": True,
            "Type": "Service",
            "IncomeAccountRef": income,
            "UnitPrice": Decimal(0),
        },
    )
    for name, days in TERMS:
        books.add("Term", {"Name": name, "Active": True, "Type": "STANDARD", "DueDays": days})
    for name, kind in METHODS:
        books.add("PaymentMethod", {"Name": name, "Active": True, "Type": kind})
    for row_id, name, rate in TAX_CODES:
        body = {"Name": name, "Active": True, "Taxable": rate != "0", "_rate": Decimal(rate)}
        books.add("TaxCode", body, row_id)
    books.add("CompanyInfo", {"CompanyName": books.name, "LegalName": books.name}, books.realm)
    books.add("Preferences", {}, "1")


def preferences(books: Books) -> Json:
    """Turned by tests at any time, hence told anew each time."""
    chosen = books.preferences
    tax: Json = {"UsingSalesTax": True}
    if chosen.country == "US":
        tax["PartnerTaxEnabled"] = chosen.partner_tax
    return {
        "SalesFormsPrefs": {"CustomTxnNumbers": chosen.custom_numbers, "AllowDeposit": True},
        "CurrencyPrefs": {
            "MultiCurrencyEnabled": chosen.multi_currency,
            "HomeCurrency": {"value": chosen.home_currency},
        },
        "TaxPrefs": tax,
        "AccountingInfoPrefs": {"FirstMonthOfFiscalYear": "January", "CustomerTerminology": ""},
    }
