"""What an answer of QuickBooks that is no success means."""

import json
import re
from datetime import timedelta
from typing import Any, cast

from quickbooks.errors import (
    Gone,
    NameTaken,
    NeedsReconnect,
    NumberTaken,
    QuickBooksError,
    Rejected,
    Retryable,
    Stale,
)
from quickbooks.wire import Reply

_THROTTLED_PAUSE = timedelta(seconds=60)
_PAUSE_SECONDS_MAX = 3600
_TEXT_MAX = 300

EXPIRED = "3200"
_REJECTED: dict[str, type[Rejected]] = {
    "610": Gone,
    "5010": Stale,
    "6140": NumberTaken,
    "6240": NameTaken,
}
_RECONNECT = {
    "3100": "QuickBooks does not let this app see the company. Connect it again; if that does not "
    "help, the app's keys are for the sandbox and the company is not, or the other way round",
    "6190": "The company's QuickBooks subscription has ended",
}
# Ends the text of a number that is taken: `TxnType=Invoice TxnId=145`, whatever the language.
_HOLDER = re.compile(r"TxnType\s*=\s*Invoice\b.*?TxnId\s*=\s*(\d+)", re.DOTALL)


class Expired(Exception):
    """The access token is not accepted (any more)."""

    def __init__(self, intuit_tid: str | None) -> None:
        super().__init__()
        self.intuit_tid = intuit_tid


def check(reply: Reply) -> None:
    """Raises what the answer means, unless it is a success."""
    if reply.is_success:
        return
    code, text = _fault(reply)
    if code == EXPIRED or (code is None and reply.status == 401):
        raise Expired(reply.intuit_tid)
    raise _meaning(reply, code, text)


def _meaning(reply: Reply, code: str | None, text: str) -> QuickBooksError:
    status, tid = reply.status, reply.intuit_tid
    if code == "3001" or status == 429:
        pause = _pause(reply.headers.get("retry-after"))
        return Retryable("QuickBooks is throttling", code=code, intuit_tid=tid, pause=pause)
    if code in _RECONNECT:
        return NeedsReconnect(_RECONNECT[code], code=code, intuit_tid=tid)
    if code is None or code == "10000" or status >= 500 or status in {401, 408}:
        # Without a code it may come from anything on the way, and says nothing of what was sent.
        return Retryable(f"QuickBooks failed ({status})", code=code, intuit_tid=tid)
    kind = _REJECTED.get(code, Rejected)
    error = kind(f"QuickBooks refused it: {text}", code=code, intuit_tid=tid)
    if isinstance(error, NumberTaken) and (holder := _HOLDER.search(text)):
        error.quickbooks_id = holder[1]
    return error


def _fault(reply: Reply) -> tuple[str | None, str]:
    """Code and words, of either form of fault; other bodies have no code."""
    try:
        body: Any = json.loads(reply.content)
        # Keys are written large by the service and small by the gateway before it.
        body = _small(body)
        first = _small(_small(body["fault"])["error"][0])
        code = str(first.get("code") or "").lstrip("0") or None
        text = str(first.get("detail") or first.get("message") or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, ""
    return code, _shown(text) or f"code {code}"


def _shown(text: str) -> str:
    """In one line, of characters that any database takes."""
    printable = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(printable.split())[:_TEXT_MAX]


def _small(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return {str(key).lower(): inner for key, inner in cast("dict[Any, Any]", value).items()}


def _pause(retry_after: str | None) -> timedelta:
    if retry_after is not None and retry_after.isascii() and retry_after.isdigit():
        return timedelta(seconds=min(int(retry_after[:6]), _PAUSE_SECONDS_MAX))
    return _THROTTLED_PAUSE
