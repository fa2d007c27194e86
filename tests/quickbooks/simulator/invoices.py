"""Invoices: what is checked, what QuickBooks works out, voiding and deleting."""

from datetime import timedelta
from decimal import Decimal

from . import faults, invoice_lines, sales_tax
from .books import Books, Row
from .clock import today
from .fields import amount, check_texts, day, merged
from .json_text import Json, ref, table
from .properties import INVOICE, check_properties
from .settlement import position

WORKED_OUT = ("TotalAmt", "Balance", "LinkedTxn", "HomeTotalAmt", "HomeBalance")
SERVER_KEPT = ("DocNumber", "TxnDate", "CurrencyRef", "ExchangeRate", "EmailStatus", "PrintStatus")
LONGEST = {"DocNumber": 21, "PrivateNote": 4000}


def create(books: Books, body: Json) -> Row:
    check_currency(books, body)
    return books.add("Invoice", _composed(books, merged({}, body, sparse=True, kept=()), ""))


def update(books: Books, body: Json) -> Row:
    row = books.checked("Invoice", body)
    sparse = body.get("sparse") is True
    return books.change(
        row, _composed(books, merged(row.body, body, sparse=sparse, kept=SERVER_KEPT), row.id)
    )


def void(books: Books, body: Json) -> Row:
    row = books.checked("Invoice", body)
    _refuse_while_paid(row, "voided")
    note = row.body.get("PrivateNote")
    nothing = Decimal(0)
    voided = {
        **row.body,
        "Line": [invoice_lines.emptied(line) for line in row.body["Line"]],
        "TxnTaxDetail": {"TotalTax": nothing},
        "TotalAmt": nothing,
        "Balance": nothing,
        "PrivateNote": f"Voided - {note}" if note else "Voided",
    }
    return books.change(row, voided, "Void")


def delete(books: Books, body: Json) -> Row:
    row = books.checked("Invoice", body)
    _refuse_while_paid(row, "deleted")
    return books.remove(row)


def _refuse_while_paid(row: Row, done: str) -> None:
    if row.body["LinkedTxn"]:
        raise faults.business(
            f"This transaction cannot be {done}, as a payment or another transaction is linked"
        )


def _composed(books: Books, body: Json, row_id: str) -> Json:
    """The whole record as it is kept, from what a client sent; nothing changes on a refusal."""
    check_properties("Invoice", body, INVOICE)
    if not ref(body, "CustomerRef"):
        raise faults.missing("CustomerRef")
    customer = books.refer("Customer", ref(body, "CustomerRef"))
    check_texts(body, LONGEST)
    check_texts(table(body.get("CustomerMemo")), {"value": 1000})
    lines = invoice_lines.composed(books, body.get("Line"))
    subtotal = invoice_lines.subtotal(lines)
    tax = sales_tax.worked_out(books, customer, lines, table(body.get("TxnTaxDetail")))
    total = subtotal + tax["TotalTax"]
    if total < 0:
        raise faults.business("Transaction amount must be 0 or greater")
    sent = {name: value for name, value in body.items() if name not in WORKED_OUT}
    return {
        "EmailStatus": "NotSet",
        "PrintStatus": "NeedToPrint",
        **sent,
        **_dated(books, body),
        **currency(books, body, customer),
        "DocNumber": _number(books, str(body.get("DocNumber") or ""), row_id),
        "CustomerRef": {"value": customer.id, "name": customer.body["DisplayName"]},
        "Line": [*lines, invoice_lines.subtotal_line(subtotal)],
        "TxnTaxDetail": tax,
        "TotalAmt": total,
        **position(books, "Invoice", row_id, total),
    }


def _number(books: Books, wanted: str, row_id: str) -> str | None:
    """Only with numbers of the company's own are duplicates looked for."""
    if books.preferences.custom_numbers:
        for other in books.live("Invoice"):
            if wanted and other.id != row_id and other.body["DocNumber"] == wanted:
                raise faults.number_taken(wanted, "Invoice", other.id)
        return wanted or None
    if wanted:
        return wanted
    used = [str(row.body["DocNumber"]) for row in books.live("Invoice")]
    return str(max([1000, *(int(text) for text in used if text.isdecimal())]) + 1)


def _dated(books: Books, body: Json) -> Json:
    dated = day(body, "TxnDate") or today(books.clock)
    due = day(body, "DueDate")
    term_id = ref(body, "SalesTermRef")
    result: Json = {"TxnDate": dated.isoformat()}
    days = 0
    if term_id:
        term = books.refer("Term", term_id)
        result["SalesTermRef"] = {"value": term.id, "name": term.body["Name"]}
        days = int(term.body.get("DueDays") or 0)
    result["DueDate"] = (due or dated + timedelta(days=days)).isoformat()
    return result


def check_currency(books: Books, body: Json) -> None:
    """A new record may name one only in a company that has several."""
    if ref(body, "CurrencyRef") and not books.preferences.multi_currency:
        raise faults.business("Multi Currency should be enabled to perform this operation.")


def currency(books: Books, body: Json, customer: Row) -> Json:
    """Of an invoice or a payment."""
    code = ref(body, "CurrencyRef") or books.preferences.home_currency
    if ref(customer.body, "CurrencyRef") != code:
        raise faults.business("The currency of the transaction is invalid for the customer.")
    result: Json = {"CurrencyRef": {"value": code, "name": code}}
    if books.preferences.multi_currency:
        result["ExchangeRate"] = amount(body.get("ExchangeRate") or 1, "ExchangeRate")
    return result
