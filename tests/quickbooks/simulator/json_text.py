"""JSON as QuickBooks speaks it: amounts are numbers, and exact on both ways."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

Json = dict[str, Any]


def read(text: str | bytes) -> Any:
    """What the text says, with exact decimals; ValueError where it is no JSON."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refused)


def written(value: Any) -> str:
    """As QuickBooks prints it: 600.0, 94.5, and 0."""
    match value:
        case Decimal():
            return _number(value)
        case Mapping():
            pairs = cast("Mapping[str, Any]", value).items()
            return "{" + ",".join(f"{json.dumps(key)}:{written(each)}" for key, each in pairs) + "}"
        case Sequence() if not isinstance(value, str):
            return "[" + ",".join(map(written, cast("Sequence[Any]", value))) + "]"
        case _:
            return json.dumps(value)


def table(value: Any) -> Json:
    """An object, or an empty one for whatever is none."""
    return cast("Json", value) if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """A list, or an empty one for whatever is none."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def ref(body: Json, name: str) -> str:
    """The id that a reference such as CustomerRef holds, or an empty text."""
    return str(table(body.get(name)).get("value") or "")


def _refused(name: str) -> Any:
    raise ValueError(name)


def _number(value: Decimal) -> str:
    if not value:
        return "0"
    text = format(value.normalize(), "f")
    return text if "." in text else f"{text}.0"
