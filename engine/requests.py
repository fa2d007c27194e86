"""What a client asks to run, read from its HTTP request."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

from engine import negotiation, strict_json
from engine.errors import Refused
from engine.statuses import Outcome
from engine.time_limit import TimeLimit, TooLong

BODY_BYTES_MAX = 2**20
URL_BYTES_MAX = 2**14
# Read and thrown away, so that a client that is still sending sees the answer.
DRAINED_BYTES_MAX = 2**24


class Asked(NamedTuple):
    """A document, by its text or by its id, and what to run of it."""

    query: str | None
    document_id: str | None
    name: str | None
    variables: dict[str, Any] | None


class Headers:
    """A request's headers; several of one name are one list."""

    def __init__(self, scope: Scope) -> None:
        self._found: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            before = self._found.get(name)
            self._found[name] = value if before is None else before + b", " + value

    def get(self, name: bytes) -> str | None:
        value = self._found.get(name)
        return None if value is None else value.decode("latin-1")

    def set(self, name: bytes, value: str) -> None:
        """What comes by another way than a header."""
        self._found[name] = value.encode()


async def from_body(headers: Headers, receive: Receive, limit: TimeLimit) -> Asked:
    """The operation that was posted."""
    if not negotiation.is_json(headers.get(b"content-type") or ""):
        raise Refused(Outcome.OTHER_BODY, "Send the operation as application/json in UTF-8")
    encoding = headers.get(b"content-encoding")
    if encoding is not None and encoding.strip().lower() not in {"", "identity"}:
        raise Refused(Outcome.OTHER_BODY, "Send the body without compression")
    try:
        body = await limit.within(_body(receive))
    except TooLong as too_long:
        message = f"The body did not arrive within {too_long.seconds:g} seconds"
        raise Refused(Outcome.SLOW_BODY, message) from None
    asked = _json(body)
    if isinstance(asked, list):
        raise Refused(Outcome.UNREADABLE, "Send one operation at a time: there are no batches")
    if not isinstance(asked, dict):
        raise Refused(Outcome.UNREADABLE, "The body must be a JSON object with a query")
    return asked_of(cast("dict[str, Any]", asked))


async def from_url(query_string: bytes) -> Asked:
    """The operation of the address's parameters. An empty one counts as absent."""
    try:
        found: dict[str, Any] = dict(
            parse_qsl(query_string.decode("ascii"), errors="strict", max_num_fields=20)
        )
    except ValueError:
        raise Refused(Outcome.UNREADABLE, "The parameters are not UTF-8") from None
    if not all(strict_json.is_clean(value) for value in found.values()):
        raise Refused(Outcome.UNREADABLE, "A text has a NUL or half a character in it")
    for name in ("variables", "extensions"):
        if name in found:
            found[name] = _json(found[name].encode())
    return asked_of(found)


def _json(text: bytes) -> Any:
    try:
        return strict_json.parse(text)
    except strict_json.BadJson as bad:
        raise Refused(Outcome.UNREADABLE, str(bad)) from None


def asked_of(found: Mapping[str, Any]) -> Asked:
    """The operation of these parameters, if they are what they should be."""
    query, document_id, name = (found.get(key) for key in ("query", "documentId", "operationName"))
    variables, extensions = found.get("variables"), found.get("extensions")
    if not (document_id is None or isinstance(document_id, str)):
        raise Refused(Outcome.UNREADABLE, "The documentId must be a text")
    if not isinstance(query, str) and not (query is None and document_id):
        raise Refused(Outcome.UNREADABLE, "The query must be a text")
    if not (name is None or isinstance(name, str)):
        raise Refused(Outcome.UNREADABLE, "The operationName must be a text")
    if not (variables is None or isinstance(variables, dict)):
        raise Refused(Outcome.UNREADABLE, "The variables must be an object")
    if not (extensions is None or isinstance(extensions, dict)):
        raise Refused(Outcome.UNREADABLE, "The extensions must be an object")
    given = cast("dict[str, Any] | None", variables)
    return Asked(query, document_id or None, name or None, given)


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size, more = 0, True
    while more and size <= DRAINED_BYTES_MAX:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(Outcome.UNREADABLE, "The body was cut off")
        part: bytes = message.get("body", b"")
        size += len(part)
        if size <= BODY_BYTES_MAX:
            parts.append(part)
        more = message.get("more_body", False)
    if size > BODY_BYTES_MAX:
        raise Refused(Outcome.LARGE_BODY, f"A request has at most {BODY_BYTES_MAX:,} bytes")
    return b"".join(parts)
