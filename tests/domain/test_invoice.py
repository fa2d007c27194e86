"""What an invoice's amounts and dates mean, and what may be done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import invoice as rules
from domain.errors import (
    DomainError,
    InvalidInput,
    InvoiceEmpty,
    InvoiceHasPayments,
    InvoiceLocked,
)
from domain.invoice import InvoiceStatus, days_past_due, derive_status

TODAY = date(2026, 3, 15)
CREATED, SENT, PARTIALLY_PAID, PAID = InvoiceStatus

CENTS = st.integers(0, 10**6)
SENT_AT = st.none() | st.dates()


@dataclass(frozen=True)
class Invoice:
    status: InvoiceStatus = CREATED
    amount_paid_cents: int = 0
    id: str = "invoice_01"
    full_id: str = "INVOICE-12"


def status_by_the_words_of_the_rule(
    *, outstanding_cents: int, amount_paid_cents: int, is_sent: bool
) -> str:
    if outstanding_cents == 0 and (amount_paid_cents != 0 or is_sent):
        return "paid"
    if amount_paid_cents != 0 and outstanding_cents != 0:
        return "partiallyPaid"
    if is_sent and amount_paid_cents == 0:
        return "sent"
    return "created"


@pytest.mark.parametrize(
    ("total_cents", "amount_paid_cents", "sent_at", "expected"),
    [
        (0, 0, None, CREATED),
        (100_000, 0, None, CREATED),
        (0, 0, TODAY, PAID),
        (100_000, 0, TODAY, SENT),
        (100_000, 1, None, PARTIALLY_PAID),
        (100_000, 1, TODAY, PARTIALLY_PAID),
        (100_000, 99_999, TODAY, PARTIALLY_PAID),
        (100_000, 100_000, None, PAID),
        (100_000, 100_000, TODAY, PAID),
    ],
)
def test_status_follows_from_what_was_sent_and_paid(
    total_cents: int, amount_paid_cents: int, sent_at: date | None, expected: InvoiceStatus
) -> None:
    status = derive_status(
        total_cents=total_cents, amount_paid_cents=amount_paid_cents, sent_at=sent_at
    )
    assert status is expected


@given(CENTS, CENTS, SENT_AT)
def test_status_is_what_the_rule_says_in_words(
    outstanding_cents: int, amount_paid_cents: int, sent_at: date | None
) -> None:
    status = derive_status(
        total_cents=outstanding_cents + amount_paid_cents,
        amount_paid_cents=amount_paid_cents,
        sent_at=sent_at,
    )
    assert status == status_by_the_words_of_the_rule(
        outstanding_cents=outstanding_cents,
        amount_paid_cents=amount_paid_cents,
        is_sent=sent_at is not None,
    )


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=5), CENTS, SENT_AT)
def test_deleting_payments_walks_the_status_back(
    payments: list[int], outstanding_cents: int, sent_at: date | None
) -> None:
    total_cents = sum(payments) + outstanding_cents

    def status_with(count: int) -> InvoiceStatus:
        paid_cents = sum(payments[:count])
        return derive_status(total_cents=total_cents, amount_paid_cents=paid_cents, sent_at=sent_at)

    on_the_way = [status_with(count) for count in range(1, len(payments))]
    assert status_with(len(payments)) is (PARTIALLY_PAID if outstanding_cents else PAID)
    assert set(on_the_way) <= {PARTIALLY_PAID}
    assert status_with(0) is (SENT if sent_at else CREATED)


def test_statuses_sort_in_the_order_of_an_invoice_s_life() -> None:
    assert [str(status) for status in InvoiceStatus] == ["created", "sent", "partiallyPaid", "paid"]


@pytest.mark.parametrize(
    ("due_date", "expected"),
    [
        (date(2026, 3, 16), 0),
        (date(2026, 3, 15), 0),
        (date(2026, 3, 14), 1),
        (date(2026, 2, 13), 30),
        (date(2026, 2, 12), 31),
        (date(2025, 12, 14), 91),
        (date(9999, 12, 31), 0),
    ],
)
def test_overdue_begins_the_day_after_the_due_date(due_date: date, expected: int) -> None:
    days = days_past_due(status=SENT, outstanding_balance_cents=1, due_date=due_date, as_of=TODAY)
    assert days == expected


@pytest.mark.parametrize(
    ("status", "outstanding_balance_cents", "expected"),
    [(CREATED, 100, 0), (SENT, 100, 5), (PARTIALLY_PAID, 100, 5), (PAID, 0, 0), (SENT, 0, 0)],
)
def test_only_a_receivable_with_something_outstanding_is_overdue(
    status: InvoiceStatus, outstanding_balance_cents: int, expected: int
) -> None:
    days = days_past_due(
        status=status,
        outstanding_balance_cents=outstanding_balance_cents,
        due_date=date(2026, 3, 10),
        as_of=TODAY,
    )
    assert days == expected


@pytest.mark.parametrize(
    ("status", "amount_paid_cents", "words"),
    [(SENT, 0, "sent"), (PARTIALLY_PAID, 100, "partially paid"), (PAID, 100, "paid")],
)
def test_line_items_are_locked_once_the_invoice_is_more_than_created(
    status: InvoiceStatus, amount_paid_cents: int, words: str
) -> None:
    assert not rules.can_edit_line_items(status)
    with pytest.raises(InvoiceLocked) as refusal:
        rules.check_line_items_editable(Invoice(status, amount_paid_cents))
    assert refusal.value.message == (
        f"INVOICE-12 is {words}: its line items can be changed only while it is created"
    )
    assert refusal.value.invoice_id == "invoice_01"
    assert refusal.value.path == ()


@pytest.mark.parametrize(
    ("status", "words"), [(SENT, "sent"), (PARTIALLY_PAID, "partially paid"), (PAID, "paid")]
)
def test_the_invoice_date_is_locked_once_the_invoice_is_more_than_created(
    status: InvoiceStatus, words: str
) -> None:
    with pytest.raises(InvoiceLocked) as refusal:
        rules.check_invoice_date_editable(Invoice(status))
    assert refusal.value.message == (
        f"INVOICE-12 is {words}: its invoice date can be changed only while it is created"
    )
    assert refusal.value.path == ("invoice_date",)


def test_a_created_invoice_is_open_to_every_change() -> None:
    assert rules.can_edit_line_items(CREATED)
    rules.check_line_items_editable(Invoice())
    rules.check_invoice_date_editable(Invoice())
    rules.check_editable(Invoice())
    rules.check_deletable(Invoice())


@pytest.mark.parametrize("status", [CREATED, SENT, PARTIALLY_PAID])
def test_terms_and_notes_may_change_until_paid(status: InvoiceStatus) -> None:
    rules.check_editable(Invoice(status))


def test_a_paid_invoice_can_no_longer_be_changed() -> None:
    with pytest.raises(InvoiceLocked) as refusal:
        rules.check_editable(Invoice(PAID, 100))
    assert refusal.value.message == "INVOICE-12 is paid and can no longer be changed"


@pytest.mark.parametrize("status", list(InvoiceStatus))
@pytest.mark.parametrize("sent_at", [date(2020, 1, 1), date(2026, 3, 14), TODAY])
def test_an_invoice_with_lines_may_be_sent_up_to_today(
    status: InvoiceStatus, sent_at: date
) -> None:
    rules.check_sendable(Invoice(status), line_item_count=1, sent_at=sent_at, today=TODAY)


def test_an_invoice_without_lines_cannot_be_sent() -> None:
    with pytest.raises(InvoiceEmpty) as refusal:
        rules.check_sendable(Invoice(), line_item_count=0, sent_at=TODAY, today=TODAY)
    assert refusal.value.message == "INVOICE-12 has no line items: add one before sending it"
    assert refusal.value.invoice_id == "invoice_01"


def test_an_invoice_cannot_be_sent_tomorrow() -> None:
    with pytest.raises(InvalidInput) as refusal:
        rules.check_sendable(Invoice(), line_item_count=1, sent_at=date(2026, 3, 16), today=TODAY)
    assert refusal.value.message == "An invoice cannot be sent in the future (2026-03-16)"
    assert refusal.value.path == ("sent_at",)


def test_a_sent_invoice_without_payments_may_be_deleted() -> None:
    assert rules.can_delete(0)
    rules.check_deletable(Invoice(SENT))


def test_an_invoice_with_payments_cannot_be_deleted() -> None:
    assert not rules.can_delete(1)
    with pytest.raises(InvoiceHasPayments) as refusal:
        rules.check_deletable(Invoice(PARTIALLY_PAID, 1))
    assert refusal.value.message == "INVOICE-12 has payments: delete them before the invoice"
    assert refusal.value.invoice_id == "invoice_01"


@pytest.mark.parametrize(("outstanding_balance_cents", "expected"), [(1, True), (0, False)])
def test_payments_are_recorded_while_something_is_outstanding(
    outstanding_balance_cents: int, *, expected: bool
) -> None:
    assert rules.can_record_payment(outstanding_balance_cents) is expected


@given(st.builds(Invoice, st.sampled_from(InvoiceStatus), st.integers(0, 1)))
def test_what_is_offered_is_what_is_allowed(invoice: Invoice) -> None:
    assert rules.can_edit_line_items(invoice.status) is _passes(
        rules.check_line_items_editable, invoice
    )
    assert rules.can_delete(invoice.amount_paid_cents) is _passes(rules.check_deletable, invoice)


def _passes(check: Callable[[Invoice], None], invoice: Invoice) -> bool:
    try:
        check(invoice)
    except DomainError:
        return False
    return True
