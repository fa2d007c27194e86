"""Connections for the floor: named prepared statements, and no reset when one is given back."""

import asyncio
import os
from collections.abc import Sequence
from typing import Any

from benchmarks.postgresql import connect

_SIZE = 10


class Pool:
    """Opened by the first request; whoever comes when all are taken waits in turn."""

    def __init__(self) -> None:
        self._free = asyncio.Queue[_Connection]()
        self._opening = asyncio.Lock()
        self._is_open = False

    async def fetch(self, statement: str, *arguments: Any) -> Sequence[Any]:
        if not self._is_open:
            await self._open()
        connection = await self._free.get()
        try:
            return await connection.fetch(statement, arguments)
        finally:
            self._free.put_nowait(connection)

    async def _open(self) -> None:
        async with self._opening:
            while self._free.qsize() < _SIZE and not self._is_open:
                driver = await connect(os.environ["DATABASE_URL"])
                self._free.put_nowait(_Connection(driver))
            self._is_open = True


class _Connection:
    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._prepared: dict[str, Any] = {}

    async def fetch(self, statement: str, arguments: Sequence[Any]) -> Sequence[Any]:
        prepared = self._prepared.get(statement)
        if prepared is None:
            prepared = self._prepared[statement] = await self._driver.prepare(statement)
        return await prepared.fetch(*arguments)
