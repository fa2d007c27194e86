"""The companies that organizations are connected to, opened for a job."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx2

from db import quickbooks_connections as connections
from db.database import Database
from quickbooks.client import Company
from quickbooks.errors import Disconnected, NeedsReconnect, Retryable
from quickbooks.oauth import OAuth
from quickbooks.options import Options
from quickbooks.pace import Pace
from quickbooks.tokens import AccessTokens, Keeping
from quickbooks.vault import Vault
from services.jobs import Later, Task

__all__ = ["Companies", "Disconnected"]

# Connecting again hastens the jobs; this is for whatever else may put it right.
_RECONNECT_PAUSE = timedelta(minutes=15)


class Companies:
    """All of them, over one client. Each company's pace is kept while the process lives."""

    def __init__(
        self,
        database: Database,
        http: httpx2.AsyncClient,
        options: Options,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self.oauth = OAuth(http, options)
        self.vault = vault
        self._http = http
        self.options = options
        self._keeping = Keeping(database, self.oauth, vault, clock, options.timeout_seconds)
        self._paces: dict[str, Pace] = {}

    @asynccontextmanager
    async def opened(self, task: Task, realm_id: str) -> AsyncGenerator[Company]:
        """The company as the task's organization may use it.

        Raises Disconnected where that is not connected to it (any more), and Later where QuickBooks
        cannot be asked now. What QuickBooks rejects passes through.
        """
        tokens = self._tokens(task.organization_id, realm_id)
        try:
            seen = await tokens.seen()
            try:
                yield self._company(realm_id, tokens)
            except NeedsReconnect as error:
                async with task.database.transaction() as session:
                    await connections.mark(session, seen, error.message)
                raise
        except NeedsReconnect as error:
            raise Later(error.message, pause=_RECONNECT_PAUSE, is_counted=False) from error
        except Retryable as error:
            raise Later(error.message, pause=error.pause, is_counted=error.pause is None) from error

    def _tokens(self, organization_id: int, realm_id: str) -> AccessTokens:
        return AccessTokens(self._keeping, organization_id, realm_id)

    def _company(self, realm_id: str, tokens: AccessTokens) -> Company:
        pace = self._paces.setdefault(
            realm_id, Pace(self._keeping.clock, self.options.requests_a_second)
        )
        return Company(self._http, self.options, realm_id, tokens, pace)
