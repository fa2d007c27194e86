"""What a plan has loaded: rows with their related rows, and pages of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import cursors


@dataclass(slots=True)
class Loaded:
    """One object: its values by name, its relations by selection key."""

    type_name: str
    values: Mapping[str, Any]
    related: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(slots=True)
class Page:
    """A part of a list, in order."""

    order: str
    nodes: Sequence[Loaded] = ()
    places: Sequence[Sequence[Any]] = ()
    has_next: bool = False
    has_previous: bool = False
    total_count: int = 0
    totals: Sequence[Loaded] = ()

    def cursor(self, index: int) -> str:
        return cursors.encode(self.order, self.places[index])

    @property
    def page_info(self) -> dict[str, Any]:
        return {
            "hasNextPage": self.has_next,
            "hasPreviousPage": self.has_previous,
            "startCursor": self.cursor(0) if self.nodes else None,
            "endCursor": self.cursor(len(self.nodes) - 1) if self.nodes else None,
        }

    @property
    def edges(self) -> list[dict[str, Any]]:
        return [{"cursor": self.cursor(index), "node": row} for index, row in enumerate(self.nodes)]
