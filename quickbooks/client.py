"""A company's API at QuickBooks: requests out, rows of exact decimals back, or a typed error."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx2
import orjson

from quickbooks import faults
from quickbooks.answers import Answer
from quickbooks.errors import Retryable
from quickbooks.options import Options
from quickbooks.pace import Pace
from quickbooks.wire import Wire

# What QuickBooks calls a row: its field names are known to `convert` alone.
Row = Mapping[str, Any]
# Answers the access token; given one that was refused, another.
AccessToken = Callable[[str | None], Awaitable[str]]

_MINOR_VERSION = "75"
PAGE_MAX = 1000


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed, by entity. More may have changed of those that are `overflown`."""

    rows: Mapping[str, Sequence[Row]]
    overflown: frozenset[str]
    # By QuickBooks' clock: where the next look begins.
    at: datetime


class Company:
    """One company. Raises QuickBooksError where it has no answer, or what `access_token` raises."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        options: Options,
        realm_id: str,
        access_token: AccessToken,
        pace: Pace,
    ) -> None:
        self.realm_id = realm_id
        self._wire = Wire(http, options.timeout_seconds)
        self._url = f"{options.api_url}/v3/company/{quote(realm_id, safe='')}"
        self._access_token = access_token
        self._pace = pace

    async def read(self, entity: str, quickbooks_id: str) -> Row:
        """Raises Gone where there is none (any more)."""
        answer = await self._read(entity, quickbooks_id)
        return answer.row(entity)

    async def read_dated(self, entity: str, quickbooks_id: str) -> tuple[Row, datetime]:
        """As `read`, and when that was by QuickBooks' clock."""
        answer = await self._read(entity, quickbooks_id)
        return answer.row(entity), answer.time()

    async def _read(self, entity: str, quickbooks_id: str) -> Answer:
        return await self._send("GET", f"{entity.lower()}/{quote(quickbooks_id, safe='')}")

    async def create(self, entity: str, values: Row, *, request_id: str) -> Row:
        """Make a row. The same `request_id` again answers the first answer, and makes none."""
        answer = await self._send(
            "POST", entity.lower(), {"requestid": request_id}, content=written(values)
        )
        return answer.row(entity)

    async def update(self, entity: str, values: Row) -> Row:
        """Change a row; `values` has its id and version. Raises Stale where that is an old one."""
        answer = await self._send("POST", entity.lower(), content=written(values))
        return answer.row(entity)

    async def void(self, entity: str, values: Row) -> Row:
        """Void a document; `values` has its id and version."""
        answer = await self._send(
            "POST", entity.lower(), {"operation": "void"}, content=written(values)
        )
        return answer.row(entity)

    async def query(
        self, entity: str, where: str, *, start: int = 1, limit: int = PAGE_MAX
    ) -> Sequence[Row]:
        """Rows in the order of `where`'s ORDERBY; put values into it by `quoted` only."""
        text = f"SELECT * FROM {entity} {where} STARTPOSITION {start} MAXRESULTS {limit}"  # noqa: S608 - QuickBooks has no parameters; values come by `quoted`
        answer = await self._send("GET", "query", {"query": text})
        return answer.found(entity)

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
        answer = await self._send(
            "GET", "cdc", {"entities": ",".join(entities), "changedSince": stamp}
        )
        rows, totals = answer.changed(entities)
        overflown = {
            entity
            for entity, found in rows.items()
            if len(found) >= PAGE_MAX or totals[entity] > len(found)
        }
        return Changes(rows, frozenset(overflown), answer.time())

    async def _send(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Answer:
        token = await self._access_token(None)
        try:
            return await self._send_as(token, method, path, parameters, content)
        except faults.Expired:
            token = await self._access_token(token)
        try:
            return await self._send_as(token, method, path, parameters, content)
        except faults.Expired as expired:
            raise Retryable(
                "QuickBooks does not accept a new token",
                code=faults.EXPIRED,
                intuit_tid=expired.intuit_tid,
            ) from None

    async def _send_as(
        self,
        token: str,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None,
        content: bytes | None,
    ) -> Answer:
        headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
        if content is not None:
            headers["content-type"] = "application/json"
        await self._pace.wait()
        reply = await self._wire.ask(
            method,
            f"{self._url}/{path}",
            params={**(parameters or {}), "minorversion": _MINOR_VERSION},
            headers=headers,
            content=content,
        )
        try:
            faults.check(reply)
        except Retryable as error:
            if error.pause is not None:
                self._pace.hold(error.pause)
            raise
        return Answer(reply)


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
