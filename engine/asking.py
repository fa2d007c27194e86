"""What a declaration may use while its part of a statement is made."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from sqlalchemy import BindParameter
from sqlalchemy.types import TypeEngine

from engine.given import Given


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
