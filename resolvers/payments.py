"""Payments: how they are found, and the mutations that record, correct and delete them."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from db import search
from db.database import Database
from domain import payment as rules
from engine.declare import Answer, Listing, OrderKey, computed
from engine.filters import among, equals
from resolvers import lists
from resolvers.changes import Done, change, changes, given
from resolvers.context import Context
from resolvers.enums import PaymentMethod, PaymentSource
from resolvers.lists import DateRange
from services import payments as service
from services import swift_payment
from services.author import Author
from services.receipts import Allocation, Receipt

_KEY = (
    "1 to 255 characters of your choice, kept 30 days. Sending the same request again with the "
    "same key answers the first result instead of paying twice."
)
_METHOD = "How the money came."
_DATE = "Which day it was received. Default: today; not in the future."
_REFERENCE = "Cheque or transfer number, at most 100 characters."
_NOTES = "At most 10,000 characters."


@strawberry.input(description="Which payments. All given conditions hold; none given, all match.")
class PaymentFilter:
    invoice_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Of one of these invoices."
    )
    customer_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Of one of these customers."
    )
    source: list[PaymentSource] | None = strawberry.field(
        default=strawberry.UNSET, description="Recorded here, or in QuickBooks."
    )
    method: list[PaymentMethod] | None = strawberry.field(
        default=strawberry.UNSET, description="Received in one of these ways."
    )
    payment_date: DateRange | None = strawberry.field(
        default=strawberry.UNSET, description="Received in this range."
    )
    batch_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Recorded together under this id."
    )
    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words of the reference number, notes, the invoice's fullId and notes, or the "
        "customer's name. Every word must be the beginning of a word there; case does not matter.",
    )


LIST = Listing(
    order=lists.always("newest", OrderKey("payment_date", descending=True)),
    filters={
        "invoiceId": among("invoice_id"),
        "customerId": among("customer_id"),
        "source": among("source"),
        "method": among("method"),
        "paymentDate": lists.days("payment_date"),
        "batchId": equals("batch_id"),
        "search": lists.words(search.payment),
    },
)


@computed("source")
def can_delete(source: PaymentSource) -> bool:
    """Whether it may be changed and deleted here: not where QuickBooks owns it."""
    return rules.can_delete(source)


@strawberry.input(description="Money received against one invoice.")
class RecordPaymentInput:
    invoice_id: strawberry.ID = strawberry.field(description="Which invoice was paid.")
    amount: Decimal = strawberry.field(
        description="In the invoice's currency: more than zero, at most what is outstanding."
    )
    payment_date: date | None = strawberry.field(default=strawberry.UNSET, description=_DATE)
    method: PaymentMethod = strawberry.field(description=_METHOD)
    reference_number: str | None = strawberry.field(
        default=strawberry.UNSET, description=_REFERENCE
    )
    notes: str | None = strawberry.field(default=strawberry.UNSET, description=_NOTES)
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=_KEY)


async def record_payment(context: Context, input: RecordPaymentInput) -> Answer:
    """Record a full or partial payment. The payload has the invoice with its new balance.

    An amount over the outstanding balance is refused with `PAYMENT_EXCEEDS_BALANCE`, which
    carries the balance.
    """
    asked: dict[str, Any] = {
        "allocation": Allocation(input.invoice_id, input.amount),
        "receipt": _receipt(input),
        "idempotency_key": given(input.idempotency_key),
    }

    async def swift(database: Database, author: Author) -> Done | None:
        return await swift_payment.record_payment(database, author, **asked)

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        result, is_repeated = await service.record_payment(session, author, **asked)
        return {**result, "alreadyProcessed": is_repeated}

    return await change(context, "RecordPaymentPayload", work, swift)


@strawberry.input(description="The part of a payment that goes to one invoice.")
class PaymentAllocation:
    invoice_id: strawberry.ID = strawberry.field(description="Which invoice.")
    amount: Decimal = strawberry.field(
        description="More than zero, at most what is outstanding on it."
    )


@strawberry.input(description="One cheque or transfer that pays many invoices of one customer.")
class RecordBatchPaymentInput:
    allocations: list[PaymentAllocation] = strawberry.field(
        description="How much goes to which invoice: 1 to 100, each invoice once."
    )
    payment_date: date | None = strawberry.field(default=strawberry.UNSET, description=_DATE)
    method: PaymentMethod = strawberry.field(description=_METHOD)
    reference_number: str | None = strawberry.field(
        default=strawberry.UNSET, description=_REFERENCE
    )
    notes: str | None = strawberry.field(default=strawberry.UNSET, description=_NOTES)
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=_KEY)


async def record_batch_payment(context: Context, input: RecordBatchPaymentInput) -> Answer:
    """Record one cheque over many invoices: all of it or nothing."""

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        result, is_repeated = await service.record_batch_payment(
            session,
            author,
            allocations=[Allocation(one.invoice_id, one.amount) for one in input.allocations],
            receipt=_receipt(input),
            idempotency_key=given(input.idempotency_key),
        )
        return {**result, "alreadyProcessed": is_repeated}

    return await change(context, "RecordBatchPaymentPayload", work)


@strawberry.input(description="What to correct of a payment. What is left out stays; null clears.")
class UpdatePaymentInput:
    id: strawberry.ID = strawberry.field(description="Which payment.")
    amount: strawberry.Maybe[Decimal | None] = strawberry.field(
        description="At most the balance without this payment. Cannot be cleared."
    )
    payment_date: strawberry.Maybe[date | None] = strawberry.field(
        description="Not in the future. Cannot be cleared."
    )
    method: strawberry.Maybe[PaymentMethod | None] = strawberry.field(
        description="How the money came. Cannot be cleared."
    )
    reference_number: strawberry.Maybe[str | None] = strawberry.field(description=_REFERENCE)
    notes: strawberry.Maybe[str | None] = strawberry.field(description=_NOTES)


async def update_payment(context: Context, input: UpdatePaymentInput) -> Answer:
    """Correct a payment recorded here."""

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        wanted = changes(input, "amount", "payment_date", "method", "reference_number", "notes")
        payment = await service.update_payment(session, author, payment_id=input.id, changes=wanted)
        return {"payment": payment.id, "invoice": payment.invoice_id}

    return await change(context, "UpdatePaymentPayload", work)


@strawberry.input(description="A payment to delete.")
class DeletePaymentInput:
    id: strawberry.ID = strawberry.field(description="Which payment.")
    reason: str | None = strawberry.field(
        default=strawberry.UNSET, description="Why, for the record; at most 500 characters."
    )


async def delete_payment(context: Context, input: DeletePaymentInput) -> Answer:
    """Delete a payment recorded here. Balance and status of its invoice follow."""

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        invoice = await service.delete_payment(
            session, author, payment_id=input.id, reason=given(input.reason)
        )
        return {"deletedPaymentId": input.id, "invoice": invoice.id}

    return await change(context, "DeletePaymentPayload", work)


def _receipt(typed: RecordPaymentInput | RecordBatchPaymentInput) -> Receipt:
    return Receipt(
        method=typed.method,
        payment_date=given(typed.payment_date),
        reference_number=given(typed.reference_number),
        notes=given(typed.notes),
    )
