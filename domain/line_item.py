"""Financial line items: their kinds, their amounts, and when two sets of them are the same."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.errors import InvalidInput, LimitExceeded
from domain.money import AMOUNT_CENTS_MAX, round_half_up

LINE_ITEMS_MAX = 500
TAX_RATE_E4_MAX = 100 * 10**4
# Quantity (10^-4) times rate (10^-4) is in 10^-8, and a cent is 10^-2. So it is with a tax rate,
# which is per cent (10^-2) in 10^-4.
_PER_CENT = 10**6


class LineItemType(StrEnum):
    FREIGHT = "freight"
    FUEL = "fuel"
    SURCHARGE = "surcharge"
    ACCESSORIAL = "accessorial"
    LIFTGATE = "liftgate"
    DETENTION = "detention"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LineAmounts:
    amount_cents: int
    tax_amount_cents: int

    @property
    def total_cents(self) -> int:
        return self.amount_cents + self.tax_amount_cents


@dataclass(frozen=True, slots=True)
class Totals:
    sub_total_cents: int
    tax_total_cents: int

    @property
    def total_cents(self) -> int:
        return self.sub_total_cents + self.tax_total_cents


class Charge(Protocol):
    """What a line item says, apart from where it stands."""

    @property
    def type(self) -> LineItemType: ...
    @property
    def description(self) -> str: ...
    @property
    def quantity_e4(self) -> int: ...
    @property
    def rate_e4(self) -> int: ...
    @property
    def tax_rate_e4(self) -> int: ...


def line_amounts(*, quantity_e4: int, rate_e4: int, tax_rate_e4: int) -> LineAmounts:
    """Amount and tax, each rounded half up to the cent, for this line alone."""
    if not 0 <= tax_rate_e4 <= TAX_RATE_E4_MAX:
        raise InvalidInput("A tax rate lies between 0 and 100 per cent", "tax_rate")
    amount_cents = round_half_up(quantity_e4 * rate_e4, _PER_CENT)
    if abs(amount_cents) > AMOUNT_CENTS_MAX:
        raise InvalidInput("Quantity times rate comes to more than 12 digits", "rate")
    tax_amount_cents = round_half_up(amount_cents * tax_rate_e4, _PER_CENT)
    return LineAmounts(amount_cents, tax_amount_cents)


def check_totals(totals: Totals) -> None:
    """Refuse a total below zero or beyond twelve digits."""
    if totals.total_cents < 0:
        raise InvalidInput("The total may not become negative")
    if max(abs(totals.sub_total_cents), totals.total_cents) > AMOUNT_CENTS_MAX:
        raise InvalidInput("The total may have at most 12 digits before the point")


def check_count(count: int, field: str) -> None:
    if count > LINE_ITEMS_MAX:
        raise LimitExceeded(f"At most {LINE_ITEMS_MAX} line items are allowed", field)


def digest(lines: Iterable[Charge]) -> str:
    """Equal for two sets of lines that bill the same, in whatever order they stand.

    An invoice keeps the digest of the order's lines as they were copied. Comparing it with the
    order's digest tells whether the order has changed since, and forgets a change taken back.
    """
    # Not `repr`: which characters that escapes differs between versions of Python.
    described = sorted(
        ascii((str(line.type), line.description, line.quantity_e4, line.rate_e4, line.tax_rate_e4))
        for line in lines
    )
    return hashlib.sha256("\n".join(described).encode()).hexdigest()
