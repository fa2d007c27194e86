"""Values for arguments, drawn by lot: written in the document, or given as variables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, cast

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    Undefined,
)

from engine.kinds import is_list, is_non_null, item_of
from tests.conftest import TODAY

WORDS = (
    "acme",
    "INVOICE-1",
    "söhne",
    "",
    " ",
    "strasse 100",
    "zebra nord",
    "cust-3 acme",
    "pay",
    "50%",
    "elsewhere",
    "o'brien",
    "a b c d e f g h i j k l m n",
    "😀",
)
FULL_IDS = (
    "INVOICE-1",
    "INVOICE-30",
    "INVOICE-01",
    "INVOICE-1001",
    "INVOICE-100000000000000000000",
    "ORDER-1",
    "ORDER-2",
    "ORDER-39",
    "ORDER-1001",
    "order-1",
    "",
)
DAYS = (-31, -1, 0, 1, 30)
# Ranges mostly end after they begin, some of them long after anything has happened.
ENDS = {"from": (-400, -69, -31, -1, 0), "to": (-31, 0, 0, 1, 30, 400)}
AMOUNTS = ("0", "100", "100.00", "2500.5", "1", "-1", "999999999999.99", "0.001")
MALFORMED = ("", "invoice", "invoice_", "😀", "' OR 1=1 --", "organization_01", "x" * 300)


@dataclass(frozen=True)
class Enum:
    name: str


@dataclass(frozen=True)
class Var:
    name: str


@dataclass(frozen=True)
class Pool:
    """What there is to be asked for."""

    # By the prefix of the id.
    ids: Mapping[str, Sequence[str]]
    # By the field of the list and its order, as it is written.
    cursors: Mapping[tuple[str, str], Sequence[str]]
    # What the argument `orderBy` may be, as it is written.
    orders: Sequence[object] = ()

    def any_id(self, random: Random) -> str:
        return random.choice(self.ids[random.choice(tuple(self.ids))])

    def any_cursor(self, random: Random) -> str:
        return random.choice(self.cursors[random.choice(tuple(self.cursors))])


@dataclass
class Values:
    pool: Pool
    random: Random
    # Each variable as it is declared.
    declarations: list[str] = field(default_factory=list[str])
    # What each may be given, `Undefined` where it is left out.
    draws: dict[str, Callable[[], Any]] = field(default_factory=dict[str, Callable[[], Any]])

    def given(self) -> dict[str, object]:
        """The variables of one request; of another the next time."""
        found = {name: draw() for name, draw in self.draws.items()}
        return {name: value for name, value in found.items() if value is not Undefined}

    def let(self, kind: Any, own: Any, draw: Callable[[], Any]) -> Var:
        """Declare a variable with its default, if any, and say what it may be given."""
        name = f"v{len(self.declarations)}"
        default = "" if own is Undefined else f" = {written(own)}"
        self.declarations.append(f"${name}: {kind}{default}")
        self.draws[name] = draw
        return Var(name)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def declared(self) -> str:
        return f" ({', '.join(self.declarations)})" if self.declarations else ""

    def of(self, kind: Any, name: str, *, place: str, default: Any = Undefined) -> Any:
        """A value, a variable, or something of both."""
        if self.chance(0.25):
            return self.variable(kind, name, place=place, default=default)
        return self.plain(kind, name, place=place, allow_variables=True)

    def variable(self, kind: Any, name: str, *, place: str, default: Any = Undefined) -> Var:
        bare = nullable(kind)
        must = is_non_null(kind)

        def draw(found: Any) -> Any:
            return self.plain(found, name, place=place, allow_variables=False)

        own = draw(GraphQLNonNull(bare)) if self.chance(0.35) else Undefined
        # A nullable variable may stand where null may not, if either has a default.
        is_loose = own is not Undefined or default is not Undefined
        is_strict = (must and not (is_loose and self.chance(0.6))) or self.chance(0.15)
        may_lack = not is_strict or own is not Undefined

        def given() -> Any:
            if may_lack and self.chance(0.3):
                return Undefined
            is_null = not is_strict and self.chance(0.15)
            return None if is_null else jsonable(draw(GraphQLNonNull(bare)))

        return self.let(f"{bare}!" if is_strict else bare, own, given)

    def of_boolean(self, *, mostly: bool) -> Any:
        if not self.chance(0.6):
            return mostly if self.chance(0.85) else not mostly
        has_default = self.chance(0.4)

        def given() -> Any:
            if has_default and self.chance(0.4):
                return Undefined
            return mostly if self.chance(0.8) else not mostly

        own = self.chance(0.5) if has_default else Undefined
        return self.let("Boolean" if has_default else "Boolean!", own, given)

    def plain(self, kind: Any, name: str, *, place: str, allow_variables: bool) -> Any:
        if not is_non_null(kind) and self.chance(0.08):
            return None
        kind = nullable(kind)
        if name == "orderBy" and self.chance(0.8):
            return self.random.choice(self.pool.orders)
        if is_list(kind):
            return self.listed(kind, name, place=place, allow_variables=allow_variables)
        if isinstance(kind, GraphQLInputObjectType):
            return self.object(kind, place=place, allow_variables=allow_variables)
        if isinstance(kind, GraphQLEnumType):
            return Enum(self.random.choice(tuple(kind.values)))
        return self.scalar(kind.name, name)

    def listed(self, kind: Any, name: str, *, place: str, allow_variables: bool) -> Any:
        item = item_of(kind)
        if self.chance(0.05):
            # One that is not in a list is taken as a list of one.
            return self.plain(item, "", place=place, allow_variables=False)
        draw = self.of if allow_variables else self.fixed
        name = name * (name != "orderBy")
        return [draw(item, name, place=place) for _ in range(self.random.choice((0, 1, 1, 2, 3)))]

    def fixed(self, kind: Any, name: str, *, place: str, default: Any = Undefined) -> Any:
        return self.plain(kind, name, place=place, allow_variables=False)

    def object(self, kind: GraphQLInputObjectType, *, place: str, allow_variables: bool) -> Any:
        names = list(kind.fields)
        if kind.is_one_of:
            name = self.random.choice(names)
            only = GraphQLNonNull(kind.fields[name].type)
            if allow_variables and self.chance(0.4):
                # One that can be null is not allowed here.
                draw = partial(self.fixed, only, name, place=place)
                return {name: self.let(only, Undefined, draw)}
            return {name: self.fixed(only, name, place=place)}
        draw = self.of if allow_variables else self.fixed
        wanted = {
            name
            for name, one in kind.fields.items()
            if is_non_null(one.type) and one.default_value is Undefined
        }
        wanted |= set(self.random.sample(names, min(len(names), self.random.choice((0, 1, 1, 2)))))
        return {
            name: draw(one.type, name, place=place, default=one.default_value)
            for name, one in kind.fields.items()
            if name in wanted
        }

    def scalar(self, kind: str, name: str) -> Any:
        choices: dict[str, Callable[[], Any]] = {
            "Date": lambda: self.day(name),
            "Decimal": lambda: self.random.choice(AMOUNTS),
            "CurrencyCode": lambda: self.random.choice(("CAD", "USD", "EUR", "EUR", "XXX")),
            "ID": lambda: self.id(name),
            "Boolean": lambda: self.chance(0.5),
            "Int": self.size,
            "String": lambda: self.random.choice(FULL_IDS if name == "fullId" else WORDS),
        }
        return choices[kind]()

    def day(self, name: str) -> str:
        if self.chance(0.03):
            return self.random.choice(("0001-01-01", "9999-12-31", "2026-02-30"))
        return str(TODAY + timedelta(days=self.random.choice(ENDS.get(name, DAYS))))

    def id(self, name: str) -> str:
        prefix = name.removesuffix("Id")
        if self.chance(0.12):
            return self.random.choice(MALFORMED)
        if prefix in self.pool.ids and self.chance(0.85):
            return self.random.choice(self.pool.ids[prefix])
        return self.pool.any_id(self.random)

    def size(self) -> int:
        return self.random.choice((1, 2, 2, 3, 4, 5, 5, 25) if self.chance(0.97) else (0, -1, 101))

    def page(self, place: str, order: Any) -> dict[str, Any]:
        """The arguments of a page."""
        way = self.random.choice(("first", "first", "first", "last", "last", None))
        names = [way] if way else []
        if self.chance(0.02):
            names = ["first", "last"]
        found = {name: self.number_or_variable() for name in names}
        for name, probability in (("after", 0.3), ("before", 0.15)):
            if self.chance(probability):
                found[name] = self.cursor(place, order)
        return found

    def number_or_variable(self) -> Any:
        if not self.chance(0.3):
            return None if self.chance(0.05) else self.size()

        def given() -> Any:
            if self.chance(0.25):
                return Undefined
            return None if self.chance(0.15) else self.size()

        return self.let("Int", self.size() if self.chance(0.4) else Undefined, given)

    def cursor(self, place: str, order: Any) -> Any:
        known = self.pool.cursors.get((place, written(order)))

        def draw() -> str:
            if known and self.chance(0.95):
                return self.random.choice(known)
            return self.pool.any_cursor(self.random)

        if not self.chance(0.3):
            return draw()
        return self.let("String", Undefined, lambda: None if self.chance(0.1) else draw())


def nullable(kind: Any) -> Any:
    return kind.of_type if is_non_null(kind) else kind


def written(value: Any) -> str:
    """As a document says it."""
    match value:
        case Var(name):
            return f"${name}"
        case Enum(name):
            return name
        case dict():
            fields = cast("dict[str, Any]", value).items()
            return f"{{{', '.join(f'{name}: {written(one)}' for name, one in fields)}}}"
        case list():
            return f"[{', '.join(map(written, cast('list[Any]', value)))}]"
        case _:
            return orjson.dumps(value).decode()


def jsonable(value: Any) -> Any:
    """As the variables of a request say it."""
    match value:
        case Enum(name):
            return name
        case dict():
            fields = cast("dict[str, Any]", value).items()
            return {name: jsonable(one) for name, one in fields}
        case list():
            return [jsonable(one) for one in cast("list[Any]", value)]
        case _:
            return value
