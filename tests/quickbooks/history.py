"""What clerks do here and people do in QuickBooks, at random; and how both must look at the end."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from tests.quickbooks.real_office import Office
from tests.quickbooks.simulator import Refusal

Json = dict[str, Any]


@dataclass
class History:
    """Random actions on both sides; each may be refused, and changes nothing then."""

    office: Office
    random: Random
    customers: list[str] = field(default_factory=list[str])
    invoices: list[str] = field(default_factory=list[str])
    done: Counter[str] = field(default_factory=Counter[str])

    async def begin(self) -> None:
        self.customers = [await self.office.customer(name) for name in ("Acme", "O'Hara \\ Sons")]
        for _ in range(4):
            await self.bill()

    async def act(self) -> None:
        """One action; those that make something are likelier than those that undo it."""
        actions: list[tuple[int, Callable[[], Awaitable[bool] | bool]]] = [
            (4, self.bill),
            (6, self.export),
            (2, self.pay_here),
            (1, self.take_back_here),
            (1, self.delete_here),
            (8, self.pay_there),
            (4, self.reallocate_there),
            (3, self.edit_there),
            (2, self.void_there),
            (3, self.delete_there),
            (1, self.undo_invoice_there),
        ]
        weights = [weight for weight, _ in actions]
        [(_, action)] = self.random.choices(actions, weights)
        try:
            result = action()
            is_done = result if isinstance(result, bool) else await result
        except Refusal:
            is_done = False
        self.done[f"{action.__name__}{'' if is_done else ' (refused)'}"] += 1

    async def bill(self) -> bool:
        rates = [f"{self.random.randint(-2000, 90000)}.{self.random.randint(0, 99):02}", "95000.10"]
        self.invoices.append(await self.office.invoice(self.random.choice(self.customers), *rates))
        return True

    async def export(self) -> bool:
        some = self.random.sample(self.invoices, self.random.randint(1, 3))
        return await self._change("exportInvoicesToQuickBooks", {"invoiceIds": some})

    async def pay_here(self) -> bool:
        return await self._change(
            "recordPayment",
            {"invoiceId": self._any_invoice(), "amount": self._amount(), "method": "wire"},
        )

    async def take_back_here(self) -> bool:
        found: Json = await self.office.see(self._any_invoice()) or {}
        payments: list[Json] = found.get("payments", [])
        if not payments:
            return False
        return await self._change("deletePayment", {"id": self.random.choice(payments)["id"]})

    async def delete_here(self) -> bool:
        return await self._change("deleteInvoice", {"id": self._any_invoice()})

    def pay_there(self) -> bool:
        lines = self._lines()
        if not lines:
            return False
        self.office.person.record_payment(
            lines, date="2026-02-03", reference=str(self.random.randint(1, 9999))
        )
        return True

    def reallocate_there(self) -> bool:
        payment = self._any_payment()
        lines = self._lines(self._customer(payment)) if payment else {}
        if not payment or not lines:
            return False
        total = sum((Decimal(cents) for cents in lines.values()), Decimal(0))
        self.office.person.reallocate_payment(payment["Id"], lines, total=total)
        return True

    def edit_there(self) -> bool:
        payment = self._any_payment()
        if payment:
            note = f"note {self.random.randint(1, 99)}"
            self.office.person.edit_payment(payment["Id"], note=note, date="2026-02-04")
        return payment is not None

    def void_there(self) -> bool:
        payment = self._any_payment()
        if payment:
            self.office.person.void_payment(payment["Id"])
        return payment is not None

    def delete_there(self) -> bool:
        payment = self._any_payment()
        if payment:
            self.office.person.delete_payment(payment["Id"])
        return payment is not None

    def undo_invoice_there(self) -> bool:
        copies = self.office.person.see_all("Invoice")
        if not copies:
            return False
        copy = self.random.choice(copies)
        undo = self.random.choice(
            [self.office.person.void_invoice, self.office.person.delete_invoice]
        )
        undo(copy["Id"], release_payments=True)
        return True

    async def _change(self, mutation: str, values: Json) -> bool:
        payload = await self.office.client.change(mutation, "__typename", **values)
        return payload["userErrors"] == []

    def _any_invoice(self) -> str:
        return self.random.choice(self.invoices)

    def _any_payment(self) -> Json | None:
        found = [each for each in self.office.person.see_all("Payment") if each["Line"]]
        return self.random.choice(found) if found else None

    def _customer(self, payment: Json) -> str:
        return payment["CustomerRef"]["value"]

    def _lines(self, customer: str | None = None) -> dict[str, Decimal]:
        """Parts for up to three invoices of one customer, within what is owed there."""
        owed = [each for each in self.office.person.see_all("Invoice") if each["Balance"] > 0]
        if not owed:
            return {}
        customer = customer or self.random.choice(owed)["CustomerRef"]["value"]
        of_customer = [each for each in owed if each["CustomerRef"]["value"] == customer]
        count = min(len(of_customer), self.random.randint(1, 3))
        return {
            each["Id"]: min(each["Balance"], Decimal(self._amount()))
            for each in self.random.sample(of_customer, count)
        }

    def _amount(self) -> str:
        return f"{self.random.randint(1, 60000)}.{self.random.randint(1, 99):02}"
