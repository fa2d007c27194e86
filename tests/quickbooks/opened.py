"""Companies opened with a token of the simulator's own, whoever is connected by row."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx2

from db import quickbooks_copies
from quickbooks.client import Company, Pace
from quickbooks.companies import Disconnected
from quickbooks.errors import NeedsReconnect, Retryable
from quickbooks.options import Options
from services.jobs import Later, Task
from tests.quickbooks.simulator import Simulator


@dataclass
class Opened:
    simulator: Simulator
    http: httpx2.AsyncClient
    url: str
    meanwhile: Callable[[], Awaitable[object]] | None = None

    @asynccontextmanager
    async def opened(self, task: Task, realm_id: str) -> AsyncGenerator[Company]:
        async with task.transaction() as session:
            connection = await quickbooks_copies.connection(session, task.organization_id)
        if connection is None or connection.realm_id != realm_id or connection.disconnected_at:
            raise Disconnected
        if connection.reconnect_reason:
            raise Later("Connect it again", pause=timedelta(minutes=15), is_counted=False)
        options = Options("remit", "secret", "http://test", api_url=self.url, timeout_seconds=5)
        grants = self.simulator.grants
        grant = grants.exchanged(grants.code(realm_id, "http://test"), "http://test")

        act, self.meanwhile = self.meanwhile, None
        if act is not None:
            await act()

        async def token(_refused: str | None) -> str:
            return grants.answer(grant, hard=False)["access_token"]

        try:
            yield Company(self.http, options, realm_id, token, Pace())
        except Retryable as error:
            raise Later(error.message, pause=error.pause, is_counted=error.pause is None) from error
        except NeedsReconnect as error:
            raise Later(error.message, is_counted=False) from error
