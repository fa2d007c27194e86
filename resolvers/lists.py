"""What lists have in common: ranges, search, and a fixed order."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, String

from db import search
from domain.errors import InvalidInput
from domain.money import cents_from
from domain.text import SEARCH_MAX, SEARCH_WORDS_MAX, number_of, search_terms
from engine.asking import Asking, Filter
from engine.declare import OrderKey
from engine.errors import BadUserInput
from engine.filters import between
from engine.given import Given

# How many lists take as long to plan as the search for one word.
_WORD_LISTS = 4


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

    def condition(row: FromClause, text: Given, asking: Asking) -> ColumnElement[bool]:
        count = text.ask(lambda wanted: len(_terms(wanted)))
        # Each word is looked for wherever it may stand.
        asking.weigh(_WORD_LISTS * count)
        ranges = [
            (
                asking.parameter(text, String(), lambda wanted, at=at: _terms(wanted)[at]),
                asking.parameter(
                    text, String(), lambda wanted, at=at: search.end_of(_terms(wanted)[at])
                ),
            )
            for at in range(count)
        ]
        return search.matches(found, row, ranges, asking.organization_id)

    return condition


def always(name: str, *keys: OrderKey) -> Callable[[Any], tuple[str, tuple[OrderKey, ...]]]:
    """A list that has one order."""
    return lambda _order_by: (name, keys)


def by_name(
    kind: str,
) -> Callable[[FromClause, Mapping[str, Given], Asking], ColumnElement[bool]]:
    """The object that the argument `by` names by id or fullId (`INVOICE-12`)."""

    def find(
        row: FromClause, arguments: Mapping[str, Given], asking: Asking
    ) -> ColumnElement[bool]:
        which = arguments["by"]
        if "id" in which.names():
            return row.c.id == asking.parameter(which["id"], row.c.id.type)
        number = asking.parameter(
            which["fullId"], row.c.number.type, lambda name: number_of(name, kind)
        )
        # A name that cannot be one has no number, and nothing equals that.
        return row.c.number == number

    return find


def _terms(text: str) -> list[str]:
    if len(text) > SEARCH_MAX or len(terms := search_terms(text)) > SEARCH_WORDS_MAX:
        raise BadUserInput(
            f"A search has at most {SEARCH_WORDS_MAX} words and {SEARCH_MAX} characters"
        )
    return terms


def _cents(amount: Decimal) -> int:
    try:
        return cents_from(amount)
    except InvalidInput as error:
        raise BadUserInput(error.message) from error
