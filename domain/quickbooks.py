"""What there is to say of an invoice's copy in QuickBooks Online."""

from enum import StrEnum


class QuickBooksState(StrEnum):
    """How far the export of an invoice has come."""

    NOT_EXPORTED = "notExported"
    QUEUED = "queued"
    EXPORTED = "exported"
    FAILED = "failed"
