"""Recording a payment with the ORM: load, check, change, flush, commit."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import strawberry
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.idiomatic.loaders import ORGANIZATION_ID, Sessions
from db import ids
from db.tables import Activity, IdempotencyKey, Invoice, LineItem, Payment, SearchWord
from domain.activity import ActivityKind, payment_recorded
from domain.errors import DomainError, IdempotencyKeyReused, NotFound
from domain.invoice import derive_status
from domain.payment import PaymentSource, check_amount
from resolvers.enums import PaymentMethod

_ACTOR = "Demo admin"
_ZONE = ZoneInfo("America/Toronto")


@strawberry.input
class RecordPaymentInput:
    invoice_id: strawberry.ID
    amount: Decimal
    method: PaymentMethod
    reference_number: str
    idempotency_key: str


async def record(sessions: Sessions, wanted: RecordPaymentInput) -> Any:
    """The invoice as it is then, or the refusal."""
    try:
        async with sessions() as session, session.begin():
            return await _record(session, wanted)
    except DomainError as error:
        return error


async def _record(session: AsyncSession, wanted: RecordPaymentInput) -> Invoice:
    now = datetime.now(UTC)
    payment_id = ids.new(ids.PAYMENT)
    digest = hashlib.sha256(repr(wanted).encode()).hexdigest()
    claimed = await session.get(IdempotencyKey, (ORGANIZATION_ID, wanted.idempotency_key))
    if claimed is not None and claimed.input_digest != digest:
        raise IdempotencyKeyReused("This key was used with another input", "idempotency_key")
    invoice = await _locked(session, wanted.invoice_id)
    if claimed is not None:
        return invoice
    cents = int(wanted.amount.scaleb(2))
    check_amount(
        cents,
        outstanding_balance_cents=invoice.outstanding_balance_cents,
        currency=invoice.currency,
    )
    payment = _payment(payment_id, invoice, cents, wanted, now)
    session.add(payment)
    await session.flush()
    await _recompute(session, invoice)
    invoice.version += 1
    invoice.updated_at = now
    key = IdempotencyKey(
        organization_id=ORGANIZATION_ID,
        key=wanted.idempotency_key,
        input_digest=digest,
        result=payment_id,
        created_at=now,
    )
    word = SearchWord(
        organization_id=ORGANIZATION_ID, object_id=payment_id, word=wanted.reference_number
    )
    session.add_all([key, word, _told(payment, invoice)])
    return invoice


async def _locked(session: AsyncSession, invoice_id: str) -> Invoice:
    table: Any = Invoice
    statement = (
        select(Invoice)
        .where(
            table.organization_id == ORGANIZATION_ID,
            table.id == invoice_id,
            table.deleted_at.is_(None),
        )
        .with_for_update(key_share=True)
    )
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound("There is no invoice with this id", "invoice_id")
    return found


def _payment(
    payment_id: str, invoice: Invoice, cents: int, wanted: RecordPaymentInput, now: datetime
) -> Payment:
    return Payment(
        organization_id=ORGANIZATION_ID,
        id=payment_id,
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        payment_date=now.astimezone(_ZONE).date(),
        method=wanted.method,
        reference_number=wanted.reference_number,
        amount_cents=cents,
        source=PaymentSource.MANUAL,
        recorded_by=_ACTOR,
        recorded_at=now,
    )


async def _recompute(session: AsyncSession, invoice: Invoice) -> None:
    sub = await _sum(session, LineItem, "amount_cents", invoice)
    tax = await _sum(session, LineItem, "tax_amount_cents", invoice)
    paid = await _sum(session, Payment, "amount_cents", invoice)
    invoice.sub_total_cents = sub
    invoice.tax_total_cents = tax
    invoice.total_cents = sub + tax
    invoice.amount_paid_cents = paid
    invoice.outstanding_balance_cents = sub + tax - paid
    invoice.status = derive_status(
        total_cents=sub + tax, amount_paid_cents=paid, sent_at=invoice.sent_at
    )


async def _sum(session: AsyncSession, table: Any, column: str, invoice: Invoice) -> int:
    statement = select(func.coalesce(func.sum(getattr(table, column)), 0)).where(
        table.organization_id == ORGANIZATION_ID,
        table.invoice_id == invoice.id,
        table.deleted_at.is_(None),
    )
    return int((await session.scalars(statement)).one())


def _told(payment: Payment, invoice: Invoice) -> Activity:
    return Activity(
        organization_id=ORGANIZATION_ID,
        id=ids.new(ids.ACTIVITY),
        kind=ActivityKind.PAYMENT_RECORDED,
        message=payment_recorded(payment, invoice),
        actor=_ACTOR,
        occurred_at=payment.recorded_at,
        invoice_id=invoice.id,
    )
