"""What is owed, said once more over rows that are known, as plainly as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.tables import Customer, Invoice, Payment
from tests.random_rows import Rows

BUCKETS = ("current", "days1To30", "days31To60", "days61To90", "over90")
NOTHING = Decimal("0.00")


def amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def bucket_of(days_late: int) -> str:
    if days_late < 1:
        return "current"
    if days_late < 31:
        return "days1To30"
    if days_late < 61:
        return "days31To60"
    return "days61To90" if days_late < 91 else "over90"


@dataclass
class AccountBook:
    rows: Rows

    def payments_of(self, invoice: Invoice) -> list[Payment]:
        return [one for one in self.rows.payments if one.invoice_id == invoice.id]

    @property
    def receivables(self) -> list[Invoice]:
        return [one for one in self.rows.invoices if one.sent_at or self.payments_of(one)]

    def owed(self, customer: Customer, as_of: date) -> dict[str, Decimal]:
        """What one customer owes in each bucket."""
        found: dict[str, Decimal] = dict.fromkeys(BUCKETS, NOTHING)
        for invoice in self.receivables:
            if invoice.customer_id == customer.id and invoice.invoice_date <= as_of:
                paid = sum(
                    one.amount_cents
                    for one in self.payments_of(invoice)
                    if one.payment_date <= as_of
                )
                bucket = bucket_of((as_of - invoice.due_date).days)
                found[bucket] += amount(invoice.total_cents - paid)
        return found

    def aging(self, as_of: date) -> list[dict[str, Any]]:
        reports: list[dict[str, Any]] = []
        for currency in sorted({one.currency for one in self.rows.customers}):
            mine = [one for one in self.rows.customers if one.currency == currency]
            owed = [(customer, self.owed(customer, as_of)) for customer in mine]
            owed = [(customer, found) for customer, found in owed if any(found.values())]
            owed.sort(key=lambda one: (-sum(one[1].values()), one[0].name_folded, one[0].id))
            total = {name: sum((one[name] for _, one in owed), NOTHING) for name in BUCKETS}
            if owed:
                rows = [_row({"id": customer.id}, found) for customer, found in owed]
                head = {"asOf": str(as_of), "currency": currency}
                reports.append({**head, "total": _row(None, total), "customers": rows})
        return reports

    def statement(self, customer: Customer, first: date, last: date) -> dict[str, Any]:
        """Entry by entry from the very first, of which those within the days are shown."""
        balance = opening = NOTHING
        lines: list[dict[str, Any]] = []
        for day, _, _, one_id, cents in sorted(self._entries(customer)):
            if day > last:
                break
            balance += amount(cents)
            if day < first:
                opening = balance
                continue
            is_charge = one_id.startswith("invoice")
            lines.append(
                {
                    "date": str(day),
                    "invoice": {"id": one_id} if is_charge else None,
                    "payment": None if is_charge else {"id": one_id},
                    "charge": amount(cents) if is_charge else None,
                    "credit": None if is_charge else amount(-cents),
                    "balance": balance,
                }
            )
        return {"openingBalance": opening, "lines": lines, "closingBalance": balance}

    def _entries(self, customer: Customer) -> Sequence[tuple[date, int, int, str, int]]:
        entries: list[tuple[date, int, int, str, int]] = []
        for invoice in self.receivables:
            if invoice.customer_id == customer.id:
                number = invoice.number
                entries.append((invoice.invoice_date, 1, number, invoice.id, invoice.total_cents))
                entries += [
                    (one.payment_date, 2, number, one.id, -one.amount_cents)
                    for one in self.payments_of(invoice)
                ]
        return entries


def _row(customer: dict[str, str] | None, found: dict[str, Decimal]) -> dict[str, Any]:
    balance = sum(found.values(), NOTHING)
    return {"customer": customer, **found, "outstandingBalance": balance}
