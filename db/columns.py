"""Column types that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    SmallInteger,
    String,
    Text,
    TypeDecorator,
)
from sqlmodel import SQLModel

# One naming rule for constraints, so that migrations can name what they drop. It stands here
# because every table imports its column types first.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

E = TypeVar("E", bound=StrEnum)

# Room for the longest spelling of an enum's member.
NAMED_MAX = 32


def table_name(name: str) -> Any:
    """A table's name; SQLModel's own signature knows only the name it would choose itself."""
    return name


def text(length: int) -> Any:
    """Text compared byte by byte, as SQLite does, so that both databases sort alike."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


Id = text(40)
Long = BigInteger
Day = Date
LongText = Text


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, to the millisecond.

    SQLite has no such type: there it is RFC 3339 text, which sorts by time.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        kind: Any = String(24) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return f"{moment.isoformat(timespec='milliseconds').removesuffix('+00:00')}Z"

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """PostgreSQL's driver answers instants as they are: nothing is to be called for each."""
        return _instant_from_text if dialect.name == "sqlite" else None


def _instant_from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


class Named(TypeDecorator[E], Generic[E]):
    """An enum kept as its documented spelling (`partiallyPaid`)."""

    impl = String(NAMED_MAX)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    @property
    def python_type(self) -> type[E]:
        return self.kind

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(
            String(NAMED_MAX, collation="C" if dialect.name == "postgresql" else None)
        )

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> E | None:
        return None if value is None else self.kind(value)


class Ranked(TypeDecorator[E], Generic[E]):
    """An enum kept as its place in the declaration, so that SQL sorts it in that order."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._members: tuple[E, ...] = tuple(kind)
        self._ranks = {member: rank for rank, member in enumerate(kind)}

    @property
    def python_type(self) -> type[E]:
        return self.kind

    def process_bind_param(self, value: E | None, dialect: Dialect) -> int | None:
        return None if value is None else self._ranks[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> E | None:
        return None if value is None else self._members[value]


def named(kind: type[StrEnum]) -> Any:
    """A column of `Named`; SQLModel's own signature knows only plain types."""
    return Named(kind)


def ranked(kind: type[StrEnum]) -> Any:
    return Ranked(kind)
