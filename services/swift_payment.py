"""A payment in which everything is in order, recorded in one step.

Where anything is not, it declines: `services.payments` then does the same step by step, and is
the one place that says what is wrong.
"""

from collections.abc import Mapping
from typing import Any

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
) -> tuple[idempotency.Result, dict[str, Mapping[str, Any]]] | None:
    """What `services.payments.record_payment` answers, and the invoice's row as it is now, by id.

    None if nothing was recorded.
    """
    try:
        amount_cents = cents_from(allocation.amount, "amount")
        accepted = checked(receipt, author)
    except DomainError:
        return None
    is_key_fit = idempotency_key is None or idempotency.is_key(idempotency_key)
    if amount_cents <= 0 or not is_key_fit:
        return None
    # Of what was typed, as step by step: the same request has the same digest either way.
    asked = asked_for("recordPayment", [(allocation.invoice_id, amount_cents)], receipt)
    result = {"payment": ids.new(ids.PAYMENT), "invoice": allocation.invoice_id}
    payment = _payment(author, result, amount_cents, accepted, key=idempotency_key, asked=asked)
    invoice = await swift_payment.record(database, payment)
    return None if invoice is None else (result, {allocation.invoice_id: invoice})


def _payment(
    author: Author,
    result: idempotency.Result,
    amount_cents: int,
    receipt: Receipt,
    *,
    key: str | None,
    asked: Mapping[str, Any],
) -> SwiftPayment:
    texts = search.payment_texts(receipt.reference_number, receipt.notes)
    before, between, after = told.payment_recorded_around(
        receipt.method, receipt.reference_number, amount_cents
    )
    return SwiftPayment(
        organization_id=author.organization_id,
        invoice_id=result["invoice"],
        payment_id=result["payment"],
        activity_id=ids.new(ids.ACTIVITY),
        amount_cents=amount_cents,
        payment_date=receipt.payment_date or author.today,
        method=receipt.method,
        reference_number=receipt.reference_number,
        notes=receipt.notes,
        words=sorted(searchable_words(texts)),
        author=author.name,
        now=author.now,
        before_currency=before,
        before_balance=between,
        after_balance=after,
        key=key,
        input_digest=None if key is None else idempotency.digest_of(asked),
        result=None if key is None else idempotency.text_of(result),
    )
