"""What a request knows: whose data it may see, who asks, and what time it is."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from db.database import Database
from domain.access import Role
from engine.errors import Forbidden
from engine.whole import WholeList
from quickbooks.options import Options
from services.author import Author
from services.files import Files
from services.viewer import Viewer

__all__ = ["Context", "Viewer"]


@dataclass
class Context:
    """`now` is the moment the request came; every rule that needs the time is given it."""

    database: Database
    viewer: Viewer
    files: Files
    now: datetime
    # All invoices, for what is no page of them.
    invoices: WholeList
    # The app at Intuit; none where this server has none.
    quickbooks: Options | None = None
    # Where a replica would show what was changed a moment ago as it was before.
    reads_primary: bool = False

    @property
    def organization_id(self) -> int:
        return self.viewer.organization_id

    @cached_property
    def today(self) -> date:
        """The organization's day: at 23:00 in Toronto it is not yet tomorrow."""
        return self.now.astimezone(self.viewer.zone).date()

    @property
    def author(self) -> Author:
        return Author(self.organization_id, self.viewer.name, self.now, self.today)

    def check_may_change(self) -> None:
        role = self.viewer.role
        if not role.may_act_as(Role.CLERK):
            raise Forbidden(f"A key with the role {role} reads only: nothing was changed")

    def check_may_connect(self) -> None:
        role = self.viewer.role
        if not role.may_act_as(Role.ADMIN):
            raise Forbidden(f"A key with the role {role} does not connect: nothing was changed")

    def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Awaitable[Sequence[Sequence[Any]]]:
        fetch = self.database.fetch_own if self.reads_primary else self.database.fetch
        return fetch(text, args, is_long=is_long)

    def fetch_own(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Awaitable[Sequence[Sequence[Any]]]:
        return self.database.fetch_own(text, args, is_long=is_long)
