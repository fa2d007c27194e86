"""A payment in one round trip, where everything is in order; otherwise nothing at all.

What is refused, and why, is said by the service that locks, checks and changes row by row. This
statement knows only whether the payment fits. Sums are taken from the rows, as in `db.invoices`.

PostgreSQL: a statement that has waited for the lock of a row sees the row as it is now, but sums
the rows it began with. Whatever changes an invoice, its lines or its payments locks the invoice
first and raises its version, so the sums are written only over the version they belong to. The
key comes first, as everywhere; a statement cannot undo itself but by failing.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from sqlite3 import Connection, IntegrityError
from typing import Any

from db import postgresql
from db.changes import InvoiceChanged
from db.columns import Instant
from db.database import Database
from db.tables.billing import STATUS_RANK, Invoice
from domain.activity import ActivityKind
from domain.payment import PaymentMethod, PaymentSource

# How often others may be faster before the payment queues for the invoice like everybody else.
_TRIES = 3

_TYPES = {
    "organization_id": "bigint",
    "amount_cents": "bigint",
    "payment_date": "date",
    "now": "timestamptz",
    "words": "varchar[]",
}

_FITTING = f"""
    SELECT *, {STATUS_RANK} AS status, total_cents - amount_paid_cents AS outstanding_balance_cents
    FROM (
        SELECT invoices.organization_id, invoices.version, invoices.sent_at,
            billed.sub_total_cents, billed.tax_total_cents,
            billed.sub_total_cents + billed.tax_total_cents AS total_cents,
            paid.cents + :amount_cents AS amount_paid_cents
        FROM invoices, (
            SELECT CAST(coalesce(sum(amount_cents), 0) AS bigint) AS sub_total_cents,
                CAST(coalesce(sum(tax_amount_cents), 0) AS bigint) AS tax_total_cents
            FROM line_items
            WHERE organization_id = :organization_id AND invoice_id = :invoice_id
                AND deleted_at IS NULL
        ) AS billed, (
            SELECT CAST(coalesce(sum(amount_cents), 0) AS bigint) AS cents
            FROM payments
            WHERE organization_id = :organization_id AND invoice_id = :invoice_id
                AND deleted_at IS NULL
        ) AS paid
        WHERE invoices.organization_id = :organization_id AND invoices.id = :invoice_id
            AND invoices.deleted_at IS NULL
    ) AS summed
    WHERE amount_paid_cents <= total_cents"""

_CLAIM = """
    INSERT INTO idempotency_keys (organization_id, key, input_digest, result, created_at)
    SELECT organization_id, :key, :input_digest, :result, :now
    FROM fitting WHERE :key IS NOT NULL"""

_CHANGE = f"""
    UPDATE invoices
    SET sub_total_cents = ready.sub_total_cents, tax_total_cents = ready.tax_total_cents,
        total_cents = ready.total_cents, amount_paid_cents = ready.amount_paid_cents,
        outstanding_balance_cents = ready.outstanding_balance_cents, status = ready.status,
        version = ready.version + 1, updated_at = :now
    FROM ready
    WHERE invoices.organization_id = :organization_id AND invoices.id = :invoice_id
        AND invoices.deleted_at IS NULL AND invoices.version = ready.version
    RETURNING {", ".join(f"invoices.{name} AS {name}" for name in Invoice.model_fields)}"""

_PAYMENT = f"""
    INSERT INTO payments (organization_id, id, invoice_id, customer_id, payment_date, method,
        reference_number, notes, amount_cents, source, recorded_by, recorded_at)
    SELECT organization_id, :payment_id, id, customer_id, :payment_date, :method,
        :reference_number, :notes, :amount_cents, '{PaymentSource.MANUAL}', :author, :now
    FROM changed"""

# The balance with two places, as `domain.money.decimal_text` writes it.
_ACTIVITY = f"""
    INSERT INTO activities (organization_id, id, kind, message, actor, source, occurred_at,
        invoice_id)
    SELECT organization_id, :activity_id, '{ActivityKind.PAYMENT_RECORDED}',
        :before_currency || currency || :before_balance
        || CAST(outstanding_balance_cents / 100 AS varchar) || '.'
        || substr(CAST(outstanding_balance_cents % 100 + 100 AS varchar), 2) || :after_balance,
        :author, '{PaymentSource.MANUAL}', :now, id
    FROM changed"""

_WORDS = """
    INSERT INTO search_words (organization_id, object_id, word)
    SELECT organization_id, :payment_id, word FROM changed, """

_POSTGRESQL = f"""
    WITH fitting AS MATERIALIZED ({_FITTING}),
    claimed AS ({_CLAIM} RETURNING key),
    ready AS MATERIALIZED (SELECT fitting.* FROM fitting LEFT JOIN claimed ON true),
    changed AS ({_CHANGE}),
    payment AS ({_PAYMENT}),
    activity AS ({_ACTIVITY}),
    words AS ({_WORDS} unnest(:words) AS word)
    SELECT fits, done, 1 / CASE WHEN claims > done THEN 0 ELSE 1 END, changed.*
    FROM (SELECT count(*) AS fits FROM fitting) AS of_fitting,
        (SELECT count(*) AS claims FROM claimed) AS of_claimed,
        (SELECT count(*) AS done FROM changed) AS of_changed LEFT JOIN changed ON true"""

# One after the other, the invoice already changed.
_THEN = """
    WITH changed AS (
        SELECT * FROM invoices WHERE organization_id = :organization_id AND id = :invoice_id
    ), fitting AS (SELECT * FROM changed)"""
_SQLITE = (
    f"WITH ready AS ({_FITTING}) {_CHANGE}",
    f"{_THEN} {_CLAIM}",
    f"{_THEN} {_PAYMENT}",
    f"{_THEN} {_ACTIVITY}",
    f"{_THEN} {_WORDS} (SELECT value AS word FROM json_each(:words))",
)


@dataclass(slots=True)
class SwiftPayment:
    """All that is written, but what only the invoice knows."""

    organization_id: int
    invoice_id: str
    payment_id: str
    activity_id: str
    amount_cents: int
    payment_date: date
    method: PaymentMethod
    reference_number: str | None
    notes: str | None
    words: list[str]
    author: str
    now: datetime
    # What is told of it stands before the currency, between it and the balance, and after.
    before_currency: str
    before_balance: str
    after_balance: str
    # None of these without a key.
    key: str | None
    input_digest: str | None
    result: str | None


async def record(database: Database, payment: SwiftPayment) -> Mapping[str, Any] | None:
    """The invoice's row with the payment recorded, by column; None if nothing has changed."""
    on_this = _on_sqlite if database.is_sqlite else _on_postgresql
    row = await on_this(database, payment)
    if row is not None:
        database.changes.tell([_change(payment, row)])
    return row


