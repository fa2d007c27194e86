"""A person who works in QuickBooks itself, and needs no sync tokens."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from . import entities, faults
from .books import Books, Row
from .clock import today
from .json_text import Json
from .settlement import links, position

Amount = Decimal | int | str


class Person:
    """Every action answers the record as the API would show it.

    Invoices are named by their id in QuickBooks; `invoice_id` finds it by the DocNumber.
    """

    def __init__(self, books: Books) -> None:
        self._books = books

    def record_payment(
        self,
        lines: Mapping[str, Amount],
        *,
        total: Amount | None = None,
        date: date | str | None = None,
        reference: str | None = None,
        note: str | None = None,
        method: str | None = None,
        customer: str | None = None,
    ) -> Json:
        """`lines` are amounts by invoice id; `total` may be more; `method` is a name."""
        if customer is None:
            customer = self._row("Invoice", next(iter(lines))).body["CustomerRef"]["value"]
        body = self._head(date, reference, note, method)
        body |= {"CustomerRef": {"value": customer}, **_lines(lines, total)}
        return self._write("Payment", "create", body)

    def edit_payment(
        self,
        payment: str,
        *,
        total: Amount | None = None,
        date: date | str | None = None,
        reference: str | None = None,
        note: str | None = None,
        method: str | None = None,
    ) -> Json:
        body = self._head(date, reference, note, method)
        if total is not None:
            body["TotalAmt"] = Decimal(total)
        return self._write("Payment", "update", {**self._named("Payment", payment), **body})

    def reallocate_payment(
        self, payment: str, lines: Mapping[str, Amount], *, total: Amount | None = None
    ) -> Json:
        """Other invoices, or other parts; the total stays unless it is given."""
        kept = self._row("Payment", payment).body["TotalAmt"] if total is None else total
        body = {**self._named("Payment", payment), **_lines(lines, kept)}
        return self._write("Payment", "update", body)

    def void_payment(self, payment: str) -> Json:
        return self._write("Payment", "void", self._named("Payment", payment))

    def delete_payment(self, payment: str) -> Json:
        return self._write("Payment", "delete", self._named("Payment", payment))

    def void_invoice(self, invoice: str, *, release_payments: bool = False) -> Json:
        """Refused while payments are applied, unless they are taken off it first."""
        if release_payments:
            self.release_payments(invoice)
        return self._write("Invoice", "void", self._named("Invoice", invoice))

    def delete_invoice(self, invoice: str, *, release_payments: bool = False) -> Json:
        if release_payments:
            self.release_payments(invoice)
        return self._write("Invoice", "delete", self._named("Invoice", invoice))

    def release_payments(self, invoice: str) -> None:
        """What was paid on it becomes unapplied."""
        for payment in [*self._books.live("Payment")]:
            parts = links(payment.body)
            if ("Invoice", invoice) in parts:
                kept = [
                    {"Amount": part, "LinkedTxn": [{"TxnType": kind, "TxnId": row_id}]}
                    for (kind, row_id), part in parts.items()
                    if (kind, row_id) != ("Invoice", invoice)
                ]
                body = {**self._named("Payment", payment.id), "Line": kept}
                self._write("Payment", "update", body)

    def edit_invoice(self, invoice: str, **changes: Any) -> Json:
        """Properties as QuickBooks names them."""
        return self._write("Invoice", "update", {**self._named("Invoice", invoice), **changes})

    def make(self, kind: str, **properties: Any) -> Json:
        """A new record of any kind that the API can make, such as a Vendor."""
        return self._write(kind, "create", properties)

    def edit(self, kind: str, record: str, **changes: Any) -> Json:
        return self._write(kind, "update", {**self._named(kind, record), **changes})

    def deactivate(self, kind: str, record: str) -> Json:
        return self.edit(kind, record, Active=False)

    def make_credit_memo(self, customer: str, amount: Amount) -> Json:
        found = self._books.refer("Customer", customer)
        total = Decimal(amount)
        body: Json = {
            "CustomerRef": {"value": found.id, "name": found.body["DisplayName"]},
            "TxnDate": today(self._books.clock).isoformat(),
            "TotalAmt": total,
            **position(self._books, "CreditMemo", "", total),
        }
        return entities.shown(self._books, self._books.add("CreditMemo", body))

    def apply_credit(self, memo: str, invoice: str, amount: Amount) -> Json:
        """QuickBooks makes a payment of nothing, whose two lines meet."""
        customer = self._row("CreditMemo", memo).body["CustomerRef"]["value"]
        lines = [
            {"Amount": Decimal(amount), "LinkedTxn": [{"TxnType": kind, "TxnId": row_id}]}
            for kind, row_id in (("Invoice", invoice), ("CreditMemo", memo))
        ]
        body = {"CustomerRef": {"value": customer}, "TotalAmt": Decimal(0), "Line": lines}
        return self._write("Payment", "create", body)

    def deposit_payment(self, payment: str) -> Json:
        """Afterwards it can be neither voided nor deleted."""
        row = self._row("Payment", payment)
        body = {"TotalAmt": row.body["TotalAmt"], "TxnDate": row.body["TxnDate"]}
        deposit = self._books.add("Deposit", body)
        linked = [{"TxnId": deposit.id, "TxnType": "Deposit"}]
        self._books.change(row, {**row.body, "LinkedTxn": linked})
        return entities.shown(self._books, deposit)

    def undeposit_payment(self, payment: str) -> Json:
        row = self._row("Payment", payment)
        self._books.remove(self._row("Deposit", row.body["LinkedTxn"][0]["TxnId"]))
        kept = {name: value for name, value in row.body.items() if name != "LinkedTxn"}
        return entities.shown(self._books, self._books.change(row, kept))

    def invoice_id(self, number: str) -> str:
        """Of the invoice with this DocNumber; the last one where there are several."""
        found = [row.id for row in self._books.live("Invoice") if row.body["DocNumber"] == number]
        if not found:
            raise faults.not_found()
        return found[-1]

    def see(self, kind: str, record: str) -> Json:
        return entities.shown(self._books, self._row(kind, record))

    def see_all(self, kind: str) -> list[Json]:
        return [entities.shown(self._books, row) for row in self._books.live(kind)]

    def _head(
        self, date: date | str | None, reference: str | None, note: str | None, method: str | None
    ) -> Json:
        body: Json = {}
        if date is not None:
            body["TxnDate"] = str(date)
        if reference is not None:
            body["PaymentRefNum"] = reference
        if note is not None:
            body["PrivateNote"] = note
        if method is not None:
            body["PaymentMethodRef"] = {"value": self._method(method)}
        return body

    def _method(self, name: str) -> str:
        """Chosen from the list, or written into it."""
        for row in self._books.live("PaymentMethod"):
            if row.body["Name"] == name:
                return row.id
        return str(self.make("PaymentMethod", Name=name)["Id"])

    def _row(self, kind: str, row_id: str) -> Row:
        return self._books.find(kind, row_id)

    def _named(self, kind: str, row_id: str) -> Json:
        return {"Id": row_id, "SyncToken": str(self._row(kind, row_id).token), "sparse": True}

    def _write(self, kind: str, operation: str, body: Json) -> Json:
        return entities.shown(self._books, entities.WRITES[kind, operation](self._books, body))


def _lines(lines: Mapping[str, Amount], total: Amount | None) -> Json:
    parts = {row_id: Decimal(part) for row_id, part in lines.items()}
    return {
        "TotalAmt": sum(parts.values(), Decimal(0)) if total is None else Decimal(total),
        "Line": [
            {"Amount": part, "LinkedTxn": [{"TxnType": "Invoice", "TxnId": row_id}]}
            for row_id, part in parts.items()
        ],
    }
