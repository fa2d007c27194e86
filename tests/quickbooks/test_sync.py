"""Looking at QuickBooks can be asked for where it is connected."""

from typing import Any

import pytest

from db.database import Database
from domain.errors import QuickBooksNotConnected
from services import quickbooks_pulls
from services.author import Author
from tests.companies import REALM, awaited, connect
from tests.conftest import NOW
from tests.quickbooks.ledger import opened


async def sync(database: Database, author: Author) -> None:
    async with database.transaction() as session:
        await quickbooks_pulls.sync(session, author)


async def test_it_is_asked_for_once(database: Database) -> None:
    async with opened(database) as ledger:
        await sync(database, ledger.till.author)
        await sync(database, ledger.till.author)
        assert await awaited(database) == [("pullChanges", REALM, "{}")]


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (
            {"tokens": None, "disconnected_at": NOW},
            "QuickBooks is not connected: connect it first",
        ),
        ({"reconnect_reason": "expired"}, "QuickBooks has to be connected again first"),
    ],
)
async def test_without_a_connection_it_is_refused(
    database: Database, rest: dict[str, Any], message: str
) -> None:
    async with opened(database) as ledger:
        await connect(database, **rest)
        with pytest.raises(QuickBooksNotConnected, match=message):
            await sync(database, ledger.till.author)
        assert await awaited(database) == []
