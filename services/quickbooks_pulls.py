"""Reading a company's changes: asked for by whoever has reason to, done by a job."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs, quickbooks_copies, quickbooks_pulls
from db.tables import QuickBooksProblem
from domain.job import JobKind
from domain.quickbooks import check_connected, lane
from services.author import Author

# How much of what was read is read again, for what shows late in the feed.
OVERLAP = timedelta(minutes=5)

# Reading may have stood still for some time before the company was left.
_MARGIN = timedelta(days=1)

_FAILURE = "Changes"
_GAP = "Changes of long ago"
_NAMELESS = "Changes without an id"
_GAP_IS_TOLD = timedelta(days=7)


async def beginning(
    session: AsyncSession, organization_id: int, realm_id: str, now: datetime
) -> datetime:
    """From when on a company's changes are to be read that is connected now, but was not just now.

    One that was connected long ago has copies, and payments that may have changed since.
    """
    exported_at = await quickbooks_pulls.first_exported_at(session, organization_id, realm_id)
    return now - OVERLAP if exported_at is None else min(now - OVERLAP, exported_at - _MARGIN)


async def hear(session: AsyncSession, realm_ids: Collection[str], now: datetime) -> None:
    """Something has changed in these companies: whoever is connected to one wants to know."""
    for organization_id, realm_id in await quickbooks_pulls.connected(session, realm_ids):
        await ask(session, organization_id, realm_id, now)


async def sync(session: AsyncSession, author: Author) -> None:
    """Look for changes now instead of waiting."""
    connection = check_connected(
        await quickbooks_copies.connection(session, author.organization_id)
    )
    await ask(session, author.organization_id, connection.realm_id, author.now)


async def finish(
    session: AsyncSession,
    author: Author,
    realm_id: str,
    *,
    until: datetime,
    gap_since: datetime | None = None,
    nameless: int = 0,
) -> None:
    """All that had changed `until` then, by the company's clock, is here.

    `gap_since` is where reading went on after longer than the company tells of changes.
    """
    organization_id = author.organization_id
    connection = await quickbooks_pulls.connection_locked(session, organization_id, realm_id)
    if connection is None:
        return
    connection.changed_since = max(connection.changed_since, until - OVERLAP)
    connection.last_synced_at = author.now
    await quickbooks_copies.untell(session, organization_id, realm_id, _FAILURE)
    if gap_since is None:
        old = author.now - _GAP_IS_TOLD
        await quickbooks_pulls.untell_old(session, organization_id, realm_id, _GAP, old)
    else:
        message = (
            f"What changed in QuickBooks from {gap_since:%Y-%m-%d} to {until:%Y-%m-%d} was not "
            "read in time. All that has changed since was read now, and what is known here was "
            "compared: look at the payments of those days"
        )
        await _tell(session, author, realm_id, _GAP, message)
    if nameless:
        message = "QuickBooks has told of changes that cannot be read: they have no id"
        await _tell(session, author, realm_id, _NAMELESS, message)
    else:
        await quickbooks_copies.untell(session, organization_id, realm_id, _NAMELESS)


async def fail(session: AsyncSession, author: Author, realm_id: str, reason: str) -> None:
    """The changes could not be read however often that was tried."""
    message = f"QuickBooks' changes could not be read: {reason}"
    await _tell(session, author, realm_id, _FAILURE, message)


async def _tell(
    session: AsyncSession, author: Author, realm_id: str, subject: str, message: str
) -> None:
    await quickbooks_copies.tell(
        session,
        QuickBooksProblem(
            organization_id=author.organization_id,
            realm_id=realm_id,
            subject=subject,
            message=message,
            since=author.now,
        ),
    )


async def ask(session: AsyncSession, organization_id: int, realm_id: str, now: datetime) -> None:
    """Have an organization's company looked at, soon after this transaction."""
    await jobs.enqueue(
        session,
        organization_id=organization_id,
        kind=JobKind.PULL_CHANGES,
        key=realm_id,
        lane=lane(realm_id),
        now=now,
    )
