"""What nobody may ask for any more is forgotten while the server runs."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from db import idempotency
from db.database import Database
from db.tables import Export, IdempotencyKey
from domain.export import ExportFormat
from services import exports
from services.author import Author
from services.storage import open_storage
from services.sweeping import sweeping
from tests.client import Clock
from tests.conftest import NOW, TODAY
from tests.till import Till

HOUR = timedelta(hours=1)


async def test_expired_keys_and_exports_go_with_the_hourly_sweep(
    database: Database, till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.sweeping._EVERY_SECONDS", 0.01)
    ages = {"old": 31 * 24 * HOUR, "young": 29 * 24 * HOUR, "new": 2 * HOUR}
    async with database.transaction() as session:
        for key, age in ages.items():
            await idempotency.claim(
                session, organization_id=1, key=key, input_digest="", now=NOW - age
            )
            author = Author(1, name="Ada", now=NOW - age, today=TODAY)
            exports.ask(session, author, format=ExportFormat.CSV, wanted=key)

    async def kept() -> tuple[set[str], set[str]]:
        keys = await database.read(select(col(IdempotencyKey.key)))
        asked = await database.read(select(col(Export.wanted)))
        return {key for (key,) in keys}, {wanted for (wanted,) in asked}

    storage = open_storage("memory:///", tmp_path)
    async with sweeping(database, storage, Clock()), asyncio.timeout(10):
        while await kept() != ({"young", "new"}, {"new"}):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
