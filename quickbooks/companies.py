"""Companies as jobs get at them."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from quickbooks.client import Company
from services.jobs import Task


class Disconnected(Exception):
    """The organization is not connected to this company (any more)."""


class Companies(Protocol):
    def opened(self, task: Task, realm_id: str) -> AbstractAsyncContextManager[Company]: ...
