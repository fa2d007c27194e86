"""Aging buckets: how late a receivable is, by days past its due date."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum


class AgingBucket(StrEnum):
    CURRENT = "current"
    DAYS_1_TO_30 = "days1To30"
    DAYS_31_TO_60 = "days31To60"
    DAYS_61_TO_90 = "days61To90"
    OVER_90 = "over90"


_LAST_DAYS = (
    (0, AgingBucket.CURRENT),
    (30, AgingBucket.DAYS_1_TO_30),
    (60, AgingBucket.DAYS_31_TO_60),
    (90, AgingBucket.DAYS_61_TO_90),
)


def bucket(days_past_due: int) -> AgingBucket:
    for last_day, name in _LAST_DAYS:
        if days_past_due <= last_day:
            return name
    return AgingBucket.OVER_90


def earliest_due_dates(as_of: date) -> Mapping[AgingBucket, date]:
    """The first due date that falls into each bucket on that day, from the newest to the oldest."""
    room = (as_of - date.min).days
    days = {name: as_of - timedelta(days=min(last, room)) for last, name in _LAST_DAYS}
    return {**days, AgingBucket.OVER_90: date.min}
