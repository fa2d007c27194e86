"""An organization, the company in QuickBooks that it may connect, and a worker for its jobs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import httpx2

from db import quickbooks_connections as connections
from db.database import Database
from db.tables import Organization, QuickBooksConnection
from domain.job import JobKind
from quickbooks.companies import Companies
from quickbooks.handlers import handlers
from quickbooks.integration import QuickBooks
from quickbooks.oauth import authorize_url
from quickbooks.options import CALLBACK_PATH, Options
from quickbooks.tokens import AccessTokens, Keeping
from quickbooks.vault import Tokens, Vault
from services.jobs import Handler
from services.working import Working
from tests.quickbooks.simulator import REALM, MovableClock, Simulator

ORGANIZATION_ID = 1


def options_of(simulator: Simulator, url: str) -> Options:
    """The simulator in the place of Intuit."""
    return Options(
        client_id=simulator.client_id,
        client_secret=simulator.client_secret,
        redirect_url=f"http://test{CALLBACK_PATH}",
        webhook_verifier=simulator.webhooks.verifier_token,
        authorize_url=f"{url}/oauth2/authorize",
        token_url=f"{url}/oauth2/v1/tokens/bearer",
        revoke_url=f"{url}/oauth2/revoke",
        api_url=url,
        timeout_seconds=5,
        # The simulator is in no hurry, and neither are its tests to wait.
        requests_a_second=10_000,
    )


@dataclass
class QuickBooksWorld:
    """A server's side and QuickBooks' side, with one clock."""

    database: Database
    organization: Organization
    simulator: Simulator
    clock: MovableClock
    options: Options
    vault: Vault
    companies: Companies
    http: httpx2.AsyncClient
    handlers: dict[JobKind, Handler] = field(init=False)

    def __post_init__(self) -> None:
        self.handlers = {**handlers(self.companies)}

    async def connect(self, organization_id: int = ORGANIZATION_ID, realm: str = REALM) -> None:
        await connect(
            self.database,
            self.simulator,
            self.companies,
            self.clock,
            organization_id=organization_id,
            realm=realm,
        )

    def access_tokens(self, database: Database | None = None) -> AccessTokens:
        """As a process of its own has them, over `database`."""
        keeping = Keeping(
            database or self.database,
            self.companies.oauth,
            self.vault,
            self.clock,
            self.options.timeout_seconds,
        )
        return AccessTokens(keeping, ORGANIZATION_ID, REALM)

    @property
    def server(self) -> QuickBooks:
        """What a server over it has for QuickBooks."""
        return QuickBooks(self.options, self.vault, self.http)

    async def connection(self, organization_id: int = ORGANIZATION_ID) -> QuickBooksConnection:
        async with self.database.transaction() as session:
            found = await connections.get_locked(session, organization_id)
        assert found is not None
        return found

    async def replace(self, connection: QuickBooksConnection) -> None:
        async with self.database.transaction() as session:
            await connections.connect(session, connection)

    def tokens_of(self, connection: QuickBooksConnection) -> Tokens:
        assert connection.tokens is not None
        return self.vault.open(connection.organization_id, connection.realm_id, connection.tokens)

    async def work(self) -> int:
        """Do all jobs that are due; answers how many."""
        every = dict.fromkeys(JobKind, self.options.poll_every)
        return await Working(self.database, self.handlers, self.clock, every).do_due()


async def connect(
    database: Database,
    simulator: Simulator,
    companies: Companies,
    clock: Callable[[], datetime],
    *,
    organization_id: int = ORGANIZATION_ID,
    realm: str = REALM,
) -> None:
    """As the callback does it, without jobs: tests ask for those that they are about."""
    url = authorize_url(companies.options, "state")
    [code] = parse_qs(urlsplit(simulator.authorize(url, realm=realm)).query)["code"]
    grant = await companies.oauth.exchange(code)
    now = clock()
    async with database.transaction() as session:
        await connections.connect(
            session,
            QuickBooksConnection(
                organization_id=organization_id,
                realm_id=realm,
                company_name=simulator.companies[realm].name,
                tokens=companies.vault.seal(organization_id, realm, grant.tokens),
                access_expires_at=now + grant.access_lasts,
                connected_at=now,
                connected_by="Ann",
                changed_since=now,
            ),
        )
