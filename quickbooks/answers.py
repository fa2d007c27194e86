"""What stands in a good answer of QuickBooks; Retryable where it is not what is documented."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NoReturn, cast

from quickbooks.errors import Retryable
from quickbooks.wire import Reply

Fields = Mapping[str, Any]


class Answer:
    """An object of JSON, with decimals as they are written."""

    def __init__(self, reply: Reply) -> None:
        self._intuit_tid = reply.intuit_tid
        try:
            body: Any = json.loads(
                reply.content,
                parse_float=Decimal,
                parse_constant=lambda _: self._unexpected(),
            )
        except (ValueError, RecursionError):
            self._unexpected()
        self._body = self._fields(body)

    def row(self, entity: str) -> Fields:
        """The one object that was asked for or written."""
        return self._fields(self._body.get(entity))

    def found(self, entity: str) -> Sequence[Fields]:
        """The rows of a query; an answer without any does not name the entity."""
        return self._rows(self._fields(self._body.get("QueryResponse")), entity)

    def changed(
        self, entities: Sequence[str]
    ) -> tuple[dict[str, Sequence[Fields]], dict[str, int]]:
        """Changed rows by entity, and how many there are said to be."""
        [response, *_] = self._list(self._body.get("CDCResponse")) or [None]
        blocks = self._list(self._fields(response).get("QueryResponse"))
        rows: dict[str, Sequence[Fields]] = {entity: [] for entity in entities}
        totals = dict.fromkeys(entities, 0)
        for block in map(self._fields, blocks):
            for entity in block.keys() & totals:
                rows[entity] = [*rows[entity], *self._rows(block, entity)]
                total = block.get("totalCount")
                totals[entity] += total if isinstance(total, int) else 0
        return rows, totals

    def time(self) -> datetime:
        """When it was answered, by QuickBooks' clock."""
        try:
            found = datetime.fromisoformat(self._body["time"])
            return self._unexpected() if found.tzinfo is None else found.astimezone(UTC)
        except (LookupError, TypeError, ValueError, OverflowError):
            self._unexpected()

    def _rows(self, block: Fields, entity: str) -> Sequence[Fields]:
        return [self._fields(row) for row in self._list(block.get(entity, []))]

    def _fields(self, value: object) -> Fields:
        return cast("Fields", value) if isinstance(value, dict) else self._unexpected()

    def _list(self, value: object) -> list[object]:
        return cast("list[object]", value) if isinstance(value, list) else self._unexpected()

    def _unexpected(self) -> NoReturn:
        raise Retryable("QuickBooks answered something unexpected", intuit_tid=self._intuit_tid)
