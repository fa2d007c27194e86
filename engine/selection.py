"""What a request selects below a field: by response key, fragments and directives resolved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLBoolean,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    print_ast,
)

from engine.given import MISSING, Decisions, given


@dataclass
class Selected:
    """A field under one response key. Those with the same `key` have the same answer."""

    name: str
    key: str
    nodes: list[FieldNode] = field(default_factory=list[FieldNode])

    @property
    def sets(self) -> list[SelectionSetNode]:
        return [node.selection_set for node in self.nodes if node.selection_set is not None]


@dataclass(frozen=True)
class Selection:
    """An operation's fragments, by which selection sets are read."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    decisions: Decisions

    def below(
        self, parent: GraphQLObjectType, sets: Iterable[SelectionSetNode]
    ) -> dict[str, Selected]:
        """The fields selected on `parent` in these selection sets, by response key."""
        found: dict[str, Selected] = {}
        seen: set[str] = set()
        for one in sets:
            self._collect(parent, one.selections, found, seen)
        return found

    def _collect(
        self,
        parent: GraphQLObjectType,
        nodes: Sequence[SelectionNode],
        found: dict[str, Selected],
        seen: set[str],
    ) -> None:
        for node in nodes:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                _add(node, found)
            elif (fragment := self._fragment(parent, node, seen)) is not None:
                self._collect(parent, fragment.selection_set.selections, found, seen)

    def _fragment(
        self, parent: GraphQLObjectType, node: SelectionNode, seen: set[str]
    ) -> InlineFragmentNode | FragmentDefinitionNode | None:
        """The fragment that this node brings in, unless it is on another type or came before."""
        fragment: InlineFragmentNode | FragmentDefinitionNode | None = None
        if isinstance(node, InlineFragmentNode):
            fragment = node
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            fragment = self.fragments[node.name.value]
        if fragment is None or not self._applies(parent, fragment):
            return None
        return fragment

    def _applies(
        self, parent: GraphQLObjectType, fragment: InlineFragmentNode | FragmentDefinitionNode
    ) -> bool:
        condition = fragment.type_condition
        if condition is None or condition.name.value == parent.name:
            return True
        on = self.schema.type_map[condition.name.value]
        return isinstance(on, GraphQLInterfaceType) and self.schema.is_sub_type(on, parent)

    def _is_included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            name = directive.name.value
            if name not in {"skip", "include"}:
                continue
            condition = next(iter(directive.arguments or ())).value
            wanted = given(condition, GraphQLNonNull(GraphQLBoolean), MISSING, self.decisions)
            if wanted.ask(bool) is (name == "skip"):
                return False
        return True


def _add(node: FieldNode, found: dict[str, Selected]) -> None:
    response_key = node.alias.value if node.alias else node.name.value
    if response_key not in found:
        name = node.name.value
        arguments = sorted(print_ast(argument) for argument in node.arguments or ())
        found[response_key] = Selected(name, f"{name}({', '.join(arguments)})")
    found[response_key].nodes.append(node)
