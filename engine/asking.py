"""What a plan may know: of the request that it serves, and while its statements are made."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import BindParameter, ColumnElement, FromClause
from sqlalchemy.types import TypeEngine

from engine.given import Given


class Request(Protocol):
    """What a plan needs to know of the request it serves."""

    @property
    def organization_id(self) -> int: ...
    @property
    def today(self) -> date: ...
    def check_may_change(self) -> None:
        """Raises Forbidden where whoever asks may not change anything."""
        ...

    def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Awaitable[Sequence[Sequence[Any]]]:
        """Rows for a query, possibly from a replica."""
        ...

    def fetch_own(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Awaitable[Sequence[Sequence[Any]]]:
        """Rows for a mutation's payload: its own changes are among them."""
        ...


class Asking(Protocol):
    """What a declaration may use while its part of a statement is made.

    The organization, the day and whatever the client gives are parameters: they have a value only
    when a request runs the plan.
    """

    @property
    def organization_id(self) -> BindParameter[int]: ...
    @property
    def today(self) -> BindParameter[date]: ...
    @property
    def is_sqlite(self) -> bool: ...
    def parameter(
        self, value: Given, kind: TypeEngine[Any], convert: Callable[[Any], Any] | None = None
    ) -> BindParameter[Any]:
        """A value of the request within a statement, after `convert`."""
        ...

    def weigh(self, lists: int) -> None:
        """Tell of a condition that takes as long to plan as so many lists."""
        ...


Condition = Callable[[FromClause], ColumnElement[bool]]
Filter = Callable[[FromClause, Given, Asking], ColumnElement[bool]]
