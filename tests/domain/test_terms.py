"""Payment terms: due dates, against a calendar counted by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.terms import PaymentTerms, due_date

MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NET_DAYS = {
    PaymentTerms.PIA: 0,
    PaymentTerms.NET_0: 0,
    PaymentTerms.NET_7: 7,
    PaymentTerms.NET_10: 10,
    PaymentTerms.NET_15: 15,
    PaymentTerms.NET_30: 30,
    PaymentTerms.NET_45: 45,
    PaymentTerms.NET_60: 60,
    PaymentTerms.NET_90: 90,
}


def days_in_month(year: int, month: int) -> int:
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap_year else MONTH_DAYS[month - 1]


def counted_by_hand(start: date, days: int) -> tuple[int, int, int]:
    year, month, day = start.year, start.month, start.day + days
    while day > days_in_month(year, month):
        day -= days_in_month(year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return year, month, day


@pytest.mark.parametrize(
    ("invoice_date", "terms", "expected"),
    [
        ("2026-01-31", "pia", "2026-01-31"),
        ("2026-01-31", "net0", "2026-01-31"),
        ("2026-01-31", "net30", "2026-03-02"),
        ("2024-01-30", "net30", "2024-02-29"),
        ("2024-02-29", "net45", "2024-04-14"),
        ("2025-12-31", "net60", "2026-03-01"),
        ("2026-01-31", "eom", "2026-01-31"),
        ("2024-02-01", "eom", "2024-02-29"),
        ("2024-02-29", "net7", "2024-03-07"),
        ("2024-02-29", "net10", "2024-03-10"),
        ("2024-02-29", "net15", "2024-03-15"),
        ("2024-02-29", "net30", "2024-03-30"),
        ("2024-02-29", "net60", "2024-04-29"),
        ("2024-02-29", "net90", "2024-05-29"),
        ("2024-02-29", "eom", "2024-02-29"),
        ("2026-11-15", "net7", "2026-11-22"),
        ("2026-11-15", "net30", "2026-12-15"),
        ("2026-11-15", "net60", "2027-01-14"),
        ("2026-11-15", "net90", "2027-02-13"),
        ("2026-11-15", "eom", "2026-11-30"),
        ("2025-02-28", "eom", "2025-02-28"),
        ("1900-02-01", "eom", "1900-02-28"),
        ("2000-02-01", "eom", "2000-02-29"),
        ("9999-12-01", "eom", "9999-12-31"),
        ("9999-12-24", "net7", "9999-12-31"),
        ("9999-10-02", "net90", "9999-12-31"),
    ],
)
def test_terms_give_the_due_date(invoice_date: str, terms: str, expected: str) -> None:
    due = due_date(date.fromisoformat(invoice_date), PaymentTerms(terms))
    assert due == date.fromisoformat(expected)


def test_every_term_but_end_of_month_is_a_number_of_days() -> None:
    assert set(PaymentTerms) == {*NET_DAYS, PaymentTerms.EOM}


@given(st.dates(max_value=date(9999, 10, 2)), st.sampled_from(sorted(NET_DAYS)))
def test_net_terms_count_calendar_days(invoice_date: date, terms: PaymentTerms) -> None:
    due = due_date(invoice_date, terms)
    assert (due.year, due.month, due.day) == counted_by_hand(invoice_date, NET_DAYS[terms])


@given(st.dates())
def test_end_of_month_is_the_last_day_of_the_same_month(invoice_date: date) -> None:
    last_day = days_in_month(invoice_date.year, invoice_date.month)
    assert due_date(invoice_date, PaymentTerms.EOM) == invoice_date.replace(day=last_day)


@pytest.mark.parametrize(
    ("invoice_date", "terms"),
    [("9999-12-25", "net7"), ("9999-12-31", "net10"), ("9999-10-03", "net90")],
)
def test_a_due_date_beyond_the_year_9999_is_refused(invoice_date: str, terms: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        due_date(date.fromisoformat(invoice_date), PaymentTerms(terms))
    assert refusal.value.message == "The due date would lie beyond the year 9999"
    assert refusal.value.path == ("invoice_date",)
