"""The API over real HTTP semantics, on each database, audited after every test."""

from collections.abc import AsyncGenerator

import httpx2
import pytest

from db import organizations
from db.database import Database
from db.tables import Organization
from server import create_app
from tests.client import Client, Clock
from tests.conftest import NOW


@pytest.fixture
async def organization(database: Database) -> Organization:
    async with database.transaction() as session:
        return await organizations.create(
            session,
            organization_id=1,
            name="Demo Freight",
            time_zone="America/Toronto",
            currency="CAD",
            created_at=NOW,
        )


@pytest.fixture
async def api(database: Database, organization: Organization) -> AsyncGenerator[Client]:
    clock = Clock()
    app = create_app(database, organization, clock=clock)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Client(http, clock)
