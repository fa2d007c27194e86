"""Statements made once, and then run by the driver alone with other values each time."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Select

from db.database import Database


class Prepared:
    """A statement whose parameters have names. It may take its time."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._compiled = cache(self._compile)

    async def fetch(self, database: Database, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Its rows as the driver makes them, possibly from a replica."""
        return await database.fetch(*self._asked(database, values), is_long=True)

    async def fetch_own(
        self, database: Database, values: Mapping[str, Any]
    ) -> Sequence[Sequence[Any]]:
        """As `fetch`, from the primary."""
        return await database.fetch_own(*self._asked(database, values), is_long=True)

    def _asked(self, database: Database, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        # One dialect for each engine: there are no more of them than databases.
        made = self._compiled(database.dialect)
        args: list[Any] = []
        for name in made.positiontup:
            process = made._bind_processors.get(name)  # noqa: SLF001 - as the engine's plans do
            value = values[name] if name in values else made.params[name]
            args.append(process(value) if process else value)
        return made.string, args

    def _compile(self, dialect: Dialect) -> Any:
        return self._statement.compile(dialect=dialect)
