"""Invoices whose copies are in QuickBooks, and payments that are said to be there."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from db import rows
from db.database import Database
from db.tables import (
    Activity,
    Invoice,
    Organization,
    Payment,
    QuickBooksAllocation,
    QuickBooksProblem,
)
from domain.payment import PaymentMethod
from domain.quickbooks import QuickBooksState
from services import customers, foreign_payments
from services.author import Author
from services.foreign_payments import Version
from tests.companies import REALM, connect, put_copy
from tests.conftest import NOW, TODAY
from tests.organizations import made_within
from tests.till import Till

__all__ = ["REALM", "Ledger", "opened", "payment"]

YESTERDAY = TODAY - timedelta(days=1)


def payment(
    token: int = 0,
    paid_on: date = YESTERDAY,
    cents_by_invoice: Mapping[str, int] | None = None,
    **cents: int,
) -> Version:
    """Payment 301 by cheque 1042; `i145=40000` gives so many cents to invoice 145."""
    lines = cents_by_invoice or {name[1:]: part for name, part in cents.items()}
    return Version(
        "301",
        token,
        paid_on,
        reference_number="1042",
        method=PaymentMethod.CHEQUE,
        cents_by_invoice=lines,
    )


@dataclass
class Ledger:
    till: Till
    quickbooks: Author
    # By their ids in QuickBooks.
    invoices: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def database(self) -> Database:
        return self.till.database

    async def bill(self, quickbooks_id: str, amount: str = "1000.00") -> str:
        """An invoice with a copy there."""
        invoice_id = await self.till.bill(amount)
        await put_copy(
            self.database,
            invoice_id,
            state=QuickBooksState.EXPORTED,
            quickbooks_id=quickbooks_id,
            sync_token=0,
            exported_at=NOW,
        )
        self.invoices[quickbooks_id] = invoice_id
        return invoice_id

    async def apply(self, version: Version, **rest: Any) -> bool:
        async with self.database.transaction() as session:
            return await foreign_payments.apply(session, self.quickbooks, REALM, version, **rest)

    async def remove(self, quickbooks_id: str) -> None:
        async with self.database.transaction() as session:
            await foreign_payments.remove(session, self.quickbooks, REALM, quickbooks_id)

    async def lines(self) -> dict[tuple[str, str], int]:
        """What each payment there has here for each invoice, both by their ids there."""
        statement = select(QuickBooksAllocation, Payment).join(
            Payment, col(Payment.id) == col(QuickBooksAllocation.payment_id)
        )
        there = {invoice_id: quickbooks_id for quickbooks_id, invoice_id in self.invoices.items()}
        async with self.database.transaction() as session:
            found = (await session.exec(statement)).all()
        return {
            (one.quickbooks_id, there[one.invoice_id]): paid.amount_cents
            for one, paid in found
            if one.invoice_id in there
        }

    async def payments(self, quickbooks_id: str) -> list[Payment]:
        """Of an invoice, the oldest first, deleted ones as well."""
        statement = (
            select(Payment)
            .where(col(Payment.invoice_id) == self.invoices[quickbooks_id])
            .order_by(col(Payment.id))
        )
        async with self.database.transaction() as session:
            return list((await session.exec(statement)).all())

    async def invoice(self, quickbooks_id: str) -> Invoice:
        async with self.database.transaction() as session:
            return await rows.get_locked(session, Invoice, 1, self.invoices[quickbooks_id])

    async def told(self, quickbooks_id: str) -> list[str]:
        """What QuickBooks' changes were told of an invoice, the oldest first."""
        statement = (
            select(col(Activity.message))
            .where(
                col(Activity.invoice_id) == self.invoices[quickbooks_id],
                col(Activity.actor) == "QuickBooks",
                col(Activity.source) == "quickBooks",
            )
            .order_by(col(Activity.id))
        )
        async with self.database.transaction() as session:
            return list((await session.exec(statement)).all())

    async def problems(self) -> dict[str, str]:
        async with self.database.transaction() as session:
            found = (await session.exec(select(QuickBooksProblem))).all()
        return {problem.subject: problem.message for problem in found}


@asynccontextmanager
async def opened(database: Database) -> AsyncGenerator[Ledger]:
    author = Author(1, name="Ada", now=NOW, today=TODAY)
    async with database.transaction() as session:
        organization: Organization = await made_within(session)
        customer = await customers.create_customer(
            session,
            author,
            name="Acme Freight",
            email=None,
            phone=None,
            currency=None,
            terms=None,
            bill_to_address=None,
        )
    await connect(database)
    quickbooks = foreign_payments.quickbooks(organization, NOW)
    yield Ledger(Till(database, author, customer.id), quickbooks)
