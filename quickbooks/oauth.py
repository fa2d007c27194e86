"""Consent and tokens: the four things that Intuit's OAuth 2 is asked for."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

import httpx2
import orjson

from quickbooks.errors import Retryable
from quickbooks.options import Options
from quickbooks.vault import Tokens
from quickbooks.wire import Reply, Wire

_SCOPE = "com.intuit.quickbooks.accounting"
# Nothing here becomes better by itself, or soon.
_LONG_PAUSE = timedelta(minutes=15)
_TOKEN_MAX = 8192


class InvalidGrant(Exception):
    """The code or refresh token is not accepted: used, expired, revoked, or an old one."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens, and how long each is good for; how long the refresh token is, is not always told."""

    tokens: Tokens
    access_lasts: timedelta
    refresh_lasts: timedelta | None


def authorize_url(options: Options, state: str) -> str:
    """Where a person says yes; `state` comes back with what they said."""
    asked = {
        "client_id": options.client_id,
        "response_type": "code",
        "scope": _SCOPE,
        "redirect_uri": options.redirect_url,
        "state": state,
    }
    return f"{options.authorize_url}?{urlencode(asked)}"


class OAuth:
    """Speaks for the app of `options`. No error that it raises has a secret in it."""

    def __init__(self, http: httpx2.AsyncClient, options: Options) -> None:
        self._wire = Wire(http, options.timeout_seconds)
        self._options = options

    async def exchange(self, code: str) -> Grant:
        """The tokens for a code. Raises InvalidGrant or Retryable."""
        return await self._granted(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._options.redirect_url,
            }
        )

    async def refresh(self, refresh_token: str) -> Grant:
        """The next tokens. Raises InvalidGrant or Retryable."""
        return await self._granted({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def revoke(self, token: str) -> None:
        """End the connection that a token is of; one that has ended is as good. Or Retryable."""
        reply = await self._wire.ask(
            "POST",
            self._options.revoke_url,
            headers=self._headers("application/json"),
            content=orjson.dumps({"token": token}),
        )
        if not reply.is_success and reply.status != 400:
            raise _failure(reply)

    async def _granted(self, form: Mapping[str, str]) -> Grant:
        reply = await self._wire.ask(
            "POST",
            self._options.token_url,
            headers={
                **self._headers("application/x-www-form-urlencoded"),
                "x-include-refresh-token-hard-expires-in": "true",
            },
            content=urlencode(form).encode(),
        )
        answer = _object(reply)
        if reply.status == 400 and answer.get("error") == "invalid_grant":
            raise InvalidGrant
        if not reply.is_success:
            raise _failure(reply)
        return _grant(answer) or _unexpected(reply)

    def _headers(self, content_type: str) -> dict[str, str]:
        pair = f"{self._options.client_id}:{self._options.client_secret}"
        return {
            "authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "accept": "application/json",
            "content-type": content_type,
        }


def _object(reply: Reply) -> dict[str, Any]:
    try:
        answer: Any = orjson.loads(reply.content)
    except orjson.JSONDecodeError:
        return {}
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}


def _grant(answer: Mapping[str, Any]) -> Grant | None:
    """None where the answer is not what it should be: it must not take the place of good tokens."""
    access, refresh = _token(answer, "access_token"), _token(answer, "refresh_token")
    lasts = _seconds(answer, "expires_in")
    if access is None or refresh is None or lasts is None:
        return None
    names = ("x_refresh_token_expires_in", "x_refresh_token_hard_expires_in")
    ends = [found for name in names if (found := _seconds(answer, name))]
    return Grant(Tokens(access, refresh), lasts, min(ends, default=None))


def _token(answer: Mapping[str, Any], name: str) -> str | None:
    """It goes into a header, so it is of characters that may stand there."""
    found = answer.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= _TOKEN_MAX:
        return None
    return found if found.isascii() and found.isprintable() and " " not in found else None


def _seconds(answer: Mapping[str, Any], name: str) -> timedelta | None:
    found = answer.get(name)
    # Ten years are more than anything lasts here, and fit into a date.
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 315_360_000:
        return None
    return timedelta(seconds=found)


def _failure(reply: Reply) -> Retryable:
    if reply.status == 401 or _object(reply).get("error") == "invalid_client":
        return Retryable(
            "Intuit does not accept this server's REMIT_QUICKBOOKS_CLIENT_ID and "
            "REMIT_QUICKBOOKS_CLIENT_SECRET",
            intuit_tid=reply.intuit_tid,
            pause=_LONG_PAUSE,
        )
    return Retryable(f"Intuit gave no answer ({reply.status})", intuit_tid=reply.intuit_tid)


def _unexpected(reply: Reply) -> Grant:
    raise Retryable("Intuit answered something unexpected", intuit_tid=reply.intuit_tid)
