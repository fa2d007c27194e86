"""Aging buckets: where each begins and ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aging import AgingBucket, bucket

RANGES = {
    AgingBucket.CURRENT: range(-(10**7), 1),
    AgingBucket.DAYS_1_TO_30: range(1, 31),
    AgingBucket.DAYS_31_TO_60: range(31, 61),
    AgingBucket.DAYS_61_TO_90: range(61, 91),
    AgingBucket.OVER_90: range(91, 10**7),
}


@pytest.mark.parametrize(
    ("days_past_due", "expected"),
    [
        (-1, "current"),
        (0, "current"),
        (1, "days1To30"),
        (30, "days1To30"),
        (31, "days31To60"),
        (60, "days31To60"),
        (61, "days61To90"),
        (90, "days61To90"),
        (91, "over90"),
        (3650, "over90"),
    ],
)
def test_a_bucket_ends_with_its_last_day(days_past_due: int, expected: str) -> None:
    assert bucket(days_past_due) == AgingBucket(expected)


@given(st.integers(-(10**7), 10**7 - 1))
def test_every_day_is_in_one_bucket_and_no_other(days_past_due: int) -> None:
    holding = [name for name, days in RANGES.items() if days_past_due in days]
    assert holding == [bucket(days_past_due)]


def test_buckets_stand_from_the_newest_to_the_oldest() -> None:
    assert list(AgingBucket) == list(RANGES)
