"""Connections to PostgreSQL by its driver, which has no types: here is where they stop."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg  # pyright: ignore[reportMissingTypeStubs] - it comes with none


async def connect(url: str) -> Any:
    driver: Any = asyncpg
    return await driver.connect(url)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Any]:
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close()
