"""Companies, and what happens while a job is on its way to one."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from quickbooks.client import Company
from quickbooks.companies import Companies
from services.jobs import Task


class Opened(Companies):
    """`meanwhile` is done once, when a job has read what it needs and goes to QuickBooks."""

    meanwhile: Callable[[], Awaitable[object]] | None = None

    @asynccontextmanager
    async def opened(self, task: Task, realm_id: str) -> AsyncGenerator[Company]:
        async with super().opened(task, realm_id) as company:
            act, self.meanwhile = self.meanwhile, None
            if act is not None:
                await act()
            yield company
