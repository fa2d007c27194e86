"""The day on which something is measured."""

from datetime import UTC, datetime


def today() -> str:
    return datetime.now(UTC).date().isoformat()
