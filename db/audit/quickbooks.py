"""The audit of what came from QuickBooks: each allocation there has its live payment here."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import col

from db.audit.reading import Reading
from db.tables import Payment, QuickBooksAllocation, QuickBooksPayment
from domain.payment import PaymentSource


async def check(reading: Reading) -> None:
    counted = await reading.rows(
        select(func.count())
        .select_from(QuickBooksAllocation)
        .where(col(QuickBooksAllocation.organization_id) == reading.organization_id)
    )
    if number := counted[0][0]:
        reading.counted("QuickBooks allocations", number)
    for row in await reading.rows(_wrong(reading.organization_id)):
        _tell(reading, *row)


def _wrong(organization_id: int) -> Any:
    """Only what is wrong is read: there may be as many allocations as payments."""
    return (
        select(
            col(QuickBooksAllocation.quickbooks_id),
            col(Payment.id),
            col(QuickBooksAllocation.invoice_id) != col(Payment.invoice_id),
            col(Payment.deleted_at),
            col(Payment.source),
            col(QuickBooksPayment.is_deleted),
        )
        .select_from(QuickBooksAllocation)
        .join(
            Payment,
            (col(Payment.organization_id) == col(QuickBooksAllocation.organization_id))
            & (col(Payment.id) == col(QuickBooksAllocation.payment_id)),
        )
        .outerjoin(
            QuickBooksPayment,
            (col(QuickBooksPayment.organization_id) == col(QuickBooksAllocation.organization_id))
            & (col(QuickBooksPayment.realm_id) == col(QuickBooksAllocation.realm_id))
            & (col(QuickBooksPayment.quickbooks_id) == col(QuickBooksAllocation.quickbooks_id)),
        )
        .where(
            col(QuickBooksAllocation.organization_id) == organization_id,
            or_(
                col(QuickBooksAllocation.invoice_id) != col(Payment.invoice_id),
                col(Payment.deleted_at).is_not(None),
                col(Payment.source) != PaymentSource.QUICKBOOKS,
                col(QuickBooksPayment.is_deleted).is_not(False),
            ),
        )
        .order_by(col(Payment.id))
    )


def _tell(
    reading: Reading,
    quickbooks_id: str,
    payment_id: str,
    *found: Any,
) -> None:
    is_elsewhere, deleted_at, source, is_deleted_there = found
    where = f"but QuickBooks' payment {quickbooks_id}"
    for is_wrong, how in (
        (is_elsewhere, f"it pays one invoice, {where} another"),
        (deleted_at is not None, f"it is deleted, {where} still stands on it"),
        (source is not PaymentSource.QUICKBOOKS, f"it was recorded here, {where} stands on it"),
        (is_deleted_there is None, f"no version of QuickBooks' payment {quickbooks_id} is known"),
        (is_deleted_there, f"it is live, {where} is deleted"),
    ):
        if is_wrong:
            reading.differs(f"Payment {payment_id}", how)
