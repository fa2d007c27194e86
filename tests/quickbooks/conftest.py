"""What tests of QuickBooks stand on: an organization, and a simulated company to be connected."""

from collections.abc import AsyncGenerator

import pytest
from cryptography.fernet import Fernet

from db import audit
from db.database import Database
from db.tables import Organization
from domain.access import Role
from quickbooks.companies import Companies
from quickbooks.vault import Vault
from quickbooks.wire import client
from tests.conftest import NOW
from tests.keyed import keyed
from tests.organizations import made_organization
from tests.quickbooks.desk import Desk
from tests.quickbooks.office import Office, opened
from tests.quickbooks.simulator import MovableClock, Simulator, running
from tests.quickbooks.world import ORGANIZATION_ID, QuickBooksWorld, options_of


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def simulator(clock: MovableClock) -> Simulator:
    return Simulator(clock=clock)


@pytest.fixture
async def organization(database: Database) -> Organization:
    return await made_organization(database, ORGANIZATION_ID)


@pytest.fixture
async def unconnected(
    database: Database, organization: Organization, simulator: Simulator, clock: MovableClock
) -> AsyncGenerator[QuickBooksWorld]:
    """Not connected yet."""
    vault = Vault([Fernet.generate_key()])
    async with running(simulator) as url, client() as http:
        options = options_of(simulator, url)
        companies = Companies(database, http, options, vault, clock)
        yield QuickBooksWorld(
            database, organization, simulator, clock, options, vault, companies, http
        )


@pytest.fixture
async def connected(unconnected: QuickBooksWorld) -> QuickBooksWorld:
    """The organization is connected to the simulator's first company."""
    await unconnected.connect()
    return unconnected


@pytest.fixture
async def office(database: Database, organization: Organization) -> AsyncGenerator[Office]:
    async with opened(database, organization) as office:
        yield office
    assert await audit.differences(database) == []


@pytest.fixture
async def desk(unconnected: QuickBooksWorld) -> AsyncGenerator[Desk]:
    world = unconnected
    async with keyed(world.database, quickbooks=world.server, now=world.clock) as server:
        yield Desk(world, server, server.holder(await server.key(1, Role.ADMIN, "Ann")))
