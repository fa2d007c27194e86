"""Documents such as nobody writes, drawn by lot from the schema.

Fragments, on interfaces too; directives; variables with defaults, with null, and within lists and
input objects; one list under several names; pages at real cursors; several fields at the root.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    is_leaf_type,
    is_required_argument,
)

from engine.kinds import named
from tests.wild_values import Pool, Values, written

Composite = GraphQLObjectType | GraphQLInterfaceType
PAGING = ("first", "after", "last", "before")


@dataclass
class Document:
    text: str
    variables: dict[str, object]

    def __str__(self) -> str:
        return f"{self.text}\n{self.variables!r}"


@dataclass
class Wild:
    """One document in the making."""

    schema: GraphQLSchema
    pool: Pool
    random: Random
    fragments: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    aliases: int = 0
    # A field without an alias has the same arguments wherever it stands: sets may be merged.
    arguments: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def __post_init__(self) -> None:
        self.values = Values(self.pool, self.random)

    def document(self, root: str = "Query") -> Document:
        kind = self.schema.type_map[root]
        assert isinstance(kind, GraphQLObjectType)
        body = self.set(kind, self.random.choice((4, 5, 6, 7)), self.random.choice((1, 1, 2, 3)))
        variables = self.values.declared()
        definitions = [f"query{variables}{self.directives(on='QUERY')} {body}"]
        definitions += [text for _, text in self.fragments.values()]
        self.random.shuffle(definitions)
        return Document("\n".join(definitions), self.values.given())

    def subscription(self) -> Document:
        """One field that is watched, and whatever is selected of what it tells."""
        told = self.schema.type_map["InvoiceChange"]
        assert isinstance(told, GraphQLObjectType)
        body = self.set(told, self.random.choice((4, 5)), self.random.choice((2, 3, 5)))
        head = f"subscription{self.values.declared()} {{ {self.alias(0.2)}invoiceChanged {body} }}"
        definitions = [head, *(text for _, text in self.fragments.values())]
        return Document("\n".join(definitions), self.values.given())

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def set(self, kind: Composite, depth: int, count: int = 0, *, is_open: bool = False) -> str:
        """What is selected on a type; `is_open` where others are selected on beside it."""
        count = count or self.random.choice((1, 2, 3, 5))
        parts = [self.part(kind, depth, is_open=is_open) for _ in range(count)]
        if kind.name == "Query" and self.chance(0.03):
            parts.append('__type(name: "Invoice") { name }')
        return "{ " + " ".join(parts) + " }"

    def part(self, kind: Composite, depth: int, *, is_open: bool) -> str:
        if isinstance(kind, GraphQLInterfaceType) and depth > 0 and self.chance(0.7):
            on = self.random.choice(self.schema.get_possible_types(kind))
            return self.fragment(on, depth, is_open=True)
        if depth > 0 and self.chance(0.12):
            on = kind
            if isinstance(kind, GraphQLObjectType) and kind.interfaces and self.chance(0.3):
                on = kind.interfaces[0]
            return self.fragment(on, depth, is_open=is_open or on is not kind)
        return self.field(kind, depth, is_open=is_open)

    def fragment(self, on: Composite, depth: int, *, is_open: bool) -> str:
        if self.chance(0.5):
            body = self.set(on, depth - 1, is_open=is_open)
            return f"... on {on.name}{self.directives(on='INLINE_FRAGMENT')} {body}"
        known = [name for name, (type_name, _) in self.fragments.items() if type_name == on.name]
        if known and self.chance(0.4) and not is_open:
            name = self.random.choice(known)
        else:
            body = self.set(on, depth - 1, is_open=is_open)
            name = f"F{len(self.fragments)}"
            self.fragments[name] = (on.name, f"fragment {name} on {on.name} {body}")
        return f"...{name}{self.directives(on='FRAGMENT_SPREAD')}"

    def field(self, kind: Composite, depth: int, *, is_open: bool) -> str:
        name = self.random.choice(("__typename", *self.choices(kind, depth)))
        if name == "__typename":
            return f"{self.alias(0.2)}__typename{self.directives(on='FIELD')}"
        found = kind.fields[name]
        target = named(found.type)
        is_leaf = is_leaf_type(target)
        # Under one name, several types would answer different things.
        alias = self.alias(1.0 if is_open and not is_leaf else 0.15)
        key = (kind.name, name)
        if alias or key not in self.arguments:
            arguments = self.given(kind, name, found)
            if not alias:
                self.arguments[key] = arguments
        else:
            arguments = self.arguments[key]
        if is_open and is_leaf and name != "id" and not alias:
            alias = f"{kind.name.lower()}_{name}: "
        head = f"{alias}{name}{arguments}{self.directives(on='FIELD')}"
        if is_leaf:
            return head
        one = f"{head} {self.set(target, depth - 1, is_open=is_open)}"
        if not self.chance(0.12):
            return one
        # The same once more, with something else selected on it.
        again = self.set(target, depth - 1, is_open=is_open)
        return f"{one} {self.alias(1.0)}{name}{arguments} {again}"

    def choices(self, kind: Composite, depth: int) -> list[str]:
        leaves = [name for name, found in kind.fields.items() if self.is_leaf(found)]
        others = [name for name in kind.fields if name not in leaves]
        if depth <= 0:
            return leaves
        # As often one as the other, where there are both.
        return others if others and (not leaves or self.chance(0.5)) else leaves

    def is_leaf(self, found: GraphQLField) -> bool:
        return is_leaf_type(named(cast("Any", found).type))

    def alias(self, probability: float) -> str:
        if not self.chance(probability):
            return ""
        self.aliases += 1
        return f"a{self.aliases}: "

    def directives(self, *, on: str) -> str:
        if on == "QUERY" or not self.chance(0.12):
            return ""
        name = self.random.choice(("skip", "include"))
        wanted = self.values.of_boolean(mostly=name == "include")
        return f" @{name}(if: {written(wanted)})"

    def given(self, kind: Composite, name: str, found: GraphQLField) -> str:
        """The field's arguments in brackets."""
        place = f"{kind.name}.{name}"
        values = {
            key: self.values.of(
                cast("Any", argument).type, key, place=place, default=argument.default_value
            )
            for key, argument in found.args.items()
            if key not in PAGING and self.is_wanted(argument)
        }
        if "first" in found.args:
            values |= self.values.page(place, values.get("orderBy"))
        return f"({', '.join(f'{key}: {written(one)}' for key, one in values.items())})" * bool(
            values
        )

    def is_wanted(self, argument: GraphQLArgument) -> bool:
        return is_required_argument(argument) or self.chance(0.45)


def wild_document(schema: GraphQLSchema, pool: Pool, seed: int) -> Document:
    return Wild(schema, pool, Random(seed)).document()


def wild_subscription(schema: GraphQLSchema, pool: Pool, seed: int) -> Document:
    return Wild(schema, pool, Random(seed)).subscription()


def wild_requests(
    schema: GraphQLSchema, pool: Pool, seed: int, count: int
) -> tuple[str, list[dict[str, object]]]:
    """One document, with other variables each time."""
    wild = Wild(schema, pool, Random(seed))
    document = wild.document()
    return document.text, [document.variables, *(wild.values.given() for _ in range(count - 1))]
