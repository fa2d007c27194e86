"""The query language: one table, conditions joined by AND, order, and a page."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from .clock import moment_of
from .faults import Refusal

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<operator><=|>=|=|<|>)|(?P<mark>[(),*])"
    r"|(?P<word>[A-Za-z0-9_.+:-]+))"
)
Part = TypeVar("Part")
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
NUMBERS = {"STARTPOSITION": (1, None), "MAXRESULTS": (1, 1000)}


@dataclass
class Condition:
    name: str
    operator: str
    values: list[str]


@dataclass
class Query:
    """What a text asks for."""

    kind: str
    is_count: bool = False
    where: list[Condition] = field(default_factory=list[Condition])
    order: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    start: int = 1
    most: int = 100


def syntax(near: str) -> Refusal:
    return Refusal("4000", f'QueryParserError: Encountered " <INTEGER> "{near} "" at line 1')


def invalid(detail: str) -> Refusal:
    return Refusal("4001", f"QueryValidationError: {detail}")


class Reader:
    """The words of a query, from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        text = text.strip().rstrip(";")
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise syntax(text[place : place + 10])
            self._tokens.append((str(found.lastgroup), found.group().strip()))
            place = found.end()
        self._place = 0

    def peek(self) -> str:
        return self._tokens[self._place][1] if self._place < len(self._tokens) else ""

    def take(self, kind: str = "") -> str:
        if self._place >= len(self._tokens) or (kind and self._tokens[self._place][0] != kind):
            raise syntax(self.peek())
        self._place += 1
        return self._tokens[self._place - 1][1]

    def skip(self, *words: str) -> bool:
        """Whether these words come next; they are taken if so."""
        ahead = [text.upper() for _, text in self._tokens[self._place :][: len(words)]]
        if ahead != [*words]:
            return False
        self._place += len(words)
        return True

    def expect(self, *words: str) -> None:
        if not self.skip(*words):
            raise syntax(self.peek())

    def value(self) -> str:
        """A text in apostrophes, which a backslash escapes, or a plain word."""
        text = self.peek()
        if text.startswith("'"):
            self.take("text")
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        return self.take("word")


def parsed(text: str) -> Query:
    reader = Reader(text)
    reader.expect("SELECT")
    is_count = reader.skip("COUNT", "(", "*", ")")
    if not is_count:
        reader.expect("*")
        # Of names beside the asterisk one knows only that they are taken, as in `*, Sku`.
        while reader.skip(","):
            reader.take("word")
    reader.expect("FROM")
    query = Query(reader.take("word"), is_count)
    if reader.skip("WHERE"):
        query.where = _several(reader, "AND", _condition)
    if reader.skip("ORDERBY") or reader.skip("ORDER", "BY"):
        query.order = _several(reader, ",", _order)
    if reader.skip("STARTPOSITION"):
        query.start = _bounded(reader, "STARTPOSITION")
    if reader.skip("MAXRESULTS"):
        query.most = _bounded(reader, "MAXRESULTS")
    if reader.peek():
        raise syntax(reader.peek())
    return query


def _several(reader: Reader, joint: str, part: Callable[[Reader], Part]) -> list[Part]:
    found = [part(reader)]
    while reader.skip(joint):
        found.append(part(reader))
    return found


def _condition(reader: Reader) -> Condition:
    name = reader.take("word")
    if reader.skip("IN"):
        reader.expect("(")
        values = _several(reader, ",", Reader.value)
        reader.expect(")")
        return Condition(name, "IN", values)
    if reader.skip("LIKE"):
        return Condition(name, "LIKE", [reader.value()])
    return Condition(name, reader.take("operator"), [reader.value()])


def _order(reader: Reader) -> tuple[str, bool]:
    name = reader.take("word")
    is_down = reader.skip("DESC")
    if not is_down:
        reader.skip("ASC")
    return name, is_down


def _bounded(reader: Reader, name: str) -> int:
    text = reader.take("word")
    if not text.isdecimal():
        raise syntax(text)
    least, most = NUMBERS[name]
    value = int(text)
    if value < least:
        raise invalid(f"{name} value {value} is too small. Min allowed value is {least}.")
    if most is not None and value > most:
        raise invalid(f"{name} value {value} is too large. Max allowed value is {most}.")
    return value


def holds(condition: Condition, value: Any) -> bool:
    """Whether a record's value meets it; a missing value meets nothing."""
    if value is None:
        return False
    if condition.operator == "LIKE":
        pattern = ".*".join(map(re.escape, condition.values[0].split("%")))
        return re.fullmatch(pattern, str(value), re.IGNORECASE | re.DOTALL) is not None
    compared = [_like(value, text) for text in condition.values]
    mine = key(value)
    if condition.operator in COMPARED:
        return COMPARED[condition.operator](mine, compared[0])
    return mine in compared


def key(value: Any) -> Any:
    """By what values of one kind compare: times as times, texts without regard to case."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal | int | datetime):
        return value
    return str(value).lower()


def _like(value: Any, text: str) -> Any:
    """The query's text as what it is compared with."""
    try:
        if isinstance(value, datetime):
            return moment_of(text)
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return Decimal(text)
    except (ValueError, InvalidOperation):
        raise invalid(f"value {text} is not valid.") from None
    return text.lower()
