"""Who may use the API."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import Id, Instant, Long, named, table_name, text
from domain.access import Role
from domain.text import NAME_MAX


class ApiKey(SQLModel, table=True):
    """A key that was shown once. Only its digest is kept, by which it is found."""

    __tablename__ = table_name("api_keys")
    __table_args__ = (UniqueConstraint("organization_id", "digest"),)

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    id: str = Field(sa_type=Id, primary_key=True)
    name: str = Field(sa_type=text(NAME_MAX))
    role: Role = Field(sa_type=named(Role))
    # SHA-256: the key has too many bits of chance to be guessed, so no slow hash is needed.
    digest: str = Field(sa_type=text(64))
    created_at: datetime = Field(sa_type=Instant)
    last_used_at: datetime | None = Field(sa_type=Instant, default=None)
    revoked_at: datetime | None = Field(sa_type=Instant, default=None)
