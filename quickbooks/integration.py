"""All that a server has for QuickBooks, in one piece."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx2

from db.database import Database
from quickbooks.companies import Companies
from quickbooks.consenting import Consenting
from quickbooks.options import Options
from quickbooks.vault import Vault
from quickbooks.wire import client


@dataclass(frozen=True, slots=True)
class QuickBooks:
    """The app at Intuit, what its tokens are sealed by, and one client for everything."""

    options: Options
    vault: Vault = field(repr=False)
    http: httpx2.AsyncClient = field(default_factory=client, repr=False)

    def companies(self, database: Database, clock: Callable[[], datetime]) -> Companies:
        """For jobs: one for all of a process, since it keeps the pace."""
        return Companies(database, self.http, self.options, self.vault, clock)

    def consenting(self, database: Database, clock: Callable[[], datetime]) -> Consenting:
        """For those who come back from Intuit."""
        return Consenting(database, self.http, self.options, self.vault, clock)

    async def close(self) -> None:
        await self.http.aclose()
