"""The second wall: what the rules refuse, the database refuses too, whoever writes to it."""

import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from db import organizations
from db.database import Database
from domain.money import AMOUNT_CENTS_MAX
from tests.conftest import NOW

# A literal is what both databases read as an instant.
INSTANT = "'2026-03-10T14:05:00.000Z'"
DELETED = f"deleted_at = {INSTANT}"
MORE = AMOUNT_CENTS_MAX + 1

CUSTOMERS = """INSERT INTO customers
    (organization_id, id, number, name, name_folded, currency, terms, version, created_at)
    VALUES (:org, :id, :number, 'Acme', 'acme', 'CAD', 'net30', 1, :now)"""
ADDRESSES = """INSERT INTO addresses (organization_id, id, address1, city, country_code)
    VALUES (:org, :id, '12 King St W', 'Toronto', 'CA')"""
ORDERS = """INSERT INTO orders
    (organization_id, id, number, customer_id, currency, sub_total_cents, tax_total_cents,
     total_cents, line_items_digest, version, created_at)
    VALUES (:org, :id, :number, :customer, 'CAD', 0, 0, 0, '', 1, :now)"""
INVOICES = """INSERT INTO invoices
    (organization_id, id, number, customer_id, currency, status, invoice_date, terms, due_date,
     is_due_date_manual, sub_total_cents, tax_total_cents, total_cents, amount_paid_cents,
     outstanding_balance_cents, version, created_at, updated_at)
    VALUES (:org, :id, :number, :customer, 'CAD', 0, '2026-03-10', 'net30', '2026-04-09',
     false, 1000, 0, 1000, 0, 1000, 1, :now, :now)"""
LINKS = """INSERT INTO invoice_orders
    (organization_id, invoice_id, order_id, position, line_items_digest)
    VALUES (:org, :invoice, :order, 1, '')"""
LINES = """INSERT INTO line_items
    (organization_id, id, order_id, invoice_id, copied_from_id, position, type, description,
     quantity_e4, rate_e4, tax_rate_e4, amount_cents, tax_amount_cents, total_cents)
    VALUES (:org, :id, :order, :invoice, :copied, 1, 'freight', 'x', 10000, 10000, :tax, 100, 0,
     :total)"""
PAYMENTS = """INSERT INTO payments
    (organization_id, id, invoice_id, customer_id, payment_date, method, amount_cents, source,
     recorded_by, recorded_at)
    VALUES (:org, :id, :invoice, :customer, '2026-03-10', :method, :cents, 'manual', 'x', :now)"""
KEYS = """INSERT INTO idempotency_keys (organization_id, key, input_digest, result, created_at)
    VALUES (:org, :id, '', '', :now)"""
ACTIVITIES = """INSERT INTO activities
    (organization_id, id, kind, message, actor, source, occurred_at, invoice_id, order_id)
    VALUES (:org, :id, 'created', 'x', 'x', 'manual', :now, :invoice, :order)"""
EVERY = (CUSTOMERS, ADDRESSES, ORDERS, INVOICES, LINKS, LINES, PAYMENTS, KEYS, ACTIVITIES)
STATEMENTS = {statement.split()[2]: statement for statement in EVERY}
DEFAULTS: dict[str, Any] = {
    "org": 1,
    "number": 9,
    "customer": "c1",
    "order": None,
    "invoice": "i1",
    "copied": None,
    "tax": 0,
    "total": 100,
    "method": "cash",
    "cents": 100,
    "id": "new",
}


@pytest.fixture
async def rows(database: Database) -> Database:
    """Two organizations, each with a customer, address, order, and two unpaid invoices of 10.00."""
    async with database.transaction() as session:
        for organization_id in (1, 2):
            await organizations.create(
                session,
                organization_id=organization_id,
                name="Freight",
                time_zone="America/Toronto",
                currency="CAD",
                created_at=NOW,
            )
        for org in (1, 2):
            owned = {"org": org, "customer": f"c{org}"}
            await add(session, "customers", org=org, id=f"c{org}", number=1)
            await add(session, "addresses", org=org, id=f"a{org}")
            await add(session, "orders", id=f"o{org}", number=1, **owned)
            await add(session, "invoices", id=f"i{org}", number=1, **owned)
            await add(session, "invoices", id=f"j{org}", number=2, **owned)
            await add(session, "invoice_orders", org=org, invoice=f"i{org}", order=f"o{org}")
            await add(session, "line_items", org=org, id=f"l{org}", invoice=f"i{org}")
        await add(session, "orders", id="free", number=2)
        await add(session, "payments", id="p1", invoice="j1")
        await add(session, "idempotency_keys", id="key-1")
    return database


