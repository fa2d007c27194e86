"""A machine that sends random mutations and compares every answer with the model."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from db import audit
from db.database import Database
from tests import model_view as view
from tests.client import Client
from tests.conftest import TODAY
from tests.model import Invoice, Line, Model, Order

LINES = st.builds(
    Line,
    st.sampled_from(["freight", "fuel", "other"]),
    st.sampled_from(["Toronto to Chicago", "Fuel 12 %"]),
    st.sampled_from([Decimal(1), Decimal(2), Decimal("0.5"), Decimal("3.3333")]),
    st.decimals(-20, 300, places=4) | st.decimals(0, 300, places=2),
    st.sampled_from([Decimal(0), Decimal(7), Decimal("9.975"), Decimal(13)]),
)
PICK = st.integers(0, 10**6)
AMOUNTS = st.decimals(0, 400, places=2) | st.none()
DAYS = st.integers(-40, 1).map(lambda days: TODAY + timedelta(days=days))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "invoice_date": DAYS,
        "terms": st.sampled_from(["pia", "net7", "net30", "net90", "eom"]),
        "due_by_hand": DAYS | st.none(),
        "notes": st.sampled_from(["Call first", "Dock 4"]) | st.none(),
    },
)
NAMES = {"invoice_date": "invoiceDate", "due_by_hand": "dueDate"}


class Clerk(RuleBasedStateMachine):
    """Someone who does anything at all, in any order."""

    @staticmethod
    def start(_runner: asyncio.Runner) -> tuple[Client, Database, Callable[[], None]]:
        """A client over a database of its own, and how to clear up; the test says how."""
        raise AssertionError("the test says how")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.api, self.database, self.close = type(self).start(self.runner)
        self.model = Model(TODAY)
        self.customers: list[str] = []
        self.payments: list[str] = []
        self.last: tuple[str, dict[str, Any], dict[str, Any]] | None = None

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()
        self.close()

    def send(self, mutation: str, selection: str, **input: Any) -> dict[str, Any]:
        return self.runner.run(self.api.change(mutation, selection, **input))

    def agree(self, payload: dict[str, Any], expected: str | None) -> bool:
        """Both refuse with the same code, or neither does."""
        assert [error["code"] for error in payload["userErrors"]] == [expected][: bool(expected)]
        return expected is None

    @initialize(lines=st.lists(LINES, min_size=5, max_size=5))
    def a_day_at_work(self, lines: list[Line]) -> None:
        """Something for every rule to work on: it would otherwise mostly find nothing."""
        for name in ("Acme Freight", "Borealis Foods"):
            payload = self.send("createCustomer", "customer { id }", name=name)
            self.customers.append(payload["customer"]["id"])
        for pick in range(3):
            self.create_order(pick, lines[pick : pick + 2])
        self.create_invoice([0], lines[:1], TODAY)
        self.create_invoice([], lines[:2], TODAY)
        self.create_invoice([], lines[2:], TODAY - timedelta(days=30))
        self.record_payment(0, Decimal("0.01"), TODAY)

    @rule(pick=PICK, lines=st.lists(LINES, max_size=3))
    def create_order(self, pick: int, lines: list[Line]) -> None:
        customer = self.customers[pick % 2]
        payload = self.send(
            "createOrder",
            "order { id lineItems { id } }",
            customerId=customer,
            lineItems=[view.typed(line) for line in lines],
        )
        negative = sum(line.amount + line.tax for line in lines) < 0
        if self.agree(payload, "INVALID_INPUT" if negative else None):
            order = payload["order"]
            self.model.orders[order["id"]] = Order(customer, view.by_id(order, lines))

    @rule(picks=st.lists(PICK, max_size=2), lines=st.lists(LINES, max_size=2), day=DAYS)
    def create_invoice(self, picks: list[int], lines: list[Line], day: date) -> None:
        orders = list(dict.fromkeys(self._any(self.model.orders, pick) for pick in picks))
        orders = [order for order in orders if order is not None]
        customer = self.model.orders[orders[0]].customer if orders else self.customers[0]
        asked: dict[str, Any] = {
            "orderIds": orders,
            "customerId": customer,
            "lineItems": [view.typed(line) for line in lines],
            "invoiceDate": day,
            "idempotencyKey": f"invoice {self.model.numbers} {picks} {day}",
        }
        payload = self.send("createInvoice", "invoice { id lineItems { id } }", **asked)
        if self.agree(payload, self.model.refuses_invoice(orders, lines)):
            copied = [line for order in orders for line in self.model.orders[order].lines.values()]
            made = payload["invoice"]
            invoice = Invoice(self.model.numbers + 1, customer, day, "net30", orders=orders)
            invoice.lines = view.by_id(made, [*copied, *lines])
            self.model.bill(made["id"], invoice)
            self.last = ("createInvoice", asked, {"invoice": {"id": made["id"]}})

    @rule(pick=PICK, on_invoice=st.booleans(), line=LINES)
    def add_line(self, pick: int, on_invoice: bool, line: Line) -> None:
        parent = self._any(self.model.invoices if on_invoice else self.model.orders, pick)
        if parent is not None:
            payload = self.send(
                "addLineItem", "lineItem { id }", parentId=parent, lineItem=view.typed(line)
            )
            added: dict[str, str] = payload["lineItem"] or {"id": ""}
            lines = {**self._lines(parent), added["id"]: line}
            self.agree(payload, self.model.change_lines(parent, lines))

    @rule(pick=PICK, on_invoice=st.booleans(), line=LINES, removes=st.booleans())
    def change_line(self, pick: int, on_invoice: bool, line: Line, removes: bool) -> None:
        parent = self._any(self.model.invoices if on_invoice else self.model.orders, pick)
        line_id = None if parent is None else self._any(self._lines(parent), pick)
        if parent is None or line_id is None:
            return
        lines = {**self._lines(parent), line_id: line}
        if removes:
            del lines[line_id]
            payload = self.send("removeLineItem", "__typename", id=line_id)
        elif lines == self._lines(parent):
            return
        else:
            payload = self.send("updateLineItem", "__typename", id=line_id, **view.typed(line))
        self.agree(payload, self.model.change_lines(parent, lines))

    @rule(pick=PICK, day=DAYS)
    def send_invoice(self, pick: int, day: date) -> None:
        invoice = self._any(self.model.invoices, pick)
        if invoice is not None:
            payload = self.send("sendInvoice", "invoice { status }", id=invoice, sentAt=day)
            self.agree(payload, self.model.send(invoice, day))

    @rule(pick=PICK, changes=CHANGES)
    def update_invoice(self, pick: int, changes: dict[str, Any]) -> None:
        invoice = self._any(self.model.invoices, pick)
        if invoice is not None:
            asked = {NAMES.get(name, name): value for name, value in changes.items()}
            payload = self.send("updateInvoice", "invoice { version }", id=invoice, **asked)
            self.agree(payload, self.model.update(invoice, changes))

    @rule(pick=PICK)
    def delete_invoice(self, pick: int) -> None:
        invoice = self._any(self.model.invoices, pick)
        if invoice is not None:
            payload = self.send("deleteInvoice", "deletedInvoiceId", id=invoice)
            self.agree(payload, self.model.delete(invoice))

    @rule(pick=PICK, amount=AMOUNTS, day=DAYS)
    def record_payment(self, pick: int, amount: Decimal | None, day: date) -> None:
        """Without an amount, what is outstanding."""
        invoice = self._any(self.model.invoices, pick)
        if invoice is None:
            return
        amount = self.model.invoices[invoice].balance if amount is None else amount
        asked: dict[str, Any] = {
            "invoiceId": invoice,
            "amount": amount,
            "paymentDate": day,
            "method": "wire",
            "idempotencyKey": f"payment {len(self.payments)} {pick} {amount} {day}",
        }
        payload = self.send("recordPayment", "payment { id }", **asked)
        if self.agree(payload, self.model.refuses_payment({invoice: amount}, day)):
            self._paid(invoice, payload["payment"]["id"], amount)
            self.last = ("recordPayment", asked, {"payment": payload["payment"]})

    @rule(picks=st.lists(PICK, min_size=1, max_size=3), amount=AMOUNTS)
    def record_batch(self, picks: list[int], amount: Decimal | None) -> None:
        found = [self._any(self.model.invoices, pick) for pick in picks]
        amounts = {
            invoice: self.model.invoices[invoice].balance if amount is None else amount
            for invoice in found
            if invoice is not None
        }
        if amounts:
            payload = self.send(
                "recordBatchPayment",
                "payments { id }",
                allocations=[{"invoiceId": one, "amount": amounts[one]} for one in amounts],
                method="cheque",
            )
            if self.agree(payload, self.model.refuses_payment(amounts, TODAY)):
                for payment, invoice in zip(payload["payments"], amounts, strict=True):
                    self._paid(invoice, payment["id"], amounts[invoice])

    @rule(pick=PICK, amount=AMOUNTS)
    def correct_payment(self, pick: int, amount: Decimal | None) -> None:
        if self.payments and amount is not None:
            payment = self.payments[pick % len(self.payments)]
            payload = self.send("updatePayment", "payment { id }", id=payment, amount=amount)
            self.agree(payload, self.model.correct(payment, amount))

    @rule(pick=PICK)
    def delete_payment(self, pick: int) -> None:
        if self.payments:
            payment = self.payments[pick % len(self.payments)]
            payload = self.send("deletePayment", "invoice { status }", id=payment)
            self.agree(payload, self.model.take_back(payment))

    @rule()
    def send_again(self) -> None:
        """The last request with a key answers as before and changes nothing."""
        if self.last is not None:
            mutation, asked, answer = self.last
            [name] = answer
            payload = self.send(mutation, f"alreadyProcessed {name} {{ id }}", **asked)
            assert payload["alreadyProcessed"] is True
            # What has been deleted since is not shown any more.
            assert payload[name] in (answer[name], None)

    @invariant()
    def all_is_as_the_model_says(self) -> None:
        seen = self.runner.run(self.api.execute(view.SEEN))
        assert view.invoices_in(seen) == view.invoices_of(self.model)
        assert view.orders_in(seen) == view.orders_of(self.model)

    @invariant()
    def the_audit_is_clean(self) -> None:
        differences = self.runner.run(audit.differences(self.database))
        assert differences == [], differences

    def _paid(self, invoice: str, payment: str, amount: Decimal) -> None:
        self.payments.append(payment)
        self.model.pay(invoice, payment, amount)

    def _lines(self, parent: str) -> dict[str, Line]:
        owner = self.model.orders.get(parent) or self.model.invoices[parent]
        return owner.lines

    @staticmethod
    def _any(found: Mapping[str, object], pick: int) -> str | None:
        return list(found)[pick % len(found)] if found else None
