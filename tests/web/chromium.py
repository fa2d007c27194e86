"""A browser without a window."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --lang=en-US"
).split()


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """Of this machine; where there is none, the one that `make test` has fetched."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_FLAGS
        )
        yield browser
        await browser.close()