async def add(session: AsyncSession, table: str, **values: Any) -> None:
    statement = STATEMENTS[table].replace(":now", INSTANT)
    names = set(re.findall(r"(?<![\d:]):([a-z]+)", statement))
    given = {name: value for name, value in (DEFAULTS | values).items() if name in names}
    connection = await session.connection()
    await connection.execute(text(statement), given)


async def insert(database: Database, table: str, **values: Any) -> None:
    async with database.transaction() as session:
        await add(session, table, **values)


async def execute(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.execute(text(statement))


def names(database: Database, constraint: str, message: str) -> bool:
    """Whether a refusal is this constraint's; SQLite names columns, and foreign keys not at all."""
    if not database.is_sqlite or constraint.startswith("ck_"):
        return re.search(rf"\b{constraint}\b", message) is not None
    if constraint.startswith("fk_"):
        return "FOREIGN KEY constraint failed" in message
    return f"UNIQUE constraint failed: {constraint.split('_')[1]}" in message


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("amount_paid_cents = 1001, outstanding_balance_cents = -1, status = 2", "not_overpaid"),
        ("amount_paid_cents = -1, outstanding_balance_cents = 1001", "not_overpaid"),
        ("amount_paid_cents = 1, status = 2", "balance"),
        ("outstanding_balance_cents = 999", "balance"),
        ("sub_total_cents = 999", "total"),
        ("tax_total_cents = 1", "total"),
        (
            f"sub_total_cents = {MORE}, total_cents = {MORE}, outstanding_balance_cents = {MORE}",
            "total_range",
        ),
        ("status = 1", "status"),
        ("status = 2", "status"),
        ("status = 3", "status"),
        ("sent_at = '2026-03-10'", "status"),
        ("amount_paid_cents = 1000, outstanding_balance_cents = 0, status = 2", "status"),
        ("amount_paid_cents = 1, outstanding_balance_cents = 999, status = 0", "status"),
        (
            f"amount_paid_cents = 1, outstanding_balance_cents = 999, status = 2, {DELETED}",
            "deleted_unpaid",
        ),
        ("version = 0", "version"),
    ],
    ids=str,
)
async def test_invoice_cannot_disagree_with_itself(
    rows: Database, change: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refused:
        await execute(rows, f"UPDATE invoices SET {change} WHERE id = 'i1'")

    assert names(rows, f"ck_invoices_{constraint}", str(refused.value.orig))


async def test_invoice_can_be_paid_and_sent_as_the_rules_say(rows: Database) -> None:
    await execute(
        rows,
        "UPDATE invoices SET amount_paid_cents = 1000, outstanding_balance_cents = 0, status = 3,"
        " sent_at = '2026-03-10' WHERE id = 'i1'",
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("total_cents = 1", "total"),
        ("sub_total_cents = -1, total_cents = -1", "total_range"),
        ("version = 0", "version"),
    ],
    ids=str,
)
async def test_order_cannot_disagree_with_itself(
    rows: Database, change: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refused:
        await execute(rows, f"UPDATE orders SET {change} WHERE id = 'o1'")

    assert names(rows, f"ck_orders_{constraint}", str(refused.value.orig))


@pytest.mark.parametrize(
    ("table", "values", "constraint"),
    [
        ("payments", {"cents": 0}, "ck_payments_amount"),
        ("payments", {"cents": -1}, "ck_payments_amount"),
        ("payments", {"method": None}, "ck_payments_method"),
        ("line_items", {"order": "o1"}, "ck_line_items_one_parent"),
        ("line_items", {"invoice": None}, "ck_line_items_one_parent"),
        ("line_items", {"total": 101}, "ck_line_items_total"),
        ("line_items", {"tax": 1_000_001}, "ck_line_items_tax_rate"),
        ("line_items", {"tax": -1}, "ck_line_items_tax_rate"),
        ("activities", {"order": "o1"}, "ck_activities_one_subject"),
        ("activities", {"invoice": None}, "ck_activities_one_subject"),
        ("invoices", {"number": 1}, "uq_invoices_organization_id_number"),
        ("orders", {"number": 1}, "uq_orders_organization_id_number"),
        ("customers", {"number": 1}, "uq_customers_organization_id_number"),
        ("idempotency_keys", {"id": "key-1"}, "pk_idempotency_keys"),
        ("payments", {"id": "p1"}, "pk_payments"),
        ("invoice_orders", {"invoice": "j1", "order": "o1"}, "uq_invoice_orders_live"),
    ],
    ids=str,
)
async def test_row_that_cannot_be_is_refused(
    rows: Database, table: str, values: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refused:
        await insert(rows, table, **values)

    assert names(rows, constraint, str(refused.value.orig))


@pytest.mark.parametrize(
    ("table", "values", "constraint"),
    [
        ("orders", {"customer": "c2"}, "fk_orders_organization_id_customer_id"),
        ("invoices", {"customer": "c2"}, "fk_invoices_organization_id_customer_id"),
        ("line_items", {"invoice": "i2"}, "fk_line_items_organization_id_invoice_id"),
        (
            "line_items",
            {"invoice": None, "order": "o2"},
            "fk_line_items_organization_id_order_id",
        ),
        ("line_items", {"copied": "l2"}, "fk_line_items_organization_id_copied_from_id"),
        (
            "invoice_orders",
            {"invoice": "i2", "order": "free"},
            "fk_invoice_orders_organization_id_invoice_id",
        ),
        (
            "invoice_orders",
            {"invoice": "j1", "order": "o2"},
            "fk_invoice_orders_organization_id_order_id",
        ),
        (
            "payments",
            {"invoice": "i2", "customer": "c2"},
            "fk_payments_organization_id_invoice_id_customer_id",
        ),
        (
            "payments",
            {"invoice": "i1", "customer": "c2"},
            "fk_payments_organization_id_invoice_id_customer_id",
        ),
        ("activities", {"invoice": "i2"}, "fk_activities_organization_id_invoice_id"),
        (
            "activities",
            {"invoice": None, "order": "o2"},
            "fk_activities_organization_id_order_id",
        ),
        ("customers", {"org": 3}, "fk_customers_organization_id"),
        ("idempotency_keys", {"org": 3}, "fk_idempotency_keys_organization_id"),
    ],
    ids=str,
)
async def test_row_cannot_point_into_another_organization(
    rows: Database, table: str, values: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refused:
        await insert(rows, table, **values)

    assert names(rows, constraint, str(refused.value.orig))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("invoices SET bill_to_address_id", "fk_invoices_organization_id_bill_to_address_id"),
        ("invoices SET remit_to_address_id", "fk_invoices_organization_id_remit_to_address_id"),
        ("customers SET bill_to_address_id", "fk_customers_organization_id_bill_to_address_id"),
    ],
)
async def test_address_of_another_organization_is_refused(
    rows: Database, change: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refused:
        await execute(rows, f"UPDATE {change} = 'a2' WHERE organization_id = 1")

    assert names(rows, constraint, str(refused.value.orig))


async def test_order_of_a_deleted_invoice_is_free_for_another(rows: Database) -> None:
    await execute(
        rows,
        f"UPDATE invoice_orders SET released_at = {INSTANT} WHERE invoice_id = 'i1'",
    )

    await insert(rows, "invoice_orders", invoice="j1", order="o1")


async def test_each_organization_has_its_own_numbers_and_keys(rows: Database) -> None:
    await insert(rows, "idempotency_keys", org=2, id="key-1")
    await insert(rows, "payments", org=2, id="p1", invoice="j2", customer="c2")
