"""What an object stands on that tells of rows worked out for another: a series."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause

from engine.asking import Asking
from engine.given import Given

# The condition that a column has the id of one of the rows whose series are asked for.
Owners = Callable[[ColumnElement[str]], ColumnElement[bool]]


@dataclass(frozen=True)
class Series:
    """An object about rows that are worked out for each row, read for all of them at once.

    `build` is told whose rows are meant, and the field's arguments. The first row of each owner
    is where its series starts, and no member of it. Beyond `rows_max` members,
    over all owners, the request is refused; each owner counts as `rows` before anything is read.
    """

    build: Callable[[Owners, Mapping[str, Given], Asking], FromClause]
    # Raises BadUserInput where the arguments' values do not go together.
    check: Callable[[Mapping[str, Any]], None]
    owner: str
    order_by: tuple[str, ...]
    rows: int
    rows_max: int


@dataclass(frozen=True)
class Edge:
    """A value of the first row of a series, or of its last."""

    column: str
    is_last: bool = False
    convert: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Members:
    """The rows of a series, in order."""


@dataclass(frozen=True)
class Echo:
    """What the argument of the same name was given, in the object that the field leads to."""
