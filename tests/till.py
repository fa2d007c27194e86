"""A till that takes payments in one step and step by step, for invoices of one customer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from db import line_items, rows
from db.database import Database
from db.tables import Invoice
from domain.line_item import LineItemType
from services import billing, payments, swift_payment
from services import line_items as line_item_service
from services.author import Author
from services.billing import NewInvoice
from services.line_items import NewLineItem
from services.receipts import Allocation, Receipt
from tests.bookkeeper import CHEQUE, Bookkeeper

Rows = dict[str, set[tuple[Any, ...]]]


@dataclass
class Till(Bookkeeper):
    database: Database
    author: Author
    customer_id: str

    async def bill(self, *rates: str) -> str:
        lines = [
            NewLineItem(LineItemType.FREIGHT, "Toronto", Decimal(1), Decimal(rate), Decimal(0))
            for rate in rates
        ]
        new = NewInvoice([], self.customer_id, lines, None, None, None, None, None)
        async with self.database.transaction() as session:
            made = await billing.create_invoice(session, self.author, new=new, idempotency_key=None)
        return made[0]

    async def remove_line(self, invoice_id: str, position: int) -> None:
        async with self.database.transaction() as session:
            invoice = await rows.get_locked(session, Invoice, 1, invoice_id)
            line = (await line_items.of(session, invoice))[position - 1]
        async with self.database.transaction() as session:
            await line_item_service.remove_line_item(
                session, self.author, line_item_id=line.id, expected_version=None
            )

    async def swiftly(
        self, invoice_id: str, amount: str, receipt: Receipt = CHEQUE, key: str | None = None
    ) -> dict[str, Any] | None:
        done = await swift_payment.record_payment(
            self.database,
            self.author,
            allocation=Allocation(invoice_id, Decimal(amount)),
            receipt=receipt,
            idempotency_key=key,
        )
        return None if done is None else done[0]

    async def slowly(
        self, invoice_id: str, amount: str, receipt: Receipt = CHEQUE, key: str | None = None
    ) -> tuple[dict[str, Any], bool]:
        async with self.database.transaction() as session:
            return await payments.record_payment(
                session,
                self.author,
                allocation=Allocation(invoice_id, Decimal(amount)),
                receipt=receipt,
                idempotency_key=key,
            )

    async def everything(self) -> Rows:
        """Every row of every table."""
        async with self.database.engine.connect() as connection:
            return {
                table.name: set(map(tuple, await connection.execute(select(table))))
                for table in SQLModel.metadata.sorted_tables
            }

    async def balance(self, invoice_id: str) -> tuple[int, int]:
        """What is paid, and the invoice's version."""
        async with self.database.transaction() as session:
            invoice = await rows.get_locked(session, Invoice, 1, invoice_id)
            return invoice.amount_paid_cents, invoice.version
