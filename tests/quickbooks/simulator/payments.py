"""Payments over many invoices, with credit memos; voiding and deleting."""

from decimal import Decimal
from typing import Any

from . import faults
from .books import Books, Row
from .clock import today
from .faults import Refusal
from .fields import amount, check_texts, day, merged
from .invoices import check_currency, currency
from .json_text import Json, ref, rows, table
from .properties import PAYMENT, check_properties
from .settlement import links, open_balance, settle

UNDEPOSITED_FUNDS = "4"
SERVER_KEPT = ("TxnDate", "CurrencyRef", "LinkedTxn", "DepositToAccountRef")
LONGEST = {"PaymentRefNum": 21, "PrivateNote": 4000}
NAME_VALUE = {
    "name": "{http://schema.intuit.com/finance/v3}NameValue",
    "declaredType": "com.intuit.schema.finance.v3.NameValue",
    "scope": "javax.xml.bind.JAXBElement$GlobalScope",
    "nil": False,
    "globalScope": True,
    "typeSubstituted": False,
}


def create(books: Books, body: Json) -> Row:
    check_currency(books, body)
    row = books.add("Payment", _composed(books, merged({}, body, sparse=True, kept=()), ""))
    settle(books, links(row.body))
    return row


def update(books: Books, body: Json) -> Row:
    """Lines are replaced all or none."""
    row = books.checked("Payment", body)
    before = links(row.body)
    sparse = body.get("sparse") is True
    new = _composed(books, merged(row.body, body, sparse=sparse, kept=SERVER_KEPT), row.id)
    books.change(row, new)
    settle(books, [*before, *links(new)])
    return row


def void(books: Books, body: Json) -> Row:
    row = books.checked("Payment", body)
    _refuse_deposited(row)
    before = links(row.body)
    note = row.body.get("PrivateNote")
    kept = {name: value for name, value in row.body.items() if name != "Line"}
    nothing = {"TotalAmt": Decimal(0), "UnappliedAmt": Decimal(0), "Line": list[Any]()}
    note = f"Voided - {note}" if note else "Voided"
    books.change(row, {**kept, **nothing, "PrivateNote": note}, "Void")
    settle(books, before)
    return row


def delete(books: Books, body: Json) -> Row:
    row = books.checked("Payment", body)
    _refuse_deposited(row)
    books.remove(row)
    settle(books, links(row.body))
    return row


def _refuse_deposited(row: Row) -> None:
    if row.body.get("LinkedTxn"):
        raise Refusal(
            "6540",
            "Deposited Transaction cannot be changed : If you want to change or delete it, "
            "remove it from its deposit first.",
        )


def _composed(books: Books, body: Json, row_id: str) -> Json:
    check_properties("Payment", body, PAYMENT)
    for name in ("CustomerRef", "TotalAmt"):
        if body.get(name) in (None, "", {}):
            raise faults.missing(name)
    customer = books.refer("Customer", ref(body, "CustomerRef"))
    check_texts(body, LONGEST)
    total = amount(body["TotalAmt"], "TotalAmt")
    if total < 0:
        raise faults.business("Transaction amount must be 0 or greater")
    lines = [_line(books, table(line), customer, row_id) for line in rows(body.get("Line"))]
    left = total - _applied(lines)
    if left < 0:
        raise faults.business("The amount applied is more than the amount received.")
    method = ref(body, "PaymentMethodRef")
    if method:
        books.refer("PaymentMethod", method)
    account = ref(body, "DepositToAccountRef") or UNDEPOSITED_FUNDS
    sent = {name: value for name, value in body.items() if name != "PaymentMethodRef"}
    return {
        "ProcessPayment": False,
        **sent,
        **({"PaymentMethodRef": {"value": method}} if method else {}),
        **currency(books, body, customer),
        "TxnDate": (day(body, "TxnDate") or today(books.clock)).isoformat(),
        "CustomerRef": {"value": customer.id, "name": customer.body["DisplayName"]},
        "DepositToAccountRef": {"value": books.refer("Account", account).id},
        "TotalAmt": total,
        "UnappliedAmt": left,
        "Line": lines,
    }


def _applied(lines: list[Json]) -> Decimal:
    """What invoices take, less what credit memos bring."""
    total = Decimal(0)
    for (kind, _), part in links({"Line": lines}).items():
        total += -part if kind == "CreditMemo" else part
    return total


def _line(books: Books, line: Json, customer: Row, row_id: str) -> Json:
    value = amount(line.get("Amount"), "Line.Amount")
    linked = [table(each) for each in rows(line.get("LinkedTxn"))]
    if len(linked) != 1 or not linked[0].get("TxnId") or not linked[0].get("TxnType"):
        raise faults.missing("Line.LinkedTxn")
    kind, target_id = str(linked[0]["TxnType"]), str(linked[0]["TxnId"])
    opened: list[Json] = []
    if kind in {"Invoice", "CreditMemo"}:
        target = books.refer(kind, target_id)
        if ref(target.body, "CustomerRef") != customer.id:
            raise faults.business("The linked transaction belongs to another customer.")
        left = open_balance(books, target, but=row_id)
        value = _within(books, value, left)
        opened = _told(target, left)
    return {
        "Amount": value,
        "LinkedTxn": [{"TxnId": target_id, "TxnType": kind}],
        "LineEx": {"any": opened},
    }


def _within(books: Books, value: Decimal, left: Decimal) -> Decimal:
    """A line above what is open: nobody has seen for certain what becomes of it."""
    if value <= left or books.switches.line_above_balance == "kept":
        return value
    if books.switches.line_above_balance == "refused":
        raise faults.business("The amount applied is more than the open balance.")
    return left


def _told(target: Row, left: Decimal) -> list[Json]:
    values = {
        "txnId": target.id,
        "txnOpenBalance": f"{left:.2f}",
        "txnReferenceNumber": target.body.get("DocNumber"),
    }
    return [
        {**NAME_VALUE, "value": {"Name": name, "Value": value}}
        for name, value in values.items()
        if value is not None
    ]
