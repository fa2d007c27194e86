"""A request's JSON, read strictly: nothing the database could not keep, no number rounded."""

import json
from typing import Any, NoReturn, cast

from engine.scalars import DIGITS_MAX, JsonNumber

DEPTH_MAX = 50


class BadJson(Exception):
    """The body cannot be read; the message says why, in words for its sender."""


def parse(body: bytes) -> Any:
    """The value of a JSON text. Numbers that are no plain integers keep their digits."""
    try:
        value = json.loads(
            body.decode(),
            parse_float=JsonNumber,
            parse_int=_integer,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError:
        raise BadJson("The body is not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadJson("The body is not JSON") from None
    _check(value, DEPTH_MAX)
    return value


def is_clean(text: str) -> bool:
    """Free of NUL, which PostgreSQL cannot keep, and of halves of characters."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _integer(text: str) -> int | JsonNumber:
    return int(text) if len(text) <= DIGITS_MAX else JsonNumber(text)


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)


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
