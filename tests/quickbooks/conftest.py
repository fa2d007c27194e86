"""What tests of QuickBooks stand on: an organization that is connected to a simulated company."""

from collections.abc import AsyncGenerator

import pytest

from db import audit, organizations
from db.database import Database
from tests.conftest import NOW
from tests.quickbooks.office import Office, opened


@pytest.fixture
async def office(database: Database) -> AsyncGenerator[Office]:
    async with database.transaction() as session:
        organization = await organizations.create(
            session,
            organization_id=1,
            name="Demo Freight",
            time_zone="America/Toronto",
            currency="CAD",
            created_at=NOW,
        )
    async with opened(database, organization) as office:
        yield office
    assert await audit.differences(database) == []
