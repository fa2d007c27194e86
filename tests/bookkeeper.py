"""Books kept by the services: a few rows of every kind that the audit looks at."""

from decimal import Decimal

from db.database import Database
from domain.line_item import LineItemType
from domain.payment import PaymentMethod
from services import billing, customers, invoices, orders, payments
from services.author import Author
from services.billing import NewInvoice
from services.line_items import NewLineItem
from services.receipts import Allocation, Receipt
from tests.conftest import NOW, TODAY
from tests.organizations import made_organization

LINES = [
    NewLineItem(LineItemType.FREIGHT, "Toronto", Decimal(2), Decimal("50.00"), Decimal(13)),
    NewLineItem(LineItemType.FUEL, "Fuel", Decimal(1), Decimal("20.00"), Decimal(0)),
]
CHEQUE = Receipt(PaymentMethod.CHEQUE, payment_date=None, reference_number="1042", notes=None)


class Bookkeeper:
    """Uses the services as the API does: one transaction for each."""

    def __init__(self, database: Database, author: Author) -> None:
        self.database = database
        self.author = author

    async def order(self, name: str, po_number: str) -> str:
        """An order of a new customer."""
        async with self.database.transaction() as session:
            customer = await customers.create_customer(
                session,
                self.author,
                name=name,
                email=None,
                phone=None,
                currency=None,
                terms=None,
                bill_to_address=None,
            )
        async with self.database.transaction() as session:
            order = await orders.create_order(
                session,
                self.author,
                customer_id=customer.id,
                po_number=po_number,
                ref_number=None,
                new_lines=LINES,
            )
        return order.id

    async def invoice(self, order_id: str) -> str:
        new = NewInvoice([order_id], None, [], None, None, None, "Call first", None)
        async with self.database.transaction() as session:
            made = await billing.create_invoice(session, self.author, new=new, idempotency_key=None)
        return made[0]

    async def send(self, invoice_id: str) -> None:
        async with self.database.transaction() as session:
            await invoices.send_invoice(
                session, self.author, invoice_id=invoice_id, sent_at=None, expected_version=None
            )

    async def pay(self, invoice_id: str, amount: str) -> str:
        allocation = Allocation(invoice_id, Decimal(amount))
        async with self.database.transaction() as session:
            result, _ = await payments.record_payment(
                session, self.author, allocation=allocation, receipt=CHEQUE, idempotency_key=None
            )
        return result["payment"]

    async def take_back(self, payment_id: str) -> None:
        async with self.database.transaction() as session:
            await payments.delete_payment(session, self.author, payment_id=payment_id, reason=None)

    async def delete(self, invoice_id: str) -> None:
        async with self.database.transaction() as session:
            await invoices.delete_invoice(session, self.author, invoice_id=invoice_id, reason=None)


async def keep_books(database: Database, organization_id: int) -> None:
    """INVOICE-1 sent and partly paid, INVOICE-2 deleted; ORDER-2 and ORDER-3 not billed."""
    await made_organization(database, organization_id)
    author = Author(organization_id, name="Ada", now=NOW, today=TODAY)
    bookkeeper = Bookkeeper(database, author)
    invoice_id = await bookkeeper.invoice(await bookkeeper.order("Maple Freight", "PO-7"))
    await bookkeeper.send(invoice_id)
    await bookkeeper.pay(invoice_id, "33.00")
    deleted_id = await bookkeeper.invoice(await bookkeeper.order("Ärger & Söhne", "PO-8"))
    await bookkeeper.take_back(await bookkeeper.pay(deleted_id, "10.00"))
    await bookkeeper.delete(deleted_id)
    await bookkeeper.order("Acme", "PO-9")
