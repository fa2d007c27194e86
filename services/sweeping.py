"""The sweep: what nobody will ask for any more is removed, some time after it was left."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from db import documents, exports, idempotency, organizations
from db.database import Database
from domain.errors import NotFound
from services.author import author_of
from services.documents import UPLOAD_LIFETIME, remove_never_uploaded
from services.storage import Storage, Stored
from services.uploads import drop_unused

# How long something is left where it is before it counts as left behind.
KEPT = timedelta(hours=24)
_EVERY_SECONDS = 3_600
# Who stands in the activity.
_NAME = "Remit"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """How much was removed of what."""

    documents: int
    objects: int
    unfinished: int


async def sweep(database: Database, storage: Storage, *, now: datetime) -> Swept:
    """Remove documents that never arrived, objects that no document stands for, and leavings.

    Any number of these may run at the same time, beside uploads.
    """
    return Swept(
        documents=await _never_arrived(database, now),
        objects=await _unused(database, storage, now - KEPT),
        unfinished=await storage.delete_unfinished(now - KEPT),
    )


async def forget_expired(database: Database, now: datetime) -> None:
    """Idempotency keys and exports that are too old to be asked for."""
    async with database.transaction() as session:
        await idempotency.forget_expired(session, now)
        await exports.forget_expired(session, now)


@asynccontextmanager
async def sweeping(
    database: Database, storage: Storage, clock: Callable[[], datetime]
) -> AsyncGenerator[None]:
    """Sweep every hour for as long as this lasts, and forget what has expired."""

    async def run() -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            try:
                await forget_expired(database, clock())
                await sweep(database, storage, now=clock())
            except Exception:  # noqa: BLE001 - whatever it was
                # The next one will find what this one has left.
                _log.exception("a sweep was broken off")

    running = asyncio.create_task(run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _never_arrived(database: Database, now: datetime) -> int:
    removed = 0
    before = now - UPLOAD_LIFETIME - KEPT
    for organization_id, document_id in await documents.never_uploaded(database, before=before):
        # Somebody may have been faster.
        with suppress(NotFound):
            async with database.transaction() as session:
                organization = await organizations.find(session, organization_id)
                if organization is None:
                    continue
                author = author_of(organization, _NAME, now)
                removed += await remove_never_uploaded(session, author, document_id=document_id)
    return removed


async def _unused(database: Database, storage: Storage, before: datetime) -> int:
    deleted = 0
    async for listed in storage.objects():
        old = [one for one in listed if one.modified_at < before]
        for one in await _without_document(database, old):
            deleted += await drop_unused(database, storage, one.organization_id, one.sha256)
    return deleted


async def _without_document(database: Database, listed: Sequence[Stored]) -> list[Stored]:
    by_organization: dict[int, list[Stored]] = defaultdict(list)
    for one in listed:
        by_organization[one.organization_id].append(one)
    found: list[Stored] = []
    for organization_id, objects in by_organization.items():
        used = await documents.referred(database, organization_id, {one.sha256 for one in objects})
        found += [one for one in objects if one.sha256 not in used]
    return found
