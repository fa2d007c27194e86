"""The pages for people: the Invoice Board and GraphiQL, as they were built (`make web`)."""

import asyncio
import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from engine.negotiation import prefers_html

BUILT = Path(__file__).parent.parent / "web" / "dist"
DOCUMENTS = BUILT / "trusted-documents.json"

# The addresses that the board shows something at (web/src/board.tsx).
BOARD = (
    "/",
    "/aging",
    "/bill",
    "/cheque",
    "/customers/{customer}",
    "/invoices/{invoice}",
    "/quickbooks",
)
_ASSETS = "/assets/{name}"

# Everything comes from here, and nobody else may show the page within their own.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; font-src 'self' data:; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = {
    "cache-control": "no-cache",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "vary": "Accept",
}
# The editor sets styles of its own.
_POLICIES = {
    "index.html": _POLICY.format(styles=""),
    "graphiql.html": _POLICY.format(styles=" 'unsafe-inline'"),
}
# Their names change with what is in them.
_ASSET = {
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "vary": "Accept-Encoding",
}
_SHORT = 1_000


class Built:
    """A file of the pages: read at the start, compressed when it is first asked for."""

    def __init__(self, path: Path, headers: Mapping[str, str]) -> None:
        self._body = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        # Weak: compressed it is other bytes of the same file.
        etag = f'W/"{hashlib.sha256(self._body).hexdigest()[:32]}"'
        self._headers = {**headers, "content-type": kind, "etag": etag}

    @cached_property
    def _compressed(self) -> bytes:
        return gzip.compress(self._body, mtime=0)

    async def response(self, request: Request) -> Response:
        if request.headers.get("if-none-match") == self._headers["etag"]:
            return Response(status_code=304, headers=self._headers)
        is_wanted = "gzip" in request.headers.get("accept-encoding", "")
        if not is_wanted or len(self._body) < _SHORT:
            return Response(self._body, headers=self._headers)
        # The editor has megabytes: others are answered meanwhile.
        body = await asyncio.to_thread(lambda: self._compressed)
        return Response(body, headers={**self._headers, "content-encoding": "gzip"})

    def instead(self, status: int) -> Response:
        """For an address that has nothing: it may have something tomorrow."""
        return Response(self._body, status, {**self._headers, "cache-control": "no-store"})


class Pages:
    """All that was built, by name. `graphiql` answers where GraphQL is asked for by a browser."""

    def __init__(self, built: Path = BUILT) -> None:
        self._assets = {
            path.name: Built(path, _ASSET) for path in sorted((built / "assets").iterdir())
        }
        self._board = _page(built / "index.html")
        self.graphiql = _page(built / "graphiql.html")

    def routes(self) -> list[Route]:
        return [
            *(Route(path, self._board.response) for path in BOARD),
            Route(_ASSETS, self._asset),
        ]

    async def missing(self, request: Request, _error: Exception) -> Response:
        """Say that there is nothing here: to who has a browser on the board, with a way back."""
        if request.method == "GET" and prefers_html(request.headers.get("accept")):
            return self._board.instead(404)
        return PlainTextResponse("Not Found", 404)

    async def _asset(self, request: Request) -> Response:
        found = self._assets.get(request.path_params["name"])
        return Response(status_code=404) if found is None else await found.response(request)


def _page(path: Path) -> Built:
    return Built(path, {**_PAGE, "content-security-policy": _POLICIES[path.name]})
