"""What an answer of QuickBooks that is no success means."""

import json
import re
from datetime import timedelta
from typing import Any, cast

import httpx2

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


def check(response: httpx2.Response) -> None:
    """Raises what the answer means, unless it is a success."""
    if response.is_success:
        return
    code, text = _fault(response)
    tid = response.headers.get("intuit_tid")
    if code == EXPIRED or (code is None and response.status_code == 401):
        raise Expired
    raise _meaning(response, code, text, tid)


def _meaning(
    response: httpx2.Response, code: str | None, text: str, tid: str | None
) -> QuickBooksError:
    status = response.status_code
    if code == "3001" or status == 429:
        pause = _pause(response.headers.get("retry-after"))
        return Retryable("QuickBooks is throttling", code=code, intuit_tid=tid, pause=pause)
    if code in _RECONNECT:
        return NeedsReconnect(_RECONNECT[code], code=code, intuit_tid=tid)
    if code == "10000" or status >= 500 or status in {401, 408}:
        return Retryable(f"QuickBooks failed ({status})", code=code, intuit_tid=tid)
    kind = _REJECTED.get(code or "", Rejected)
    error = kind(f"QuickBooks refused it: {text}", code=code, intuit_tid=tid)
    if isinstance(error, NumberTaken) and (holder := _HOLDER.search(text)):
        error.quickbooks_id = holder[1]
    return error


def _fault(response: httpx2.Response) -> tuple[str | None, str]:
    """Code and words, of either form of fault; other bodies have no code."""
    try:
        body: Any = json.loads(response.content)
        # Keys are written large by the service and small by the gateway before it.
        body = _small(body)
        first = _small(_small(body["fault"])["error"][0])
        code = str(first.get("code") or "").lstrip("0") or None
        text = str(first.get("detail") or first.get("message") or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, f"status {response.status_code}"
    return code, text[:_TEXT_MAX] or f"code {code}"


def _small(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return {str(key).lower(): inner for key, inner in cast("dict[Any, Any]", value).items()}


def _pause(retry_after: str | None) -> timedelta:
    if retry_after is not None and retry_after.isascii() and retry_after.isdigit():
        return timedelta(seconds=min(int(retry_after[:6]), _PAUSE_SECONDS_MAX))
    return _THROTTLED_PAUSE
