"""From a text to a valid document, once: what has passed is kept for whoever sends it again."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    NonNullTypeNode,
    OperationDefinitionNode,
    StringValueNode,
    ValidationRule,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged as overlapping
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule

from engine import limits as document_limits
from engine.kinds import named
from engine.limits import Limits
from engine.strict_json import is_clean

COUNT_MAX = 1_000
CHARACTERS_MAX = 4_000_000


@dataclass(eq=False)
class Operation:
    """One operation of a valid document. It stays the same object while it is kept."""

    document: DocumentNode
    definition: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    # Room for whoever executes it.
    plans: Any = None

    @property
    def name(self) -> str:
        """Empty where it has none."""
        name = self.definition.name
        return "" if name is None else name.value


class Invalid(Exception):
    """The text is no document, or not one that may be run; each error has its code."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = list(errors)


class CleanText(ValidationRule):
    """Texts in the document are held to the same rule as texts in the variables."""

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if not is_clean(node.value):
            self.report_error(GraphQLError("A text has a NUL or half a character in it", node))


class OneOfVariables(ValidationRule):
    """The variable that a oneOf is given must have a value, in fragments too."""

    def leave_operation_definition(self, node: OperationDefinitionNode, *_: object) -> None:
        definitions = {
            found.variable.name.value: found for found in node.variable_definitions or ()
        }
        for usage in self.context.get_recursive_variable_usages(node):
            parent = named(cast("Any", usage).parent_type)
            name = usage.node.name.value
            if (
                isinstance(parent, GraphQLInputObjectType)
                and parent.is_one_of
                and name in definitions
                and not isinstance(definitions[name].type, NonNullTypeNode)
            ):
                message = f"Variable '${name}' must be non-null to be used in '{parent.name}'"
                self.report_error(GraphQLError(message, [definitions[name], usage.node]))


# What comparing fields of one name may cost, each with each: the library's own limit is a third
# of a second.
overlapping.MAX_COMPLEXITY_BUDGET = 25_000
_ABORTED = "Validation aborted."

# The last is a rule of the library that declares the schema.
_RULES = [*specified_rules, CleanText, OneOfVariables, MaybeNullValidationRule]


class Documents:
    """Valid documents by their text. The ones used longest ago make room for new ones."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._kept: OrderedDict[str, dict[str | None, Operation]] = OrderedDict()
        self._characters = 0
        # How often a document was kept already, and how often it had to be read.
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def operation(self, text: str, name: str | None) -> Operation:
        """The operation of that name, or the only one where none is given."""
        operations = self._kept.get(text)
        if operations is None:
            operations = self.read(text)
        else:
            self._kept.move_to_end(text)
            self.hits += 1
        found = operations.get(name)
        if found is None:
            raise Invalid([_unclear()])
        return found

    def read(self, text: str) -> dict[str | None, Operation]:
        """The document's operations by name, checked and kept. A single one has no need of it."""
        self.misses += 1
        document = self._valid(text)
        fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        operations: dict[str | None, Operation] = {}
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                name = definition.name.value if definition.name else None
                operations[name] = Operation(document, definition, fragments)
        if len(operations) == 1:
            operations[None] = next(iter(operations.values()))
        self._keep(text, operations)
        return operations

    def _valid(self, text: str) -> DocumentNode:
        limits = self._limits
        try:
            document = parse(
                text,
                no_location=False,
                max_lexical_tokens=limits.tokens,
                max_comments=limits.comments,
                max_source_length=limits.source_characters,
                allow_empty_selection_sets=False,
            )
            document_limits.check(document, limits)
        except GraphQLSyntaxError as error:
            raise Invalid([_coded(error, "GRAPHQL_PARSE_FAILED")]) from None
        except GraphQLError as error:
            raise Invalid([error]) from None
        errors = validate(
            self._schema,
            document,
            _RULES,
            max_errors=limits.errors,
            allow_empty_selection_sets=False,
        )
        if errors:
            shown = errors[: limits.errors]
            raise Invalid([_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in shown])
        return document

    def _keep(self, text: str, operations: dict[str | None, Operation]) -> None:
        if text not in self._kept:
            self._characters += len(text)
        self._kept[text] = operations
        while len(self._kept) > COUNT_MAX or self._characters > CHARACTERS_MAX:
            oldest, _ = self._kept.popitem(last=False)
            self._characters -= len(oldest)


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {**(error.extensions or {}), "code": code}
    if error.message == _ABORTED:
        error.message = "The document selects fields of one name too often to compare them all"
    return error


def _unclear() -> GraphQLError:
    return GraphQLError(
        "The operationName must name one of the document's operations",
        extensions={"code": "OPERATION_RESOLUTION_FAILURE"},
    )
