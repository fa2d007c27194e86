"""API keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from db.database import Database
from db.tables import ApiKey, Organization
from domain.access import Role

_KEYS = SQLModel.metadata.tables["api_keys"]
_ORGANIZATIONS = SQLModel.metadata.tables["organizations"]


@dataclass(frozen=True, slots=True)
class Found:
    """A key that has not been revoked, with its organization."""

    id: str
    name: str
    role: Role
    digest: str
    organization: Organization


async def find(database: Database, organization_id: int, digest: str) -> Found | None:
    """The key as the primary has it: a replica may not know yet that it was revoked."""
    key = _KEYS.c
    statement = (
        select(key.id, key.name, key.role, key.digest, *_ORGANIZATIONS.c)
        .join_from(_KEYS, _ORGANIZATIONS)
        .where(key.organization_id == organization_id, key.digest == digest)
        .where(key.revoked_at.is_(None))
    )
    rows = await database.read_own(statement)
    if not rows:
        return None
    key_id, name, role, kept, *rest = rows[0]
    organization = Organization(**dict(zip(_ORGANIZATIONS.c.keys(), rest, strict=True)))
    return Found(key_id, name, role, kept, organization)


async def of_organization(session: AsyncSession, organization_id: int) -> Sequence[ApiKey]:
    """All that were ever made, oldest first."""
    statement = (
        select(ApiKey)
        .where(col(ApiKey.organization_id) == organization_id)
        .order_by(col(ApiKey.created_at), col(ApiKey.id))
    )
    return (await session.exec(statement)).all()


async def get_locked(session: AsyncSession, organization_id: int, key_id: str) -> ApiKey | None:
    statement = (
        select(ApiKey)
        .where(col(ApiKey.organization_id) == organization_id, col(ApiKey.id) == key_id)
        .with_for_update()
    )
    return (await session.exec(statement)).first()


async def note_used(
    session: AsyncSession, uses: Iterable[tuple[tuple[int, str], datetime]]
) -> None:
    """Keep when each key was used last. Another process may have kept a later time."""
    for (organization_id, key_id), used_at in sorted(uses):
        await session.exec(
            update(ApiKey)
            .where(col(ApiKey.organization_id) == organization_id, col(ApiKey.id) == key_id)
            .where(or_(col(ApiKey.last_used_at).is_(None), col(ApiKey.last_used_at) < used_at))
            .values(last_used_at=used_at)
        )
