"""One request to Intuit: an answer of bounded size within a bounded time, or Retryable."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from quickbooks.errors import Retryable

_ANSWER_BYTES_MAX = 20 * 2**20
_TID_MAX = 100


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whole. Names of headers are small."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def intuit_tid(self) -> str | None:
        tid = self.headers.get("intuit_tid")
        return tid and tid[:_TID_MAX]


@dataclass(frozen=True, slots=True)
class Wire:
    """Requests that last at most `timeout_seconds`, from the first byte out to the last one in."""

    http: httpx2.AsyncClient
    timeout_seconds: float

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer, whatever its status: redirections are not followed."""
        try:
            # The client's own limit is for each piece of an answer; this one is for all of it.
            async with (
                asyncio.timeout(self.timeout_seconds),
                self.http.stream(
                    method,
                    url,
                    params=params,
                    headers=headers,
                    content=content,
                    timeout=self.timeout_seconds,
                ) as response,
            ):
                return await _read(response)
        except (httpx2.HTTPError, TimeoutError) as error:
            # Its text may name the address or a header; its type says enough.
            raise Retryable(f"QuickBooks did not answer ({type(error).__name__})") from None


def client() -> httpx2.AsyncClient:
    """For all companies, so it keeps no cookies: one company's would be sent for another's."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx2.AsyncClient(cookies=no_cookies, follow_redirects=False)


async def _read(response: httpx2.Response) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.items()}
    head = Reply(response.status_code, headers, b"")
    pieces: list[bytes] = []
    room = _ANSWER_BYTES_MAX
    async for piece in response.aiter_bytes():
        room -= len(piece)
        if room < 0:
            raise Retryable("QuickBooks answered too much", intuit_tid=head.intuit_tid)
        pieces.append(piece)
    return replace(head, content=b"".join(pieces))
