"""The words of the API: a value that stands in databases and programs never changes."""

from enum import StrEnum

import pytest

from domain.activity import ActivityKind
from domain.aging import AgingBucket
from domain.line_item import LineItemType
from domain.payment import PaymentMethod, PaymentSource
from domain.terms import PaymentTerms


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (AgingBucket, "current days1To30 days31To60 days61To90 over90"),
        (LineItemType, "freight fuel surcharge accessorial liftgate detention other"),
        (PaymentMethod, "cheque ach wire eft creditCard cash other"),
        (PaymentSource, "manual quickBooks"),
        (PaymentTerms, "pia net0 net7 net10 net15 net30 net45 net60 net90 eom"),
    ],
)
def test_words_stay_as_they_are(words: type[StrEnum], expected: str) -> None:
    assert " ".join(words) == expected


def test_words_of_the_history_stay_as_they_are() -> None:
    changes = ["created", "updated", "lineItemsChanged", "sent", "deleted"]
    payments = ["paymentRecorded", "paymentUpdated", "paymentDeleted"]
    documents = ["documentAttached", "documentRemoved"]
    assert set(ActivityKind) >= {*changes, *payments, *documents}
