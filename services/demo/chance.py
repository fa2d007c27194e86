"""Dice that fall alike for the same seed, on every machine and on every database."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from db import ids

T = TypeVar("T")


class Chance:
    """Whole numbers only: no amount and no date is ever a fraction of something."""

    def __init__(self, seed: int) -> None:
        self._bits = Random(seed).getrandbits  # noqa: S311 - nothing of this is a secret

    def below(self, limit: int) -> int:
        return self._bits(32) * limit >> 32

    # The next ones throw by themselves: hundreds of times for every invoice.
    def between(self, lowest: int, highest: int) -> int:
        return lowest + (self._bits(32) * (highest - lowest + 1) >> 32)

    def percent(self, share: int) -> bool:
        """True that many times of a hundred."""
        return self._bits(32) * 100 >> 32 < share

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self._bits(32) * len(choices) >> 32]

    def id(self, prefix: str, milliseconds: int) -> str:
        return ids.at(prefix, milliseconds, self._bits(74))
