"""A stored file as an answer: to be saved and never shown, the whole or a part."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from domain.document import served_type
from endpoints.refusals import refused
from services.storage import Storage

_RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")
# In a quoted name these would end it, or begin something else.
_UNQUOTABLE = re.compile(r'[^\x20-\x7e]|["\\%]')


@dataclass(frozen=True)
class Whole:
    """A file as it is stored, and what it is called."""

    organization_id: int
    sha256: str
    size_bytes: int
    file_name: str
    mime_type: str


async def response(request: Request, storage: Storage, whole: Whole) -> Response:
    headers = _headers(whole)
    if _has(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    wanted = _wanted(request, headers["etag"], whole.size_bytes)
    start, end = wanted or (0, whole.size_bytes)
    if wanted is not None:
        if start >= end:
            unsatisfied = {"content-range": f"bytes */{whole.size_bytes}"}
            return refused(416, "BAD_REQUEST", "The file has no such bytes", unsatisfied)
        headers["content-range"] = f"bytes {start}-{end - 1}/{whole.size_bytes}"
    headers["content-length"] = str(end - start)
    headers["content-type"] = served_type(whole.mime_type)
    status = 200 if wanted is None else 206
    if request.method == "HEAD" or start == end:
        return Response(status_code=status, headers=headers)
    chunks = await storage.get(whole.organization_id, whole.sha256, start, end)
    return StreamingResponse(chunks, status, headers)


def disposition(file_name: str) -> str:
    """Save it under this name; for old clients in ASCII (RFC 6266)."""
    plain = _UNQUOTABLE.sub("_", file_name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _headers(whole: Whole) -> dict[str, str]:
    return {
        "etag": f'"{whole.sha256}"',
        "content-disposition": disposition(whole.file_name),
        # What a browser may do with it, should it show it in spite of all.
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=0, must-revalidate",
        "accept-ranges": "bytes",
    }


def _has(request: Request, etag: str) -> bool:
    """Whether the client says that it has the file already."""
    tags = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return not {etag, f"W/{etag}", "*"}.isdisjoint(tags)


def _wanted(request: Request, etag: str, size_bytes: int) -> tuple[int, int] | None:
    """From where up to where, if it is one range of this very file; otherwise all of it."""
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    if found is None or request.headers.get("if-range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:
        return (max(size_bytes - int(last), 0), size_bytes) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size_bytes) if last else size_bytes