def _change(payment: SwiftPayment, invoice: Mapping[str, Any]) -> InvoiceChanged:
    return InvoiceChanged(
        payment.organization_id,
        payment.invoice_id,
        invoice["customer_id"],
        ActivityKind.PAYMENT_RECORDED,
        payment.now,
    )


async def _on_postgresql(database: Database, payment: SwiftPayment) -> Mapping[str, Any] | None:
    args = _ARGUMENTS(payment)
    for _ in range(_TRIES):
        try:
            [row] = await database.write_alone(_TEXT, args, about=payment.invoice_id)
        except postgresql.DivisionByZero:
            continue
        except postgresql.REFUSED:
            return None
        if row["done"]:
            return row
        if not row["fits"]:
            return None
    return None


async def _on_sqlite(database: Database, payment: SwiftPayment) -> Mapping[str, Any] | None:
    values = {field.name: getattr(payment, field.name) for field in fields(payment)}
    values["now"] = Instant().process_bind_param(payment.now, database.dialect)
    values["payment_date"] = payment.payment_date.isoformat()
    values["words"] = json.dumps(payment.words)

    def work(connection: Connection) -> Mapping[str, Any] | None:
        first, *rest = _SQLITE
        changed = connection.execute(first, values)
        rows = changed.fetchall()
        if not rows:
            return None
        for statement in rest:
            connection.execute(statement, values)
        names = [column[0] for column in changed.description]
        return dict(zip(names, rows[0], strict=True))

    try:
        return await database.write_in_turn(work)
    except IntegrityError:
        return None


def _numbered(statement: str) -> tuple[str, list[str]]:
    """The statement with PostgreSQL's numbers for its parameters, and their names in that order."""
    names = list(dict.fromkeys(re.findall(r":(\w+)", statement)))

    def number(name: re.Match[str]) -> str:
        return f"${names.index(name[1]) + 1}::{_TYPES.get(name[1], 'varchar')}"

    return re.sub(r":(\w+)", number, statement), names


_TEXT, _NAMES = _numbered(_POSTGRESQL)
_ARGUMENTS = attrgetter(*_NAMES)
