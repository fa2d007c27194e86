"""How large a document may be, counted before it is validated and in one walk over it.

Validating costs up to the square of a document, and fragments that spread each other double it at
every step. So each fragment is counted once, and a count beyond its limit is refused at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

_INTROSPECTION = {"__schema", "__type"}


@dataclass(frozen=True)
class Limits:
    """Each is the largest number that passes; fragments count wherever they are spread."""

    # Tokens bound the work; this bounds what lies between them.
    source_characters: int = 100_000
    tokens: int = 2_000
    comments: int = 200
    operations: int = 20
    depth: int = 12
    # GraphiQL's own introspection query is 14 deep.
    introspection_depth: int = 15
    # Of sets in sets, fragments counted too: what bounds recursion, here and later.
    nesting: int = 50
    fields: int = 2_000
    aliases: int = 50
    root_fields: int = 20
    selections: int = 100
    directives: int = 50
    errors: int = 5


def check(document: DocumentNode, limits: Limits) -> int:
    """Raise the first limit that the document exceeds; answers how many nodes it looked at."""
    definitions = document.definitions
    operations = [node for node in definitions if isinstance(node, OperationDefinitionNode)]
    _refuse("operations", len(operations), limits.operations)
    counting = _Counting(limits, [x for x in definitions if isinstance(x, FragmentDefinitionNode)])
    for operation in operations:
        counts = counting.of_set(operation.selection_set, 1)
        _refuse("root fields", counts.selections, limits.root_fields)
        # Only here is it known whether a field is below `__schema`.
        _refuse("levels of fields", counts.depth, limits.depth)
        _refuse("levels of introspection", counts.introspection_depth, limits.introspection_depth)
        directives = counts.directives + len(operation.directives or ())
        for variable in operation.variable_definitions or ():
            directives += len(variable.directives or ())
        _refuse("directives", directives, limits.directives)
    for name in counting.fragments:
        counting.of_fragment(name, 1)
    return counting.visited


class _Counts(NamedTuple):
    """What stands in a set of selections, and in all sets below."""

    selections: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0
    introspection_depth: int = 0
    nesting: int = 0


_NOTHING = _Counts()


class _Counting:
    def __init__(self, limits: Limits, fragments: Iterable[FragmentDefinitionNode]) -> None:
        self.limits = limits
        self.fragments = {fragment.name.value: fragment for fragment in fragments}
        self.visited = 0
        self._counted: dict[str, _Counts] = {}

    def of_set(self, node: SelectionSetNode | None, level: int) -> _Counts:
        if node is None:
            return _NOTHING
        _refuse("levels of selections and fragments", level, self.limits.nesting)
        counts = _NOTHING
        for selection in node.selections:
            self.visited += 1
            counts = _sum(counts, self._of_selection(selection, level))
        counts = counts._replace(nesting=counts.nesting + 1)
        self._check(counts)
        return counts

    def of_fragment(self, name: str, level: int) -> _Counts:
        """Nothing where the fragment is unknown or spreads itself: validation says so."""
        if name not in self._counted:
            self._counted[name] = _NOTHING
            fragment = self.fragments.get(name)
            if fragment is not None:
                counts = self.of_set(fragment.selection_set, level)
                self._counted[name] = _with_directives(counts, fragment)
        return self._counted[name]

    def _of_selection(self, selection: SelectionNode, level: int) -> _Counts:
        if isinstance(selection, FragmentSpreadNode):
            counts = self.of_fragment(selection.name.value, level + 1)
        else:
            below: SelectionSetNode | None = getattr(selection, "selection_set", None)
            counts = self.of_set(below, level + 1)
        if isinstance(selection, FieldNode):
            counts = _field(selection, counts)
        return _with_directives(counts, selection)

    def _check(self, counts: _Counts) -> None:
        limits = self.limits
        _refuse("selections in one set", counts.selections, limits.selections)
        _refuse("fields", counts.fields, limits.fields)
        _refuse("aliases", counts.aliases, limits.aliases)
        _refuse("directives", counts.directives, limits.directives)
        _refuse("levels of selections and fragments", counts.nesting, limits.nesting)


def _field(node: FieldNode, below: _Counts) -> _Counts:
    is_introspection = node.name.value in _INTROSPECTION
    deep = below.depth + 1
    return below._replace(
        selections=1,
        fields=below.fields + 1,
        aliases=below.aliases + (node.alias is not None),
        depth=1 if is_introspection else deep,
        introspection_depth=deep if is_introspection else below.introspection_depth,
    )


def _with_directives(counts: _Counts, node: SelectionNode | FragmentDefinitionNode) -> _Counts:
    more = len(node.directives or ())
    return counts._replace(directives=counts.directives + more) if more else counts


def _sum(one: _Counts, other: _Counts) -> _Counts:
    return _Counts(
        one.selections + other.selections,
        one.fields + other.fields,
        one.aliases + other.aliases,
        one.directives + other.directives,
        max(one.depth, other.depth),
        max(one.introspection_depth, other.introspection_depth),
        max(one.nesting, other.nesting),
    )


def _refuse(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise GraphQLError(
            f"The document has more than {limit:,} {what}",
            extensions={"code": "GRAPHQL_VALIDATION_FAILED"},
        )
