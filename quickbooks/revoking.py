"""Tokens that nobody needs any more are given back to Intuit."""

import orjson
from sqlmodel.ext.asyncio.session import AsyncSession

from db import quickbooks_connections as connections
from quickbooks.errors import Retryable
from quickbooks.oauth import OAuth
from quickbooks.vault import Unopened, Vault
from services.jobs import Later, Task


class RevokeTokens:
    """Revokes the tokens that the job carries."""

    def __init__(self, oauth: OAuth, vault: Vault) -> None:
        self._oauth = oauth
        self._vault = vault

    async def do(self, task: Task) -> None:
        realm_id = task.lease.key
        # Intuit ends all that this server may do in the company, whoever is connected to it. Who
        # connects it at the very moment of the request is told to connect it again.
        if await connections.is_any(task.database, realm_id):
            return
        try:
            sealed = orjson.loads(task.lease.payload)["tokens"]
            tokens = self._vault.open(task.organization_id, realm_id, sealed)
        except Unopened:
            # The key they were encrypted by is gone; they expire by themselves.
            return
        try:
            await self._oauth.revoke(tokens.refresh)
        except Retryable as error:
            raise Later(error.message, pause=error.pause) from error

    async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
        """They expire by themselves; the job that stays says why they were not revoked."""
