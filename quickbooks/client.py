"""A company's API at QuickBooks: requests out, rows of exact decimals back, or a typed error."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NoReturn

import httpx2
import orjson

from quickbooks import faults
from quickbooks.errors import Retryable
from quickbooks.options import Options

# What QuickBooks calls a row: its field names are known to `convert` alone.
Row = Mapping[str, Any]
# Answers the access token; given one that was refused, another.
AccessToken = Callable[[str | None], Awaitable[str]]

_MINOR_VERSION = "75"
_REQUESTS_A_SECOND = 10
_SECOND = 1_000_000_000
PAGE_MAX = 1000


class Pace:
    """At most ten requests begin within a second, as QuickBooks allows for a company."""

    def __init__(self) -> None:
        self._begun: deque[int] = deque(maxlen=_REQUESTS_A_SECOND)
        self._turn = asyncio.Lock()

    async def wait(self) -> None:
        async with self._turn:
            if len(self._begun) == _REQUESTS_A_SECOND:
                free_in = self._begun[0] + _SECOND - time.monotonic_ns()
                await asyncio.sleep(max(0, free_in / _SECOND))
            self._begun.append(time.monotonic_ns())


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed, by entity. More may have changed of those that are `overflown`."""

    rows: Mapping[str, Sequence[Row]]
    overflown: frozenset[str]
    # By QuickBooks' clock: where the next look begins.
    at: datetime


class Company:
    """One company. Raises `QuickBooksError`, and nothing else, where it has no answer."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        options: Options,
        realm_id: str,
        access_token: AccessToken,
        pace: Pace,
    ) -> None:
        self.realm_id = realm_id
        self._http = http
        self._options = options
        self._access_token = access_token
        self._pace = pace

    async def read(self, entity: str, quickbooks_id: str) -> Row:
        """Raises Gone where there is none (any more)."""
        body = await self._send("GET", f"{entity.lower()}/{quickbooks_id}")
        return _row(body, entity)

    async def create(self, entity: str, values: Row, *, request_id: str) -> Row:
        """Make a row. The same `request_id` again answers the first answer, and makes none."""
        body = await self._send(
            "POST", entity.lower(), {"requestid": request_id}, content=written(values)
        )
        return _row(body, entity)

    async def update(self, entity: str, values: Row) -> Row:
        """Change a row; `values` has its id and version. Raises Stale where that is an old one."""
        return _row(await self._send("POST", entity.lower(), content=written(values)), entity)

    async def void(self, entity: str, values: Row) -> Row:
        """Void a document; `values` has its id and version."""
        body = await self._send(
            "POST", entity.lower(), {"operation": "void"}, content=written(values)
        )
        return _row(body, entity)

    async def query(
        self, entity: str, where: str, *, start: int = 1, limit: int = PAGE_MAX
    ) -> Sequence[Row]:
        """Rows in the order of `where`'s ORDERBY; put values into it by `quoted` only."""
        text = f"SELECT * FROM {entity} {where} STARTPOSITION {start} MAXRESULTS {limit}"  # noqa: S608
        body = await self._send("GET", "query", {"query": text})
        return _rows(_inner(body, "QueryResponse"), entity)

    async def query_all(self, entity: str, where: str) -> Sequence[Row]:
        """As `query`, all pages of it."""
        found: list[Row] = []
        while True:
            page = await self.query(entity, where, start=len(found) + 1)
            found += page
            if len(page) < PAGE_MAX:
                return found

    async def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        """What has changed since then; deleted rows have an id and a status only."""
        # Without an offset it would be read as a time in California.
        stamp = since.astimezone(UTC).isoformat(timespec="seconds")
        body = await self._send(
            "GET", "cdc", {"entities": ",".join(entities), "changedSince": stamp}
        )
        try:
            blocks = body["CDCResponse"][0]["QueryResponse"]
            at = datetime.fromisoformat(body["time"])
            rows = {
                entity: [row for block in blocks for row in _rows(block, entity)]
                for entity in entities
            }
            totals = {
                entity: block.get("totalCount", 0)
                for block in blocks
                for entity in entities
                if entity in block
            }
        except (LookupError, TypeError, ValueError, AttributeError):
            _unexpected()
        if at.tzinfo is None:
            _unexpected()
        overflown = {
            entity
            for entity, found in rows.items()
            if len(found) >= PAGE_MAX or totals.get(entity, 0) > len(found)
        }
        return Changes(rows, frozenset(overflown), at.astimezone(UTC))

    async def _send(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> dict[str, Any]:
        token = await self._access_token(None)
        try:
            return await self._send_as(token, method, path, parameters, content)
        except faults.Expired:
            token = await self._access_token(token)
        try:
            return await self._send_as(token, method, path, parameters, content)
        except faults.Expired:
            raise Retryable("QuickBooks does not accept a new token", code=faults.EXPIRED) from None

    async def _send_as(
        self,
        token: str,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None,
        content: bytes | None,
    ) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
        if content is not None:
            headers["content-type"] = "application/json"
        await self._pace.wait()
        try:
            # The client's own limit is for each piece of an answer; this one is for all of it.
            async with asyncio.timeout(self._options.timeout_seconds):
                response = await self._http.request(
                    method,
                    f"{self._options.api_url}/v3/company/{self.realm_id}/{path}",
                    params={**(parameters or {}), "minorversion": _MINOR_VERSION},
                    headers=headers,
                    content=content,
                )
        except (httpx2.HTTPError, TimeoutError) as error:
            # Its text may name the address; its type says enough.
            raise Retryable(f"QuickBooks did not answer ({type(error).__name__})") from None
        faults.check(response)
        return _body(response)


def written(values: Row) -> bytes:
    """JSON with decimals as the numbers they are."""

    def exact(value: object) -> Any:
        if isinstance(value, Decimal):
            return orjson.Fragment(format(value, "f"))
        raise TypeError(type(value).__name__)

    return orjson.dumps(values, default=exact)


def quoted(text: str) -> str:
    """A text as a value of a query."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _body(response: httpx2.Response) -> dict[str, Any]:
    try:
        body = json.loads(
            response.content, parse_float=Decimal, parse_constant=lambda _: _unexpected()
        )
    except (ValueError, RecursionError):
        _unexpected(response)
    if not isinstance(body, dict):
        _unexpected(response)
    return body  # pyright: ignore[reportUnknownVariableType]


def _inner(body: Mapping[str, Any], name: str) -> Any:
    if not isinstance(body.get(name), dict):
        _unexpected()
    return body[name]


def _row(body: Mapping[str, Any], entity: str) -> Row:
    return _inner(body, entity)


def _rows(block: Any, entity: str) -> list[Row]:
    rows = block.get(entity, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):  # pyright: ignore[reportUnknownVariableType]
        _unexpected()
    return rows  # pyright: ignore[reportUnknownVariableType]


def _unexpected(response: httpx2.Response | None = None) -> NoReturn:
    tid = None if response is None else response.headers.get("intuit_tid")
    raise Retryable("QuickBooks answered something unexpected", intuit_tid=tid)
