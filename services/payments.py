"""Payments: recording, correcting and deleting what was received."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from db import ids, invoices, rows, search
from db.tables import Invoice, Payment
from domain import activity as told
from domain import payment as rules
from domain import text
from domain.activity import ActivityKind
from domain.errors import CustomerMismatch, InvalidInput, at
from domain.money import cents_from
from services import activity, idempotency
from services.author import Author
from services.receipts import Allocation, Receipt, allocated, asked_for, checked


async def record_payment(
    session: AsyncSession,
    author: Author,
    *,
    allocation: Allocation,
    receipt: Receipt,
    idempotency_key: str | None,
) -> tuple[idempotency.Result, bool]:
    """Record money received against one invoice; answers the ids of payment and invoice."""
    amount_cents = cents_from(allocation.amount, "amount")
    asked = asked_for("recordPayment", [(allocation.invoice_id, amount_cents)], receipt)

    async def work() -> idempotency.Result:
        accepted = checked(receipt, author)
        invoice = await rows.get_locked(
            session, Invoice, author.organization_id, allocation.invoice_id, "invoice_id"
        )
        payment = await _record(session, author, invoice, amount_cents, accepted, batch_id=None)
        return {"payment": payment.id, "invoice": invoice.id}

    return await idempotency.once(session, author, idempotency_key, asked, work)


async def record_batch_payment(
    session: AsyncSession,
    author: Author,
    *,
    allocations: Sequence[Allocation],
    receipt: Receipt,
    idempotency_key: str | None,
) -> tuple[idempotency.Result, bool]:
    """Record one cheque over many invoices of one customer, all or nothing."""
    amounts = allocated(allocations)
    asked = asked_for("recordBatchPayment", list(amounts.items()), receipt)

    async def work() -> idempotency.Result:
        accepted = checked(receipt, author)
        found = await _invoices_locked(session, author, list(amounts))
        batch_id = ids.new(ids.BATCH)
        payments: list[str] = []
        for position, (invoice_id, amount_cents) in enumerate(amounts.items()):
            with at("allocations", str(position)):
                payment = await _record(
                    session, author, found[invoice_id], amount_cents, accepted, batch_id=batch_id
                )
            payments.append(payment.id)
        return {"batchId": batch_id, "payments": payments, "invoices": list(amounts)}

    return await idempotency.once(session, author, idempotency_key, asked, work)


async def update_payment(
    session: AsyncSession, author: Author, *, payment_id: str, changes: Mapping[str, Any]
) -> Payment:
    """Correct a payment. It is checked against the balance without itself."""
    payment, invoice = await _payment_locked(session, author, payment_id)
    rules.check_managed_here(payment.source)
    before = payment.model_dump()
    for field, value in changes.items():
        _set(payment, field, value)
    if payment.model_dump() == before:
        return payment
    rules.check_date(payment.payment_date, today=author.today)
    await correct(session, author, invoice, payment, previous_cents=before["amount_cents"])
    return payment


async def delete_payment(
    session: AsyncSession, author: Author, *, payment_id: str, reason: str | None
) -> Invoice:
    """Take a payment back; balance and status of its invoice follow. The row is kept, marked."""
    reason = text.check_optional(reason, "reason", text.REASON_MAX)
    payment, invoice = await _payment_locked(session, author, payment_id)
    rules.check_managed_here(payment.source)
    await remove(session, author, invoice, payment, reason)
    return invoice


async def add(session: AsyncSession, author: Author, invoice: Invoice, payment: Payment) -> None:
    """Put a payment on its invoice, which is locked, and may not be overpaid by it."""
    rules.check_amount(
        payment.amount_cents,
        outstanding_balance_cents=invoice.outstanding_balance_cents,
        currency=invoice.currency,
    )
    session.add(payment)
    await _changed(session, author, invoice)
    await _index(session, payment)
    activity.note(
        session,
        author,
        invoice,
        ActivityKind.PAYMENT_RECORDED,
        told.payment_recorded(payment, invoice),
    )


async def correct(
    session: AsyncSession,
    author: Author,
    invoice: Invoice,
    payment: Payment,
    *,
    previous_cents: int,
) -> None:
    """Keep what was changed of a payment, which came to `previous_cents`; its invoice is locked."""
    rules.check_amount(
        payment.amount_cents,
        outstanding_balance_cents=invoice.outstanding_balance_cents + previous_cents,
        currency=invoice.currency,
    )
    await _changed(session, author, invoice)
    await _index(session, payment)
    activity.note(
        session,
        author,
        invoice,
        ActivityKind.PAYMENT_UPDATED,
        told.payment_changed(payment, invoice),
    )


async def remove(
    session: AsyncSession,
    author: Author,
    invoice: Invoice,
    payment: Payment,
    reason: str | None,
) -> None:
    """Take a payment off its invoice, which is locked. The row is kept, marked."""
    payment.deleted_at = author.now
    payment.deleted_by = author.name
    payment.deletion_reason = reason
    await _changed(session, author, invoice)
    await search.write(session, payment.organization_id, payment.id, [])
    activity.note(
        session,
        author,
        invoice,
        ActivityKind.PAYMENT_DELETED,
        told.payment_deleted(payment, invoice, reason),
    )


async def _record(
    session: AsyncSession,
    author: Author,
    invoice: Invoice,
    amount_cents: int,
    receipt: Receipt,
    *,
    batch_id: str | None,
) -> Payment:
    payment = Payment(
        organization_id=author.organization_id,
        id=ids.new(ids.PAYMENT),
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        payment_date=receipt.payment_date or author.today,
        method=receipt.method,
        reference_number=receipt.reference_number,
        notes=receipt.notes,
        amount_cents=amount_cents,
        batch_id=batch_id,
        recorded_by=author.name,
        recorded_at=author.now,
    )
    await add(session, author, invoice, payment)
    return payment


async def _payment_locked(
    session: AsyncSession, author: Author, payment_id: str
) -> tuple[Payment, Invoice]:
    """The payment with its invoice, the invoice locked first, as everywhere."""
    found = await rows.find(session, Payment, author.organization_id, payment_id)
    if found is None:
        raise rows.not_found(Payment, "id")
    invoice = await rows.get_locked(
        session, Invoice, author.organization_id, found.invoice_id, "id"
    )
    return await rows.get_locked(
        session, Payment, author.organization_id, payment_id, "id"
    ), invoice


async def _invoices_locked(
    session: AsyncSession, author: Author, invoice_ids: Sequence[str]
) -> dict[str, Invoice]:
    found = await rows.all_locked(session, Invoice, author.organization_id, invoice_ids)
    payer: str | None = None
    for position, invoice_id in enumerate(invoice_ids):
        with at("allocations", str(position)):
            if invoice_id not in found:
                raise rows.not_found(Invoice, "invoice_id")
            payer = payer or found[invoice_id].customer_id
            if found[invoice_id].customer_id != payer:
                raise CustomerMismatch(
                    f"{found[invoice_id].full_id} is another customer's", "invoice_id"
                )
    return found


async def _changed(session: AsyncSession, author: Author, invoice: Invoice) -> None:
    await session.flush()
    await invoices.recompute(session, invoice)
    activity.raise_version(author, invoice)


def _set(payment: Payment, field: str, value: Any) -> None:
    match field:
        case "reference_number":
            payment.reference_number = text.check_optional(value, field, text.REFERENCE_MAX)
        case "notes":
            payment.notes = text.check_optional(value, field, text.NOTES_MAX)
        case _ if value is None:
            raise InvalidInput("This cannot be cleared", field)
        case "amount":
            payment.amount_cents = cents_from(value, field)
        case "payment_date":
            payment.payment_date = value
        case _:
            payment.method = value


async def _index(session: AsyncSession, payment: Payment) -> None:
    await search.write(
        session,
        payment.organization_id,
        payment.id,
        search.payment_texts(payment.reference_number, payment.notes),
    )
