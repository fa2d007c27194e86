"""What a request selects below a field: fields by name and arguments, fragments resolved."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    get_argument_values,
    get_directive_values,
)
from graphql.execution.values import VariableValues


@dataclass
class Selected:
    """A field of one object type. Aliases of the same field and arguments are one selection."""

    name: str
    arguments: Mapping[str, Any]
    key: str
    nodes: list[FieldNode] = field(default_factory=list[FieldNode])


def key_of(name: str, arguments: Mapping[str, Any]) -> str:
    """The same for two selections that have the same answer."""
    if not arguments:
        return name
    return f"{name}({json.dumps(arguments, default=str, sort_keys=True)})"


@dataclass(frozen=True)
class Selection:
    """An operation's fragments and variables, by which selection sets are read."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    @classmethod
    def of(cls, info: GraphQLResolveInfo[Any]) -> "Selection":
        # Strawberry hands out the plain values; only their coerced form is looked at here.
        coerced = cast("dict[str, Any]", info.variable_values)
        return cls(info.schema, info.fragments, VariableValues(sources={}, coerced=coerced))

    def below(self, parent: GraphQLObjectType, nodes: Iterable[FieldNode]) -> dict[str, Selected]:
        """The fields selected on `parent` in the selection sets of these nodes."""
        found: dict[str, Selected] = {}
        seen: set[str] = set()
        for node in nodes:
            if node.selection_set is not None:
                self._collect(parent, node.selection_set.selections, found, seen)
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
                self._add(parent, node, found)
            elif (fragment := self._fragment(parent, node, seen)) is not None:
                self._collect(parent, fragment.selection_set.selections, found, seen)

    def _add(self, parent: GraphQLObjectType, node: FieldNode, found: dict[str, Selected]) -> None:
        name = node.name.value
        if name.startswith("__"):
            return
        arguments = get_argument_values(parent.fields[name], node, self.variables)
        key = key_of(name, arguments)
        found.setdefault(key, Selected(name, arguments, key)).nodes.append(node)

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
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])
