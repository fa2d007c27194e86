"""The access token of a connection: refreshed by one process at a time, stored before it is used.

Whoever refreshes writes so into the connection's row, for a while, and holds no transaction while
it asks Intuit. The others wait for what comes of it. New tokens only take the place of those that
they were got with.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db import quickbooks_connections as connections
from db.database import Database
from db.errors import Unavailable
from db.quickbooks_connections import Seen
from quickbooks.errors import Disconnected, NeedsReconnect, Retryable
from quickbooks.oauth import Grant, InvalidGrant, OAuth
from quickbooks.vault import Tokens, Unopened, Vault
from services import quickbooks_connections

# So long before its end a token is not used any more.
_EARLY = timedelta(minutes=5)
# How much longer than the request for new tokens nobody else may ask for them.
_STORING = timedelta(seconds=15)
_LOOK_SECONDS = 0.1
_STORE_AGAIN_SECONDS = (0.1, 1, 5)

_REFUSED = (
    "QuickBooks does not accept this connection any more: it was ended there, or has expired. "
    "Connect QuickBooks again"
)
_UNOPENED = "The tokens of QuickBooks were encrypted by a key that is not in REMIT_TOKEN_KEY"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What it takes to keep tokens."""

    database: Database
    oauth: OAuth
    vault: Vault
    clock: Callable[[], datetime]
    # How long a request for new tokens may take.
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """Those of one organization for one company."""

    keeping: Keeping
    organization_id: int
    realm_id: str

    async def __call__(self, refused: str | None = None) -> str:
        """A token that is good for minutes, and is not the one that was `refused`.

        Raises Disconnected, NeedsReconnect, or Retryable.
        """
        lease = timedelta(seconds=self.keeping.timeout_seconds) + _STORING
        patience_ends = time.monotonic() + lease.total_seconds()
        while True:
            seen = await self.seen()
            tokens = self._opened(seen)
            if self._is_good(seen) and tokens.access != refused:
                return tokens.access
            if new := await self._refreshed(seen, tokens, lease):
                return new
            if time.monotonic() > patience_ends:
                raise Retryable("QuickBooks' tokens are being refreshed")
            await asyncio.sleep(_LOOK_SECONDS)

    async def seen(self) -> Seen:
        """The connection as it is now. Raises Disconnected or NeedsReconnect."""
        seen = await connections.find(self.keeping.database, self.organization_id)
        if seen is None or seen.realm_id != self.realm_id or seen.tokens is None:
            raise Disconnected
        if seen.reconnect_reason is not None:
            raise NeedsReconnect(seen.reconnect_reason)
        return seen

    def _opened(self, seen: Seen) -> Tokens:
        try:
            return self.keeping.vault.open(self.organization_id, self.realm_id, seen.tokens or "")
        except Unopened:
            # The operator can put that right, and then all is well without anybody's consent.
            _log.error("%s (organization %s)", _UNOPENED, self.organization_id)
            raise Retryable(_UNOPENED, pause=timedelta(minutes=15)) from None

    def _is_good(self, seen: Seen) -> bool:
        ends = seen.access_expires_at
        return ends is not None and ends - _EARLY > self.keeping.clock()

    async def _refreshed(self, seen: Seen, tokens: Tokens, lease: timedelta) -> str | None:
        """A new access token; None where the row has to be looked at again."""
        keeping, owner = self.keeping, secrets.token_hex(16)
        now = keeping.clock()
        async with keeping.database.transaction() as session:
            if not await connections.take_refresh(
                session, seen, owner=owner, now=now, until=now + lease
            ):
                return None
        try:
            grant = await keeping.oauth.refresh(tokens.refresh)
        except InvalidGrant:
            await self._give_up(seen)
            return None
        except Exception:
            async with keeping.database.transaction() as session:
                await connections.end_refresh(session, self.organization_id, owner=owner)
            raise
        return grant.tokens.access if await self._stored(seen, grant, now) else None

    async def _give_up(self, seen: Seen) -> None:
        """Unless the tokens that were refused have been replaced by another process meanwhile."""
        async with self.keeping.database.transaction() as session:
            is_over = await connections.mark_refused(session, seen, _REFUSED)
        if is_over:
            raise NeedsReconnect(_REFUSED)

    async def _stored(self, seen: Seen, grant: Grant, now: datetime) -> bool:
        """Whether the new tokens may be used. Lost, they would take a person to be had again."""
        for pause_seconds in _STORE_AGAIN_SECONDS:
            try:
                return await self._store(seen, grant, now)
            except Unavailable:
                await asyncio.sleep(pause_seconds)
        return await self._store(seen, grant, now)

    async def _store(self, seen: Seen, grant: Grant, now: datetime) -> bool:
        sealed = self.keeping.vault.seal(self.organization_id, self.realm_id, grant.tokens)
        async with self.keeping.database.transaction() as session:
            is_stored = await connections.store_refreshed(
                session,
                seen,
                tokens=sealed,
                access_expires_at=now + grant.access_lasts,
                refresh_expires_at=now + grant.refresh_lasts if grant.refresh_lasts else None,
            )
            if not is_stored and await connections.is_ended(session, seen):
                # Disconnected while Intuit was asked: what came is revoked in the old ones' place.
                await quickbooks_connections.revoke(
                    session, self.organization_id, self.realm_id, sealed, self.keeping.clock()
                )
        return is_stored
