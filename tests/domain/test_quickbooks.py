"""When an invoice's copy in QuickBooks is another than what it would be now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.errors import QuickBooksNotConnected
from domain.line_item import LineItemType
from domain.quickbooks import QuickBooksState, check_connected, content_digest, needs_export
from domain.terms import PaymentTerms


@dataclass(frozen=True)
class Line:
    type: LineItemType = LineItemType.FREIGHT
    description: str = "Toronto to Chicago"
    quantity_e4: int = 10_000
    rate_e4: int = 1_000_000
    tax_rate_e4: int = 0


@dataclass(frozen=True)
class Invoice:
    id: str = "invoice_1"
    full_id: str = "INVOICE-1"
    customer_id: str = "customer_1"
    currency: str = "CAD"
    invoice_date: date = date(2026, 1, 31)
    terms: PaymentTerms = PaymentTerms.NET_30
    due_date: date = date(2026, 3, 2)
    notes: str | None = None


@dataclass(frozen=True)
class Copy:
    state: QuickBooksState
    content_digest: str | None
    is_gone: bool = False


LINES = (Line(), Line(LineItemType.FUEL))
DIGEST = content_digest(Invoice(), LINES)


@pytest.mark.parametrize(
    "changed",
    [
        {"invoice_date": date(2026, 2, 1)},
        {"terms": PaymentTerms.EOM},
        {"due_date": date(2026, 3, 3)},
        {"notes": "Rush"},
        {"customer_id": "customer_2"},
    ],
    ids=str,
)
def test_whatever_an_invoice_says_is_content(changed: Mapping[str, Any]) -> None:
    assert content_digest(replace(Invoice(), **changed), LINES) != DIGEST


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:1],
        LINES[::-1],
        (*LINES, LINES[0]),
        (Line(description="Chicago to Toronto"), LINES[1]),
        (Line(tax_rate_e4=130_000), LINES[1]),
        (Line(quantity_e4=20_000, rate_e4=500_000), LINES[1]),
    ],
    ids=str,
)
def test_lines_and_their_order_are_content(lines: Sequence[Line]) -> None:
    assert content_digest(Invoice(), lines) != DIGEST


def test_the_same_content_has_the_same_digest_in_every_release() -> None:
    assert content_digest(replace(Invoice(), id="invoice_2"), list(LINES)) == DIGEST
    assert DIGEST.startswith("91bb915d58248ea3")


@pytest.mark.parametrize(
    ("copy", "is_needed"),
    [
        (Copy(QuickBooksState.EXPORTED, DIGEST), False),
        (Copy(QuickBooksState.EXPORTED, "another"), True),
        (Copy(QuickBooksState.EXPORTED, None), True),
        (Copy(QuickBooksState.EXPORTED, DIGEST, is_gone=True), True),
        (Copy(QuickBooksState.FAILED, DIGEST), True),
        (Copy(QuickBooksState.QUEUED, DIGEST), True),
    ],
    ids=str,
)
def test_only_a_copy_that_is_there_and_current_needs_nothing(
    copy: Copy, *, is_needed: bool
) -> None:
    assert needs_export(copy, DIGEST) is is_needed


@dataclass(frozen=True)
class Connection:
    disconnected_at: datetime | None = None
    reconnect_reason: str | None = None


def test_a_connection_that_can_be_used_is_given_back() -> None:
    connection = Connection()
    assert check_connected(connection) is connection


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        (None, "QuickBooks is not connected: connect it first"),
        (
            Connection(datetime(2026, 1, 31, tzinfo=UTC)),
            "QuickBooks is not connected: connect it first",
        ),
        (Connection(reconnect_reason="revoked"), "QuickBooks has to be connected again first"),
    ],
)
def test_a_connection_that_cannot_be_used_is_refused(
    connection: Connection | None, words: str
) -> None:
    with pytest.raises(QuickBooksNotConnected) as refused:
        check_connected(connection)
    assert refused.value.message == words
