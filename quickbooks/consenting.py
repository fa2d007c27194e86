"""What happens when a person comes back from Intuit: from the code to the connection."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx2

from db import organizations, quickbooks_consents
from db.database import Database
from domain.text import NAME_MAX, cut
from quickbooks import client, convert
from quickbooks.convert import Unreadable
from quickbooks.errors import QuickBooksError
from quickbooks.oauth import Grant, InvalidGrant, OAuth
from quickbooks.options import Options
from quickbooks.pace import Pace
from quickbooks.vault import Vault
from services import quickbooks_connections as service
from services.author import Author, author_of
from services.quickbooks_connections import Company


class Unasked(Exception):
    """Nobody was sent to Intuit with this state, or it was used, or is too old."""


class NotGranted(Exception):
    """There is a reason for which the company cannot be connected; starting again may help."""


@dataclass(frozen=True, slots=True)
class Connected:
    """Who has what now, in words."""

    organization_name: str
    company_name: str


@dataclass(frozen=True, slots=True)
class Consenting:
    """Everything that it takes, for all organizations."""

    database: Database
    http: httpx2.AsyncClient = field(repr=False)
    options: Options
    vault: Vault = field(repr=False)
    clock: Callable[[], datetime]

    async def decline(self, state: str) -> None:
        """The person said no. Raises Unasked."""
        await self._author(state)

    async def accept(self, state: str, code: str, realm_id: str) -> Connected:
        """The person said yes. Raises Unasked, NotGranted, or Retryable."""
        author = await self._author(state)
        oauth = OAuth(self.http, self.options)
        try:
            grant = await oauth.exchange(code)
        except InvalidGrant:
            raise NotGranted("Intuit does not accept its own code (any more)") from None
        sealed = self.vault.seal(author.organization_id, realm_id, grant.tokens)
        try:
            company = await self._company(realm_id, grant, sealed)
        except QuickBooksError as error:
            # Nobody will use these tokens.
            async with self.database.transaction() as session:
                await service.revoke(
                    session, author.organization_id, realm_id, sealed, self.clock()
                )
            raise NotGranted(error.message) from error
        async with self.database.transaction() as session:
            await service.connect(session, author, company, poll_every=self.options.poll_every)
            organization = await organizations.get(session, author.organization_id)
        return Connected(organization.name, company.name)

    async def _author(self, state: str) -> Author:
        """Whoever asked for it. The state is used up, whatever comes of it."""
        now = self.clock()
        if not await quickbooks_consents.is_waiting(self.database, state, now):
            raise Unasked
        async with self.database.transaction() as session:
            used = await quickbooks_consents.use(session, state, now)
            if used is None:
                raise Unasked
            organization_id, name = used
            organization = await organizations.get(session, organization_id)
        return author_of(organization, name, now)

    async def _company(self, realm_id: str, grant: Grant, sealed: str) -> Company:
        """What the company says of itself: proof that the tokens are for it."""

        async def token(_refused: str | None) -> str:
            return grant.tokens.access

        asked = client.Company(
            self.http,
            self.options,
            realm_id,
            token,
            Pace(self.clock, self.options.requests_a_second),
        )
        row, now = await asked.read_dated("CompanyInfo", realm_id)
        try:
            name = convert.company_name(row)
        except Unreadable:
            name = None
        return Company(
            realm_id=realm_id,
            name=cut(name, NAME_MAX) or realm_id,
            now=now,
            tokens=sealed,
            access_lasts=grant.access_lasts,
            refresh_lasts=grant.refresh_lasts,
        )
