"""What lists have in common: ranges, search, and a fixed order."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, FromClause

from db import search
from domain.errors import InvalidInput
from domain.money import cents_from
from domain.text import SEARCH_MAX, SEARCH_WORDS_MAX, search_terms
from engine.declare import Filter, OrderKey, Request
from engine.errors import BadUserInput
from engine.filters import between


@strawberry.input(description="A range of days. Both ends are included; either may be left out.")
class DateRange:
    from_: date | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="The first day that matches."
    )
    to: date | None = strawberry.field(
        default=strawberry.UNSET, description="The last day that matches."
    )


@strawberry.input(description="A range of amounts. Both ends are included; either may be left out.")
class DecimalRange:
    min: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="The smallest amount that matches."
    )
    max: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="The largest amount that matches."
    )


def days(name: str) -> Filter:
    return between(name, "from", "to")


def amounts(name: str) -> Filter:
    return between(name, "min", "max", convert=_cents)


def words(found: search.Found) -> Filter:
    """Search within what `found` looks at; too long a search is refused."""
    matches = search.matches(found)

    def condition(row: FromClause, text: str, request: Request) -> ColumnElement[bool]:
        if len(text) > SEARCH_MAX or len(search_terms(text)) > SEARCH_WORDS_MAX:
            raise BadUserInput(
                f"A search has at most {SEARCH_WORDS_MAX} words and {SEARCH_MAX} characters"
            )
        return matches(row, text, request)

    return condition


def always(
    name: str, *keys: OrderKey
) -> Callable[[Mapping[str, Any]], tuple[str, tuple[OrderKey, ...]]]:
    """A list that has one order."""
    return lambda _arguments: (name, keys)


def _cents(amount: Decimal) -> int:
    try:
        return cents_from(amount)
    except InvalidInput as error:
        raise BadUserInput(error.message) from error
