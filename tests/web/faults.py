"""What must never happen in a browser: each is written down, and fails the test at its end."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError


class Faults:
    """Of one person's browser, which has no business but with these addresses."""

    def __init__(self, context: BrowserContext, *addresses: str) -> None:
        self.found: list[str] = []
        self._news = asyncio.Event()
        self._hosts = {urlsplit(address).netloc for address in addresses}
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("page", self._on_page)

    @asynccontextmanager
    async def expected(self, pattern: str, seconds: float = 20) -> AsyncGenerator[None]:
        """What matches is no fault meanwhile, but has to happen: it is waited for."""
        known = len(self.found)
        yield
        async with asyncio.timeout(seconds):
            while not any(re.search(pattern, fault) for fault in self.found[known:]):
                self._news.clear()
                await self._news.wait()
        self.found[known:] = [one for one in self.found[known:] if not re.search(pattern, one)]

    def _on_console(self, message: ConsoleMessage) -> None:
        # What a Content-Security-Policy refuses is told as an error, and by some as a warning.
        if message.type == "error" or "Content Security Policy" in message.text:
            self._add(f"console: {message.text} ({message.location['url']})")

    def _on_error(self, error: WebError) -> None:
        self._add(f"uncaught: {error.error.stack or error.error.message}")

    def _on_request(self, request: Request) -> None:
        self._check_origin(request.url)

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self._add(f"answer: {response.status} {response.url}")

    def _on_page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._check_origin(socket.url))
        page.on("crash", self._on_crash)

    def _on_crash(self, _: Page) -> None:
        self._add("crash")

    def _check_origin(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc not in self._hosts:
            self._add(f"left the origin: {url}")

    def _add(self, fault: str) -> None:
        self.found.append(fault)
        self._news.set()
