"""What is kept from one test to the next: making it anew took half the time of most of them."""

from typing import Any

import pytest
from graphql import DocumentNode
from sqlalchemy import util
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from db import database
from engine.documents import Documents

_STATEMENTS_MAX = 5_000


def share_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQL that was compiled for one database serves all of its kind.

    SQLAlchemy keeps it by engine and dialect, of which each test has its own.
    """
    for kind in (PGDialect_asyncpg, SQLiteDialect_aiosqlite):
        monkeypatch.setattr(kind, "__eq__", _is_of_one_kind)
        monkeypatch.setattr(kind, "__hash__", _hash_of_kind)
    made: Any = vars(database)["_engine"]
    kept: dict[str, Any] = {}

    def engine(url: str, pool_size: int) -> AsyncEngine:
        found: AsyncEngine = made(url, pool_size)
        cache = kept.setdefault(found.dialect.name, util.LRUCache[Any, Any](_STATEMENTS_MAX))
        found.update_execution_options(compiled_cache=cache)
        return found

    monkeypatch.setattr(database, "_engine", engine)


def _is_of_one_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_kind(one: object) -> int:
    return hash(type(one))


def share_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that was valid for one server is so for all over the same schema and limits."""
    validated: Any = vars(Documents)["_valid"]
    kept: dict[tuple[Any, Any, str], DocumentNode] = {}

    def valid(self: Any, text: str) -> DocumentNode:
        key = (self._schema, self._limits, text)
        if key not in kept:
            kept[key] = validated(self, text)
        return kept[key]

    monkeypatch.setattr(Documents, "_valid", valid)
