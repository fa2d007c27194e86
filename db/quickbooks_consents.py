"""Who was sent to Intuit to consent. Only a digest is kept of the state that comes back."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.database import Database
from db.tables import QuickBooksConsent

_DIGITS_MAX = 18


async def make(
    session: AsyncSession,
    *,
    organization_id: int,
    requested_by: str,
    now: datetime,
    expires_at: datetime,
) -> str:
    """A new state, which names the organization and cannot be guessed."""
    state = f"{organization_id}-{secrets.token_urlsafe(32)}"
    consent = QuickBooksConsent
    await session.exec(
        delete(consent).where(
            col(consent.organization_id) == organization_id, col(consent.expires_at) <= now
        )
    )
    session.add(
        QuickBooksConsent(
            organization_id=organization_id,
            digest=_digest(state),
            requested_by=requested_by,
            expires_at=expires_at,
        )
    )
    return state


async def is_waiting(database: Database, state: str, now: datetime) -> bool:
    """Whether it may be used. Only reads, as anybody may ask that."""
    statement = select(col(QuickBooksConsent.digest)).where(*_usable(state, now))
    return bool(await database.read_own(statement))


async def use(session: AsyncSession, state: str, now: datetime) -> tuple[int, str] | None:
    """The organization and whoever asked for it; None from the second time on."""
    used = await session.exec(
        delete(QuickBooksConsent)
        .where(*_usable(state, now))
        .returning(col(QuickBooksConsent.organization_id), col(QuickBooksConsent.requested_by))
    )
    found = used.first()
    return None if found is None else (found[0], found[1])


def _usable(state: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    number = state.partition("-")[0]
    is_number = number.isascii() and number.isdigit() and len(number) <= _DIGITS_MAX
    return (
        col(QuickBooksConsent.organization_id) == (int(number) if is_number else 0),
        col(QuickBooksConsent.digest) == _digest(state),
        col(QuickBooksConsent.expires_at) > now,
    )


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode(errors="replace")).hexdigest()
