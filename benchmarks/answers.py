"""Answers reduced to what they mean, so that servers of different APIs can be compared."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")
_STATUSES = ("created", "sent", "partiallyPaid", "paid")
_CENTS = (
    "subTotal",
    "taxTotal",
    "total",
    "amountPaid",
    "outstandingBalance",
    "amount",
    "taxAmount",
)

Convert = Callable[[Any], Any]

# PostGraphile answers columns as they are; everybody else has to work the values out. The
# comparison does here what a client of it would have to do.
_POSTGRAPHILE: Mapping[str, Convert] = {
    "status": _STATUSES.__getitem__,
    **dict.fromkeys(_CENTS, lambda cents: str(Decimal(cents).scaleb(-2))),
    **dict.fromkeys(("quantity", "rate", "taxRate"), lambda e4: str(Decimal(e4).scaleb(-4))),
}


def meaning(body: bytes, dialect: str) -> Any:
    """What was answered: amounts by value, instants by moment."""
    data = json_exactly(body)
    if dialect == "postgraphile":
        data = _as_remit(data)
    return _plain(data)


def json_exactly(body: bytes) -> Any:
    """JSON whose numbers never become floats."""
    return json.loads(body, parse_float=Decimal)


def _as_remit(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_remit(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    row = cast("dict[str, Any]", value)
    found = {name: _as_remit(item) for name, item in row.items()}
    for name in ("lineItems", "payments"):
        # Plain lists in Remit, which has no more than 500 of them.
        if name in found:
            found[name] = found[name]["nodes"]
    for name, convert in _POSTGRAPHILE.items():
        if name in found:
            found[name] = convert(found[name])
    if "fullId" in found:
        prefix = "INVOICE" if "status" in found else "CUST"
        found["fullId"] = f"{prefix}-{found['fullId']}"
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        row = cast("dict[str, Any]", value)
        # No refusals and no word of refusals are the same.
        return {name: _plain(item) for name, item in row.items() if name != "userErrors"}
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[Any]", value)]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        return _number(Decimal(value))
    return _text(str(value))


def _text(text: str) -> str:
    if _DECIMAL.fullmatch(text):
        return _number(Decimal(text))
    if _INSTANT.fullmatch(text):
        return datetime.fromisoformat(text).astimezone(UTC).isoformat()
    return text


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}"
