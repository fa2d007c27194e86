"""Doing a request once, however often it is sent."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from sqlmodel.ext.asyncio.session import AsyncSession

from db import idempotency
from domain.errors import IdempotencyKeyReused, InvalidInput
from domain.text import IDEMPOTENCY_KEY_MAX
from services.author import Author

Result = dict[str, Any]


async def once(
    session: AsyncSession,
    author: Author,
    key: str | None,
    asked: Mapping[str, Any],
    work: Callable[[], Awaitable[Result]],
) -> tuple[Result, bool]:
    """The result of `work`, and whether it had been done before.

    `asked` is what the client asked for, operation and input, in whole cents and without
    defaults: the same again is a repetition, anything else under the same key is refused.
    """
    if key is None:
        return await work(), False
    if not is_key(key):
        raise InvalidInput(
            f"An idempotency key has 1 to {IDEMPOTENCY_KEY_MAX} characters", "idempotency_key"
        )
    digest = digest_of(asked)
    taken = await idempotency.claim(
        session,
        organization_id=author.organization_id,
        key=key,
        input_digest=digest,
        now=author.now,
    )
    if taken is None:
        result = await work()
        await idempotency.complete(
            session, organization_id=author.organization_id, key=key, result=text_of(result)
        )
        return result, False
    if taken.input_digest != digest:
        raise IdempotencyKeyReused(
            "This idempotency key was used before, with another input", "idempotency_key"
        )
    return orjson.loads(taken.result), True


def is_key(key: str) -> bool:
    return 1 <= len(key) <= IDEMPOTENCY_KEY_MAX


def digest_of(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


def text_of(result: Result) -> str:
    """The result as it is kept."""
    return orjson.dumps(result).decode()
