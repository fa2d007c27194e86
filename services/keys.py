"""API keys: made, shown once, found again by their digest, revoked."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from db import api_keys, ids, organizations
from db.database import Database
from db.tables import ApiKey
from domain.access import Role
from domain.api_key import CHANCE_BYTES, digest_of, key_text, organization_of
from domain.errors import NotFound
from domain.text import NAME_MAX, check_required
from services.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has a key that is good."""

    organization_id: int
    key_id: str
    viewer: Viewer


async def create(
    session: AsyncSession, *, organization_id: int, name: str, role: Role, now: datetime
) -> tuple[ApiKey, str]:
    """A new key and its text, which nobody can show again."""
    await _check_organization(session, organization_id)
    text = key_text(organization_id, secrets.token_bytes(CHANCE_BYTES))
    key = ApiKey(
        organization_id=organization_id,
        id=ids.new(ids.KEY),
        name=check_required(name, "name", NAME_MAX),
        role=role,
        digest=digest_of(text),
        created_at=now,
    )
    session.add(key)
    await session.flush()
    return key, text


async def listed(session: AsyncSession, organization_id: int) -> Sequence[ApiKey]:
    """Every key that the organization ever had, oldest first."""
    await _check_organization(session, organization_id)
    return await api_keys.of_organization(session, organization_id)


async def revoke(
    session: AsyncSession, *, organization_id: int, key_id: str, now: datetime
) -> ApiKey:
    """The key is good no longer. Revoked again, it stays revoked since the first time."""
    # What a shell hands over need not be text, and ids are plain.
    is_plain = key_id.isascii()
    key = await api_keys.get_locked(session, organization_id, key_id) if is_plain else None
    if key is None:
        raise NotFound(f"Organization {organization_id} has no key with this id", "key")
    if key.revoked_at is None:
        key.revoked_at = now
        await session.flush()
    return key


async def authenticate(database: Database, text: str) -> Holder | None:
    """Who has this key; nobody where it is mistyped, unknown or revoked."""
    organization_id = organization_of(text)
    if organization_id is None:
        return None
    digest = digest_of(text)
    found = await api_keys.find(database, organization_id, digest)
    if found is None or not hmac.compare_digest(found.digest, digest):
        return None
    viewer = Viewer(found.name, found.role, found.organization)
    return Holder(organization_id, found.id, viewer)


async def _check_organization(session: AsyncSession, organization_id: int) -> None:
    if await organizations.find(session, organization_id) is None:
        raise NotFound(f"There is no organization {organization_id}", "organization")
