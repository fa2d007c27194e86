"""Aging and statements over random rows agree with a book that is kept in plain Python."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from app import create_app
from db.database import Database
from db.tables import Invoice
from domain.invoice import InvoiceStatus
from domain.terms import PaymentTerms
from endpoints.access import Demo
from resolvers.receivables import LINES_MAX
from tests.account_book import BUCKETS, AccountBook
from tests.client import FILES, Client, Clock
from tests.conftest import NOW, TODAY
from tests.depth import depth
from tests.endpoints import client
from tests.random_rows import Rows, random_rows, write, write_rows
from tests.wild import FIRST_SEED

ROUNDS = depth(2, 10)
TOO_MANY = (
    "This comes to more than 5,000 lines at once: ask for a shorter time, or for fewer objects"
)
AGING = f"""query ($asOf: Date!, $customerId: ID) {{
    receivablesAging(asOf: $asOf, customerId: $customerId) {{
        asOf currency total {{ customer {{ id }} {" ".join(BUCKETS)} outstandingBalance }}
        customers {{ customer {{ id }} {" ".join(BUCKETS)} outstandingBalance }}
    }}
}}"""
STATEMENTS = """query ($from: Date!, $to: Date!) { customers { nodes {
    id outstandingBalance
    statement(from: $from, to: $to) {
        openingBalance closingBalance
        lines { date invoice { id } payment { id } charge credit balance }
    }
} } }"""


@dataclass
class Known:
    """A server over rows that are known, beside another organization's with the same ids."""

    api: Client
    book: AccountBook
    random: Random

    @property
    def rows(self) -> Rows:
        return self.book.rows

    def day(self) -> date:
        return TODAY + timedelta(days=self.random.randint(-75, 140))


@pytest.fixture(params=range(ROUNDS))
async def known(database: Database, request: pytest.FixtureRequest) -> AsyncGenerator[Known]:
    seed = FIRST_SEED + request.param
    rows = random_rows(1, seed)
    random = Random(seed)
    await write(database, rows)
    await write_rows(database, 2, seed + 1)
    app = create_app(database, Demo(rows.organization), files=FILES, clock=Clock())
    async with client(app) as http:
        yield Known(Client(http), AccountBook(rows), random)


async def test_aging_agrees_with_the_book(known: Known) -> None:
    for as_of in (TODAY, date.max, *(known.day() for _ in range(12))):
        found = (await known.api.execute(AGING, asOf=str(as_of)))["receivablesAging"]

        assert found == known.book.aging(as_of), as_of
        for report in found:
            for row in (report["total"], *report["customers"]):
                assert row["outstandingBalance"] == sum(row[name] for name in BUCKETS)


async def test_aging_of_one_customer_is_its_row(known: Known) -> None:
    as_of = known.day()
    reports = (await known.api.execute(AGING, asOf=str(as_of)))["receivablesAging"]
    rows = {
        row["customer"]["id"]: (report["currency"], row)
        for report in reports
        for row in report["customers"]
    }

    for customer in known.rows.customers:
        asked = {"asOf": str(as_of), "customerId": customer.id}
        found = (await known.api.execute(AGING, **asked))["receivablesAging"]

        if customer.id not in rows:
            assert found == []
            continue
        currency, row = rows[customer.id]
        total = {**row, "customer": None}
        assert found == [
            {"asOf": str(as_of), "currency": currency, "total": total, "customers": [row]}
        ]


async def test_statements_agree_with_the_book(known: Known) -> None:
    ranges = [sorted((known.day(), known.day())) for _ in range(8)]
    for first, last in ([date.min, date.max], [TODAY, TODAY], *ranges):
        asked = {"from": str(first), "to": str(last)}
        found = (await known.api.execute(STATEMENTS, **asked))["customers"]["nodes"]

        by_id = {one["id"]: one["statement"] for one in found}
        assert by_id == {
            customer.id: known.book.statement(customer, first, last)
            for customer in known.rows.customers
        }, (first, last)
        for one in found:
            check_sums(one, has_all=last == date.max)


def check_sums(customer: dict[str, Any], *, has_all: bool) -> None:
    statement = customer["statement"]
    moved = sum(
        ((line["charge"] or 0) - (line["credit"] or 0) for line in statement["lines"]),
        Decimal(0),
    )
    assert statement["closingBalance"] == statement["openingBalance"] + moved
    if has_all:
        assert statement["closingBalance"] == customer["outstandingBalance"]


async def test_aging_is_the_statement_without_what_was_paid_in_advance(known: Known) -> None:
    as_of = known.day()
    asked = {"from": str(as_of), "to": str(as_of)}
    found = (await known.api.execute(STATEMENTS, **asked))["customers"]["nodes"]
    closing = {one["id"]: one["statement"]["closingBalance"] for one in found}

    for customer in known.rows.customers:
        in_advance = sum(
            payment.amount_cents
            for invoice in known.book.receivables
            for payment in known.book.payments_of(invoice)
            if invoice.customer_id == customer.id
            and payment.payment_date <= as_of < invoice.invoice_date
        )
        owed = sum(known.book.owed(customer, as_of).values())
        assert owed == closing[customer.id] + Decimal(in_advance).scaleb(-2)


def paid_invoice(rows: Rows, number: int) -> Invoice:
    customer = rows.customers[-1]
    return Invoice(
        organization_id=1,
        id=f"invoice_01{number:024}",
        number=1_000_000 + number,
        customer_id=customer.id,
        currency=customer.currency,
        status=InvoiceStatus.PAID,
        invoice_date=TODAY,
        terms=PaymentTerms.PIA,
        due_date=TODAY,
        sent_at=TODAY,
        created_at=NOW,
        updated_at=NOW,
    )


@pytest.mark.parametrize("extra", [0, 1])
async def test_lines_at_once_are_limited(database: Database, extra: int) -> None:
    rows = random_rows(1, 1)
    invoices = [paid_invoice(rows, number) for number in range(LINES_MAX + extra)]
    few = Rows(rows.organization, customers=rows.customers, all_invoices=invoices)
    await write(database, few)
    app = create_app(database, Demo(few.organization), files=FILES, clock=Clock())
    query = """{ customers { nodes { statement(from: "2026-01-01", to: "2026-12-31") {
        closingBalance lines { date }
    } } } }"""
    async with client(app) as http:
        answer = await Client(http).send(query)

    if extra:
        assert answer["data"] is None
        assert [(one["message"], one["extensions"]) for one in answer["errors"]] == [
            (
                TOO_MANY,
                {"code": "BAD_USER_INPUT"},
            )
        ]
    else:
        lines = [len(one["statement"]["lines"]) for one in answer["data"]["customers"]["nodes"]]
        assert sorted(lines)[-2:] == [0, 5_000]
