"""What a request gives to a plan that is made once and used again.

A plan is made while looking at one request's variables, and serves every later request that would
have led to the same plan. So whoever plans never takes a value as it is: a value either becomes a
parameter of a statement, read anew in each request, or answers a question ("is it null?") that
the plan remembers.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar, cast

import graphql.utilities
from graphql import ListValueNode, ObjectValueNode, Undefined, ValueNode, VariableNode

from engine.errors import BadUserInput
from engine.kinds import is_list, is_non_null, item_of, named

Variables = Mapping[str, Any]
Read = Callable[[Variables], Any]
H = TypeVar("H", bound=Hashable)

# It does not say which types its types are made of.
_utilities: Any = graphql.utilities


class Missing:
    """What stands where the request gives nothing, not even null."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


class Decisions:
    """The questions that a plan depends on, in the order in which they were asked."""

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self.made: list[tuple[Read, Hashable]] = []


class Given:
    """A value of the request: what it is now, and how to read it in another request.

    `read` is None for what the document itself says, which is the same in every request.
    """

    __slots__ = ("_decisions", "_parts", "_read", "now")

    def __init__(
        self,
        now: Any,
        read: Read | None,
        decisions: Decisions,
        parts: "Mapping[str, Given] | None" = None,
    ) -> None:
        self.now = now
        self._read = read
        self._decisions = decisions
        self._parts = parts

    @property
    def is_constant(self) -> bool:
        return self._read is None

    def read(self, convert: Callable[[Any], Any] | None = None) -> Read:
        """How to find the value in a request's variables."""
        read = self._read
        if read is None:
            found = self.now if convert is None else convert(self.now)
            return lambda _: found
        return read if convert is None else (lambda variables: convert(read(variables)))

    def ask(self, question: Callable[[Any], H]) -> H:
        """Let the plan depend on this much of the value."""
        answer = question(self.now)
        if self._read is not None:
            self._decisions.made.append((self.read(question), answer))
        return answer

    def settle(self) -> Any:
        """Let the plan depend on all of the value."""
        self.ask(_frozen)
        return None if self.now is MISSING else self.now

    @property
    def is_null(self) -> bool:
        """It is null or not there, which is the same for filters, sizes and cursors."""
        return self.ask(_is_null)

    def names(self) -> tuple[str, ...]:
        """The fields of an input object that are not null."""
        if self._parts is None:
            return self.ask(_names)
        return tuple(name for name, part in self._parts.items() if not part.is_null)

    def __getitem__(self, name: str) -> "Given":
        """A field of an input object that is there."""
        if self._parts is not None:
            return self._parts[name]
        read = self._read
        deeper: Read | None = None if read is None else lambda variables: read(variables)[name]
        return Given(self.now[name], deeper, self._decisions)


def given(node: ValueNode | None, kind: Any, default: Any, decisions: Decisions) -> Given:
    """The value of an argument, or of an input object's field."""
    if node is None:
        return Given(default, None, decisions)
    if isinstance(node, VariableNode):
        return _variable(node.name.value, kind, default, decisions)
    if not _has_variables(node):
        return _literal(node, kind, decisions)
    if is_list(kind):
        return _list(node, kind, decisions)
    return _object(cast("ObjectValueNode", node), kind, decisions)


def _variable(name: str, kind: Any, default: Any, decisions: Decisions) -> Given:
    # A variable that has a default, or stands where there is one, may be null nevertheless.
    is_required = is_non_null(kind)

    def read(variables: Variables) -> Any:
        value = variables.get(name, default)
        if value is None and is_required:
            raise BadUserInput(f"${name} is null where that is not allowed")
        return value

    return Given(read(decisions.variables), read, decisions)


def _literal(node: ValueNode, kind: Any, decisions: Decisions) -> Given:
    value = _utilities.coerce_input_literal(node, kind)
    if value is Undefined:
        raise BadUserInput("An argument has a value that it cannot have")
    return Given(value, None, decisions)


def _object(node: ObjectValueNode, kind: Any, decisions: Decisions) -> Given:
    fields: Mapping[str, Any] = named(kind).fields
    nodes = {field.name.value: field.value for field in node.fields}
    parts = {
        name: given(nodes.get(name), field.type, _default(field), decisions)
        for name, field in fields.items()
    }

    def read(variables: Variables) -> dict[str, Any]:
        found = {name: part.read()(variables) for name, part in parts.items()}
        return {name: value for name, value in found.items() if value is not MISSING}

    return Given(read(decisions.variables), read, decisions, parts)


def _list(node: ValueNode, kind: Any, decisions: Decisions) -> Given:
    # A list may be written as its only item.
    nodes = node.values if isinstance(node, ListValueNode) else (node,)
    items = [given(item, item_of(kind), None, decisions).read() for item in nodes]

    def read(variables: Variables) -> list[Any]:
        return [item(variables) for item in items]

    return Given(read(decisions.variables), read, decisions)


def _default(field: Any) -> Any:
    return MISSING if field.default_value is Undefined else field.default_value


def _has_variables(node: ValueNode) -> bool:
    if isinstance(node, ObjectValueNode):
        return any(_has_variables(field.value) for field in node.fields)
    if isinstance(node, ListValueNode):
        return any(_has_variables(item) for item in node.values)
    return isinstance(node, VariableNode)


def _is_null(value: Any) -> bool:
    return value is None or value is MISSING


def _names(value: Any) -> tuple[str, ...]:
    if _is_null(value):
        return ()
    return tuple(sorted(name for name, part in value.items() if not _is_null(part)))


def _frozen(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        return tuple((name, _frozen(part)) for name, part in entries.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_frozen(part) for part in cast("Sequence[Any]", value))
    return cast("Hashable", value)
