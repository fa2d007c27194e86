"""A till over each database, audited after every test."""

from collections.abc import AsyncGenerator

import pytest

from db import audit
from db.database import Database
from services import customers
from services.author import Author
from tests.conftest import NOW, TODAY
from tests.organizations import made_within
from tests.till import Till


@pytest.fixture
async def till(database: Database) -> AsyncGenerator[Till]:
    author = Author(1, name="Ada", now=NOW, today=TODAY)
    async with database.transaction() as session:
        await made_within(session)
        customer = await customers.create_customer(
            session,
            author,
            name="Acme Freight",
            email=None,
            phone=None,
            currency=None,
            terms=None,
            bill_to_address=None,
        )
    yield Till(database, author, customer.id)
    assert await audit.differences(database) == []
