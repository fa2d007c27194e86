"""Cursors: a place in a sorted list, as opaque text that outlives its row."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, cast

from engine.errors import BadUserInput
from engine.strict_json import is_clean

_LENGTH_MAX = 4_000
_INTEGER_MAX = 2**63 - 1


class Kind(NamedTuple):
    """What a key's values are, and whether a row may have none."""

    type: type
    is_nullable: bool


def encode(order: str, values: Sequence[Any]) -> str:
    """`order` names list and sort order; the values are the row's, key by key."""
    text = json.dumps([order, *(_plain(value) for value in values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


@lru_cache(maxsize=256)
def decode(cursor: str, order: str, kinds: tuple[Kind, ...]) -> tuple[Any, ...]:
    """The values of a cursor; refused unless it was made for this list in this order."""
    found = _parsed(cursor)
    if not found or not isinstance(found[0], str):
        raise BadUserInput("This is not a cursor")
    if found[0] != order or len(found) != len(kinds) + 1:
        raise BadUserInput("This cursor belongs to another list or another order")
    values = tuple(
        None if value is None and kind.is_nullable else _typed(value, kind.type)
        for value, kind in zip(found[1:], kinds, strict=True)
    )
    # A cursor has one spelling: whatever decodes but is not ours was made up.
    if encode(order, values) != cursor:
        raise BadUserInput("This is not a cursor")
    return values


def _parsed(cursor: str) -> list[Any] | None:
    if len(cursor) > _LENGTH_MAX or not cursor.isascii():
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return cast("list[Any]", found) if isinstance(found, list) else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _typed(value: Any, kind: type) -> Any:
    try:
        if kind is int and type(value) is int and abs(value) <= _INTEGER_MAX:
            return value
        if isinstance(value, str) and is_clean(value):
            if kind is datetime:
                return datetime.fromisoformat(value).astimezone(UTC)
            if kind is date:
                return date.fromisoformat(value)
            if kind is str or issubclass(kind, Enum):
                return kind(value)
    except (ValueError, OverflowError):
        pass
    raise BadUserInput("This is not a cursor")
