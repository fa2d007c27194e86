"""What can be told of an invoice's, order's or customer's history."""

from enum import StrEnum


class ActivityKind(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    LINE_ITEMS_CHANGED = "lineItemsChanged"
    SENT = "sent"
    PAYMENT_RECORDED = "paymentRecorded"
    PAYMENT_UPDATED = "paymentUpdated"
    PAYMENT_DELETED = "paymentDeleted"
    DELETED = "deleted"
