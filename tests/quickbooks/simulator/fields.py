"""Reading what a client sent: amounts, texts with a longest length, and days."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from . import faults
from .faults import Refusal
from .json_text import Json

CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def number(value: Any, name: str) -> Decimal | None:
    """Numbers, and texts that hold one, as QuickBooks takes both; an empty text is none."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            result = Decimal(value)
            if result.is_finite():
                return result
    except InvalidOperation:
        pass
    raise Refusal("2090", f"Invalid Number : {name}", name)


def amount(value: Any, name: str) -> Decimal:
    """Whole cents; it must be there."""
    found = number(value, name)
    if found is None:
        raise faults.missing(name)
    return cents(found)


def check_texts(body: Json, longest: dict[str, int]) -> None:
    for name, most in longest.items():
        value = body.get(name)
        if isinstance(value, str) and len(value) > most:
            raise faults.too_long(name, most)


def day(body: Json, name: str) -> date | None:
    value = body.get(name)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise Refusal("2010", f"Invalid date : {name}", name) from None


def merged(old: Json, new: Json, *, sparse: bool, kept: tuple[str, ...]) -> Json:
    """A sparse update names what changes; a full one clears what it does not name."""
    sent = {name: value for name, value in new.items() if name not in NOT_STORED}
    if sparse:
        return {**old, **sent}
    return {**{name: old[name] for name in kept if name in old}, **sent}


NOT_STORED = {"Id", "SyncToken", "MetaData", "sparse", "domain", "status"}
