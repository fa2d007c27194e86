"""Connecting an organization to a company at QuickBooks, and ending that."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson
from sqlmodel.ext.asyncio.session import AsyncSession

from db import jobs, quickbooks_consents, schedules
from db import quickbooks_connections as connections
from db.tables import QuickBooksConnection
from domain.errors import QuickBooksNotConnected
from domain.job import JobKind
from domain.quickbooks import lane
from services import quickbooks_exports, quickbooks_pulls
from services.author import Author

# How long somebody may take to say yes at Intuit.
CONSENT_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Company:
    """A company that somebody has said yes for, as it says of itself."""

    realm_id: str
    name: str
    # What its clock shows: changes before that are of no interest to whoever connects it now.
    now: datetime
    # Both, encrypted.
    tokens: str = field(repr=False)
    access_lasts: timedelta
    refresh_lasts: timedelta | None


async def ask(session: AsyncSession, author: Author) -> str:
    """Begin to connect. Answers the state that has to come back, once and soon."""
    return await quickbooks_consents.make(
        session,
        organization_id=author.organization_id,
        requested_by=author.name,
        now=author.now,
        expires_at=author.now + CONSENT_LASTS,
    )


async def connect(
    session: AsyncSession, author: Author, company: Company, *, poll_every: timedelta
) -> None:
    """Use this company from now on, whatever was used before, and look for its changes."""
    organization_id, now = author.organization_id, author.now
    old = await connections.get_locked(session, organization_id)
    if old is not None and old.realm_id != company.realm_id:
        await _let_go(session, old, now)
    new = QuickBooksConnection(
        organization_id=organization_id,
        realm_id=company.realm_id,
        company_name=company.name,
        tokens=company.tokens,
        access_expires_at=now + company.access_lasts,
        refresh_expires_at=now + company.refresh_lasts if company.refresh_lasts else None,
        connected_at=now,
        connected_by=author.name,
        changed_since=await quickbooks_pulls.beginning(
            session, organization_id, company.realm_id, company.now
        ),
    )
    await connections.connect(session, new)
    await schedules.add(
        session,
        organization_id=organization_id,
        kind=JobKind.PULL_CHANGES,
        key=company.realm_id,
        lane=lane(company.realm_id),
        next_at=now + poll_every,
    )
    await quickbooks_pulls.ask(session, organization_id, company.realm_id, now)
    await quickbooks_exports.resume(session, author, company.realm_id)
    await jobs.hasten(session, organization_id, lane(company.realm_id), now)


async def disconnect(session: AsyncSession, author: Author) -> None:
    """End the connection; what here is what there stays known. Raises QuickBooksNotConnected."""
    row = await connections.get_locked(session, author.organization_id)
    if row is None or row.tokens is None:
        raise QuickBooksNotConnected("QuickBooks is not connected")
    await _let_go(session, row, author.now)
    row.tokens = row.access_expires_at = row.refresh_expires_at = None
    row.refresh_owner = row.refresh_until = row.reconnect_reason = None
    row.disconnected_at = author.now


async def revoke(
    session: AsyncSession, organization_id: int, realm_id: str, sealed: str, now: datetime
) -> None:
    """Have sealed tokens given back to Intuit, soon after this transaction."""
    await jobs.enqueue(
        session,
        organization_id=organization_id,
        kind=JobKind.REVOKE_TOKENS,
        key=realm_id,
        lane=lane(realm_id),
        payload=orjson.dumps({"tokens": sealed}).decode(),
        now=now,
    )


async def _let_go(session: AsyncSession, row: QuickBooksConnection, now: datetime) -> None:
    """Nobody asks this company any more: its jobs find that out, and say so where it matters."""
    await schedules.remove(session, organization_id=row.organization_id, kind=JobKind.PULL_CHANGES)
    if row.tokens is not None:
        await revoke(session, row.organization_id, row.realm_id, row.tokens, now)
    await jobs.hasten(session, row.organization_id, lane(row.realm_id), now)
