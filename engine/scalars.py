"""Dates, instants and decimals, read strictly and written exactly.

GraphQL libraries are lenient here (`NaN`, `20260101`, times without a zone); money is not.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
import strawberry
from graphql import (
    FloatValueNode,
    GraphQLError,
    IntValueNode,
    StringValueNode,
    ValueNode,
)
from strawberry.types.scalar import ScalarDefinition

DIGITS_MAX = 40

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class JsonNumber:
    """A number of the request's JSON that is no plain integer, as it was written.

    Not a `float`: 0.1 has none, and 10.000000000000000001 must not become 10.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def __inspect__(self) -> str:
        """What the GraphQL library's messages show."""
        return self.text if len(self.text) <= DIGITS_MAX else f"{self.text[:DIGITS_MAX]}..."


def exact_number(value: str | Decimal) -> orjson.Fragment | int:
    """A decimal's text as a JSON number, digit by digit."""
    if isinstance(value, Decimal):
        # Only an argument's default, on its way into the published schema.
        return int(value)
    return orjson.Fragment(value.encode())


def parse_date(value: object) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError("A Date is a calendar day, written YYYY-MM-DD")


def parse_instant(value: object) -> datetime:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError("A DateTime is an instant in UTC, written YYYY-MM-DDTHH:MM:SS.sssZ")


def parse_decimal(value: object) -> Decimal:
    text = value.text if isinstance(value, JsonNumber) else value
    if type(value) is int:
        # Compared first: writing out an enormous integer is what must not happen.
        text = str(value) if abs(value) < 10**DIGITS_MAX else ""
    if isinstance(text, str) and len(text) <= DIGITS_MAX and _DECIMAL.fullmatch(text):
        return Decimal(text)
    raise GraphQLError(
        "A Decimal is written with digits, an optional minus and an optional point, such as 94.50"
    )


def instant_text(value: datetime) -> str:
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    # In quotes, and with no fraction or six digits of it; in half the time of `isoformat`.
    text = orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()
    return f"{text[1:24]}Z" if value.microsecond else f"{text[1:20]}.000Z"


def _literal(
    parse: Callable[[object], Any], *kinds: type[ValueNode]
) -> Callable[[ValueNode, object], Any]:
    """Reads a literal of the document by its text, so that no number passes through a float."""

    def parse_literal(node: ValueNode, _variables: object = None) -> Any:
        try:
            return parse(getattr(node, "value", None) if isinstance(node, kinds) else None)
        except GraphQLError as error:
            raise GraphQLError(error.message, node) from None

    return parse_literal


def scalar(
    name: str,
    description: str,
    *,
    parse: Callable[[object], Any],
    serialize: Callable[[Any], Any],
    literals: tuple[type[ValueNode], ...] = (StringValueNode,),
    specified_by_url: str | None = None,
) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=description,
        specified_by_url=specified_by_url,
        serialize=serialize,
        parse_value=parse,
        parse_literal=_literal(parse, *literals),
    )


DATE = scalar(
    "Date",
    "A calendar day, written `YYYY-MM-DD`. It has no time and no zone.",
    parse=parse_date,
    serialize=date.isoformat,
)
DATE_TIME = scalar(
    "DateTime",
    "An instant in UTC, written as RFC 3339 with milliseconds: `2026-03-10T14:05:00.000Z`.",
    parse=parse_instant,
    serialize=instant_text,
)
DECIMAL = scalar(
    "Decimal",
    "An exact decimal number, such as an amount of money. It is a JSON number, written digit by "
    "digit; read it with a decimal type where cents matter. Input may be a number or a string of "
    "the same form: no exponent, at most 12 digits before the point, and no more decimal places "
    "than the field allows (money: 2); more are refused, never rounded.",
    parse=parse_decimal,
    serialize=exact_number,
    literals=(IntValueNode, FloatValueNode, StringValueNode),
    specified_by_url="https://scalars.graphql.org/chillicream/decimal.html",
)

SCALARS: dict[object, ScalarDefinition] = {date: DATE, datetime: DATE_TIME, Decimal: DECIMAL}
