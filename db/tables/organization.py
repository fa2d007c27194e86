"""An organization and what it keeps once: its counters, idempotency keys and search words."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from db.columns import Id, Instant, Long, LongText, table_name, text
from domain.text import IDEMPOTENCY_KEY_MAX, NAME_MAX, WORD_MAX


class Organization(SQLModel, table=True):
    """The company that bills. Everything else belongs to exactly one."""

    __tablename__ = table_name("organizations")
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "remit_to_address_id"], ["addresses.organization_id", "addresses.id"]
        ),
    )

    id: int = Field(sa_type=Long, primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=text(NAME_MAX))
    time_zone: str = Field(sa_type=text(64))
    currency: str = Field(sa_type=text(3))
    remit_to_address_id: str | None = Field(sa_type=Id, default=None)
    created_at: datetime = Field(sa_type=Instant)


class Counter(SQLModel, table=True):
    """The last number given out. Taken in the transaction that uses it, so there are no gaps."""

    __tablename__ = table_name("counters")
    __table_args__ = (CheckConstraint("value >= 0", name="value"),)

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    name: str = Field(sa_type=text(16), primary_key=True)
    value: int = Field(sa_type=Long)


class IdempotencyKey(SQLModel, table=True):
    """A request that has been done, so that sending it again answers instead of doing it twice."""

    __tablename__ = table_name("idempotency_keys")
    __table_args__ = (Index(None, "created_at"),)

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    key: str = Field(sa_type=text(IDEMPOTENCY_KEY_MAX), primary_key=True)
    input_digest: str = Field(sa_type=text(64))
    result: str = Field(sa_type=LongText)
    created_at: datetime = Field(sa_type=Instant)


class SearchWord(SQLModel, table=True):
    """A word by which a customer, order, invoice or payment is found, and its beginnings with it.

    A plain ordered index answers "begins with" alike on both databases.
    """

    __tablename__ = table_name("search_words")
    __table_args__ = (Index(None, "organization_id", "word", "object_id"),)

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    object_id: str = Field(sa_type=Id, primary_key=True)
    word: str = Field(sa_type=text(WORD_MAX), primary_key=True)
