"""A request's JSON, read strictly: nothing the database could not keep, no number rounded."""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn, cast

import orjson

from engine.scalars import DIGITS_MAX, JsonNumber

DEPTH_MAX = 50

_UNCLEAN = re.compile("[\0\ud800-\udfff]")
# What the fast parser reads exactly. Numbers that are no 64-bit integers are not among it.
_EXACT = frozenset({str, int, bool, type(None)})


class BadJson(Exception):
    """The body cannot be read; the message says why, in words for its sender."""


class _Inexact(Exception):
    """The fast parser may have rounded a number."""


def parse(body: bytes) -> Any:
    """The value of a JSON text. Numbers that are no plain integers keep their digits."""
    # A NUL or half a character can only be written by an escape in JSON that is UTF-8.
    if b"\\u" not in body:
        try:
            value = orjson.loads(body)
            _check_exact(value, DEPTH_MAX)
        except (orjson.JSONDecodeError, _Inexact):
            pass
        else:
            return value
    return _parse_slowly(body)


def is_clean(text: str) -> bool:
    """Free of NUL, which PostgreSQL cannot keep, and of halves of characters."""
    return _UNCLEAN.search(text) is None


def _parse_slowly(body: bytes) -> Any:
    """Exactly, whatever it is, and with words for what it is not."""
    try:
        value = _DECODER.decode(body.decode())
    except UnicodeDecodeError:
        raise BadJson("The body is not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadJson("The body is not JSON") from None
    _check(value, DEPTH_MAX)
    return value


def _integer(text: str) -> int | JsonNumber:
    return int(text) if len(text) <= DIGITS_MAX else JsonNumber(text)


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)


# Made once: `json.loads` makes one each time, which takes longer than most bodies.
_DECODER = json.JSONDecoder(parse_float=JsonNumber, parse_int=_integer, parse_constant=_no_constant)


def _check_exact(value: Any, depth: int) -> None:
    if depth == 0:
        raise BadJson(f"The body is nested more than {DEPTH_MAX} deep")
    parts: Iterable[Any]
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value).values()
    elif isinstance(value, list):
        parts = cast("list[Any]", value)
    elif type(value) not in _EXACT:
        raise _Inexact
    else:
        return
    for part in parts:
        if type(part) not in _EXACT:
            _check_exact(part, depth - 1)


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise BadJson(f"The body is nested more than {DEPTH_MAX} deep")
    if isinstance(value, str):
        if not is_clean(value):
            raise BadJson("A text has a NUL or half a character in it")
    elif isinstance(value, dict):
        for key, part in cast("dict[str, Any]", value).items():
            _check(key, depth - 1)
            _check(part, depth - 1)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            _check(part, depth - 1)
