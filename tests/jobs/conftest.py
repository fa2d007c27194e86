"""A queue of jobs over each database."""

import pytest

from db.database import Database
from tests.queues import Queue, opened


@pytest.fixture
async def queue(database: Database) -> Queue:
    return await opened(database)
