"""What QuickBooks may answer instead of what it was asked for, told apart by code, never by text.

QuickBooksError
├── Retryable            no answer, an answer that is none, throttled, or broken there
├── NeedsReconnect       the company has to be connected again by a person
└── Rejected             it will be refused however often it is sent
    ├── Stale            another version exists: read it again
    ├── Gone             there is no such object
    ├── NumberTaken      another document has this number
    └── NameTaken        a customer, vendor or employee has this name
"""

from datetime import timedelta


class Disconnected(Exception):
    """The organization is not connected to this company (any more): there is nobody to ask."""


class QuickBooksError(Exception):
    """`message` is for people. `intuit_tid` is what Intuit's support asks for."""

    def __init__(
        self, message: str, *, code: str | None = None, intuit_tid: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.intuit_tid = intuit_tid


class Retryable(QuickBooksError):
    """`pause` is how long QuickBooks wants to be left alone, where it is throttling."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        intuit_tid: str | None = None,
        pause: timedelta | None = None,
    ) -> None:
        super().__init__(message, code=code, intuit_tid=intuit_tid)
        self.pause = pause


class NeedsReconnect(QuickBooksError):
    pass


class Rejected(QuickBooksError):
    pass


class Stale(Rejected):
    pass


class Gone(Rejected):
    pass


class NumberTaken(Rejected):
    """`quickbooks_id` is the document that has the number, where the answer names an invoice."""

    quickbooks_id: str | None = None


class NameTaken(Rejected):
    pass
