"""What Intuit tells of changes: whether it is Intuit, and in which companies something changed.

A webhook is only a hint. What has changed is read from the company itself.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any, cast

from db.tables.quickbooks import REALM_MAX


def is_signed(body: bytes, signature: str | None, verifier: str | None) -> bool:
    """Whether the signature was made of these bytes with our verifier; never without one."""
    if not signature or not verifier:
        return False
    digest = hmac.new(verifier.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.strip().encode())


def realms(body: bytes) -> frozenset[str]:
    """The companies that are named, in either form; what is not understood names none."""
    try:
        events: Any = json.loads(body)
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(
        realm for realm in _named(events) if isinstance(realm, str) and _is_realm(realm)
    )


def _named(events: Any) -> Iterator[Any]:
    """A company's events come in an object, or, since 2026, each by itself in a list."""
    if isinstance(events, dict):
        for notification in _objects(cast("dict[str, Any]", events).get("eventNotifications")):
            yield notification.get("realmId")
    else:
        for event in _objects(events):
            yield event.get("intuitaccountid")


def _objects(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, list):
        for one in cast("list[Any]", found):
            if isinstance(one, dict):
                yield cast("dict[str, Any]", one)


def _is_realm(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= REALM_MAX
