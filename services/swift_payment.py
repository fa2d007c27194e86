"""A payment in which everything is in order, recorded in one step.

Where anything is not, it declines: `services.payments` then does the same step by step, and is
the one place that says what is wrong.
"""

from db import ids, search, swift_payment
from db.database import Database
from db.swift_payment import SwiftPayment
from domain import activity as told
from domain.errors import DomainError
from domain.money import cents_from
from domain.text import searchable_words
from services import idempotency
from services.author import Author
from services.receipts import Allocation, Receipt, asked_for, checked


async def record_payment(
    database: Database,
    author: Author,
    *,
    allocation: Allocation,
    receipt: Receipt,
    idempotency_key: str | None,
) -> idempotency.Result | None:
    """What `services.payments.record_payment` answers; None if nothing was recorded."""
    try:
        amount_cents = cents_from(allocation.amount, "amount")
        accepted = checked(receipt, author)
    except DomainError:
        return None
    if amount_cents <= 0 or (
        idempotency_key is not None and not idempotency.is_key(idempotency_key)
    ):
        return None
    asked = asked_for("recordPayment", [(allocation.invoice_id, amount_cents)], receipt)
    result = {"payment": ids.new(ids.PAYMENT), "invoice": allocation.invoice_id}
    before, between, after = told.payment_recorded_around(
        accepted.method, accepted.reference_number, amount_cents
    )
    payment = SwiftPayment(
        organization_id=author.organization_id,
        invoice_id=allocation.invoice_id,
        payment_id=result["payment"],
        activity_id=ids.new(ids.ACTIVITY),
        amount_cents=amount_cents,
        payment_date=accepted.payment_date or author.today,
        method=accepted.method,
        reference_number=accepted.reference_number,
        notes=accepted.notes,
        words=sorted(
            searchable_words(search.payment_texts(accepted.reference_number, accepted.notes))
        ),
        author=author.name,
        now=author.now,
        before_currency=before,
        before_balance=between,
        after_balance=after,
        key=idempotency_key,
        input_digest=idempotency.digest_of(asked),
        result=idempotency.text_of(result),
    )
    return result if await swift_payment.record(database, payment) else None
