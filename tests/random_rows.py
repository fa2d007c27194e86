"""An organization full of rows with many ties, written straight to the database, and known.

The same seed gives the same rows, ids included, so that two databases can be compared. Two
organizations share their ids: nothing but the organization tells their rows apart.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from db.database import Database
from db.tables import (
    Activity,
    Address,
    Customer,
    Invoice,
    InvoiceOrder,
    Order,
    Organization,
    Payment,
    SearchWord,
)
from domain.activity import ActivityKind
from domain.invoice import derive_status
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms
from domain.text import folded, searchable_words
from tests.conftest import NOW, TODAY
from tests.organizations import made_within

T = TypeVar("T")

NAMES = (
    "Acme Freight",
    "ACME FREIGHT",
    "acme freight",
    "Ärger & Söhne",
    "ÄRGER & SÖHNE",
    "Große Straße GmbH",
    "GROSSE STRASSE GMBH",
    "O'Brien École-Transport",
    "Zebra 100% (Nord)",
)
NOTES = (
    None,
    "Rush delivery, call first",
    "50% off_peak",
    "Übergabe am Montag",
    'say "hello" \\ bye',
    "-minus *star* under_score",
)
REFERENCES = (None, "1042", "CHQ-77", "PO 5%", "Ä-1", "load_9")
DAYS = (-69, -31, -1, 0, 1, 30)
CENTS = (0, 1, 10_000, 10_000, 250_050, 99_999_999_999_999)
INVOICES = 70
ORDERS = 40


@dataclass
class Rows:
    """What was written for one organization."""

    organization: Organization
    addresses: list[Address] = field(default_factory=list[Address])
    customers: list[Customer] = field(default_factory=list[Customer])
    orders: list[Order] = field(default_factory=list[Order])
    all_invoices: list[Invoice] = field(default_factory=list[Invoice])
    links: list[InvoiceOrder] = field(default_factory=list[InvoiceOrder])
    all_payments: list[Payment] = field(default_factory=list[Payment])
    activities: list[Activity] = field(default_factory=list[Activity])

    @property
    def invoices(self) -> list[Invoice]:
        return [invoice for invoice in self.all_invoices if invoice.deleted_at is None]

    @property
    def payments(self) -> list[Payment]:
        return [payment for payment in self.all_payments if payment.deleted_at is None]

    def name_of(self, customer_id: str) -> str:
        return next(found.name for found in self.customers if found.id == customer_id)

    def words(self) -> Iterable[tuple[str, tuple[str | None, ...]]]:
        """What each object says itself."""
        yield from ((found.id, (found.full_id, found.name)) for found in self.customers)
        for order in self.orders:
            yield order.id, (order.full_id, order.po_number, order.ref_number)
        yield from ((found.id, (found.full_id, found.notes)) for found in self.all_invoices)
        yield from ((found.id, (found.reference_number, found.notes)) for found in self.payments)


def random_rows(organization_id: int, seed: int) -> Rows:
    """The rows alone, in no database."""
    organization = Organization(
        id=organization_id,
        name="Demo Freight",
        time_zone="America/Toronto",
        currency="CAD",
        created_at=NOW,
    )
    return _Maker(organization, seed).make()


async def write_rows(database: Database, organization_id: int, seed: int) -> Rows:
    """Make an organization with random rows."""
    rows = random_rows(organization_id, seed)
    await write(database, rows)
    return rows


async def write(database: Database, rows: Rows, *more: Sequence[object]) -> None:
    """Make an organization with these rows, and then with `more`, group by group."""
    organization_id = rows.organization.id
    async with database.transaction() as session:
        rows.organization = await made_within(session, organization_id)
        groups: Sequence[Sequence[object]] = (
            rows.addresses,
            rows.customers,
            rows.orders,
            rows.all_invoices,
            rows.links,
            rows.all_payments,
            rows.activities,
            [
                SearchWord(organization_id=organization_id, object_id=object_id, word=word)
                for object_id, texts in rows.words()
                for word in sorted(searchable_words(texts))
            ],
            *more,
        )
        for group in groups:
            session.add_all(group)
            await session.flush()


class _Maker:
    def __init__(self, organization: Organization, seed: int) -> None:
        self._rows = Rows(organization)
        self._random = Random(seed)
        self._ids: Callable[[], int] = iter(range(1, 10**6)).__next__

    def make(self) -> Rows:
        for number in range(1, len(NAMES) + 1):
            self._rows.customers.append(self._customer(number))
        for number in range(1, ORDERS + 1):
            self._rows.orders.append(self._order(number))
        for number in range(1, INVOICES + 1):
            self._rows.all_invoices.append(self._invoice(number))
        for order in self._rows.orders:
            self._bill(order)
        # No two parents have the same number of children, and some have none.
        for invoice in self._rows.all_invoices:
            count = self._random.choice((0, 1, 2, 7))
            self._rows.activities += [self._activity(invoice) for _ in range(count)]
        return self._rows

    def _id(self, prefix: str) -> str:
        # Scattered, so that ids do not sort like the rows were made.
        return f"{prefix}_01{self._ids() * 7_919 % 1_000_003:024}"

    def _some(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def _day(self) -> date:
        return TODAY + timedelta(days=self._some(DAYS))

    def _customer(self, number: int) -> Customer:
        name = NAMES[number - 1]
        return Customer(
            organization_id=self._rows.organization.id,
            id=self._id("customer"),
            number=number,
            name=name,
            name_folded=folded(name),
            currency=self._some(("CAD", "USD", "EUR")),
            terms=PaymentTerms.NET_30,
            created_at=NOW,
        )

    def _order(self, number: int) -> Order:
        # The last customer has nothing.
        customer = self._some(self._rows.customers[:-1])
        return Order(
            organization_id=customer.organization_id,
            id=self._id("order"),
            number=number,
            customer_id=customer.id,
            po_number=self._some(REFERENCES),
            ref_number=self._some(REFERENCES),
            currency=customer.currency,
            line_items_digest=self._some("ab"),
            created_at=NOW + timedelta(milliseconds=self._some((0, 1, 1000, -5))),
        )

    def _invoice(self, number: int) -> Invoice:
        customer = self._some(self._rows.customers[:-1])
        total_cents = self._some(CENTS)
        sent_at = self._some((None, None, TODAY, self._day()))
        is_deleted = self._random.random() < 0.15
        invoice = Invoice(
            organization_id=customer.organization_id,
            id=self._id("invoice"),
            number=number,
            customer_id=customer.id,
            currency=customer.currency,
            notes=self._some(NOTES),
            invoice_date=self._day(),
            terms=self._some((PaymentTerms.NET_30, PaymentTerms.PIA, PaymentTerms.EOM)),
            due_date=self._day(),
            sent_at=sent_at,
            sub_total_cents=total_cents,
            total_cents=total_cents,
            created_at=NOW + timedelta(milliseconds=self._some((0, 0, 1, 999, -1000))),
            updated_at=NOW,
            deleted_at=NOW if is_deleted else None,
        )
        self._pay(invoice, 0 if is_deleted else self._some((0, 0, total_cents // 2, total_cents)))
        return invoice

    def _pay(self, invoice: Invoice, paid_cents: int) -> None:
        invoice.amount_paid_cents = paid_cents
        invoice.outstanding_balance_cents = invoice.total_cents - paid_cents
        invoice.status = derive_status(
            total_cents=invoice.total_cents, amount_paid_cents=paid_cents, sent_at=invoice.sent_at
        )
        parts = [paid_cents // 3, paid_cents - paid_cents // 3]
        self._rows.all_payments += [self._payment(invoice, part) for part in parts if part]
        if self._random.random() < 0.3:
            deleted = self._payment(invoice, 5_00)
            deleted.deleted_at = NOW
            self._rows.all_payments.append(deleted)

    def _payment(self, invoice: Invoice, amount_cents: int) -> Payment:
        source = self._some(tuple(PaymentSource))
        methods = (PaymentMethod.CHEQUE, PaymentMethod.WIRE)
        is_foreign = source is PaymentSource.QUICKBOOKS
        return Payment(
            organization_id=invoice.organization_id,
            id=self._id("payment"),
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            payment_date=self._day(),
            method=self._some((None, *methods)) if is_foreign else self._some(methods),
            reference_number=self._some(REFERENCES),
            notes=self._some(NOTES),
            amount_cents=amount_cents,
            source=source,
            batch_id=self._some((None, "batch_1", "batch_2")),
            recorded_by="Somebody",
            recorded_at=NOW,
        )

    def _bill(self, order: Order) -> None:
        """Put about half of the orders on an invoice; those of deleted invoices are released."""
        invoices = [
            found for found in self._rows.all_invoices if found.customer_id == order.customer_id
        ]
        if not invoices or self._random.random() < 0.5:
            return
        invoice = self._some(invoices)
        self._rows.links.append(
            InvoiceOrder(
                organization_id=order.organization_id,
                invoice_id=invoice.id,
                order_id=order.id,
                position=order.number,
                line_items_digest=self._some("ab"),
                released_at=invoice.deleted_at,
            )
        )

    def _activity(self, invoice: Invoice) -> Activity:
        return Activity(
            organization_id=invoice.organization_id,
            id=self._id("activity"),
            kind=self._some(tuple(ActivityKind)),
            message="Something happened",
            actor="Somebody",
            occurred_at=NOW + timedelta(milliseconds=self._some((0, 0, 1, 2))),
            invoice_id=invoice.id,
        )
