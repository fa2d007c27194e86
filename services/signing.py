"""Addresses that carry their own permission: for one method, one path, and a while.

A path names the organization and the object, so that a signature is good for nothing else. Whoever
has the address may use it, as a browser must be able to that has no key.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

_EXPIRES, _SIGNATURE = "expires", "signature"
# Seconds since 1970 have ten digits for the next 250 years.
_DIGITS_MAX = 12


class BadSignature(Exception):
    """The address was not made here, or was altered, or is for another method."""


class Expired(Exception):
    """The address was good once."""


@dataclass(frozen=True, slots=True)
class Signer:
    """`public_url` is where clients reach this server, without a slash at its end."""

    secret: bytes
    public_url: str

    def url(self, method: str, path: str, *, now: datetime, lifetime: timedelta) -> str:
        """The address, good until `now` plus `lifetime`, to the second."""
        expires = str(int((now + lifetime).timestamp()))
        query = {_EXPIRES: expires, _SIGNATURE: self._signature(method, path, expires)}
        return f"{self.public_url}{path}?{urlencode(query)}"

    def check(self, method: str, path: str, query: Mapping[str, str], *, now: datetime) -> None:
        """Raises BadSignature or Expired where the request may not be served."""
        expires = query.get(_EXPIRES, "")
        expected = self._signature(method, path, expires)
        if not hmac.compare_digest(expected.encode(), query.get(_SIGNATURE, "").encode()):
            raise BadSignature
        if len(expires) > _DIGITS_MAX or int(expires) <= now.timestamp():
            raise Expired

    def _signature(self, method: str, path: str, expires: str) -> str:
        text = f"{method}\n{path}\n{expires}"
        return hmac.new(self.secret, text.encode(), hashlib.sha256).hexdigest()
