"""Documents that hypothesis-graphql makes of the published schema, answered alike by all."""

import os
from pathlib import Path

import pytest
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    IntValueNode,
    Node,
    ObjectFieldNode,
    StringValueNode,
    build_schema,
    print_ast,
    visit,
)
from graphql.language.visitor import Visitor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from tests.conftest import TODAY
from tests.depth import depth
from tests.wild import WildData
from tests.wild_values import AMOUNTS

pytestmark = pytest.mark.asyncio(loop_scope="session")

PUBLISHED = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text())
SCALARS = {
    "Decimal": st.sampled_from(AMOUNTS).map(nodes.String) | st.integers(0, 9).map(nodes.Int),
    "Date": st.just(nodes.String(TODAY)) | st.dates().map(nodes.String),
    "DateTime": st.just(nodes.String("2026-03-10T14:05:00.000Z")),
    "CurrencyCode": st.sampled_from(["CAD", "USD", "EUR"]).map(nodes.String),
}
DOCUMENTS: st.SearchStrategy[DocumentNode] = queries(
    PUBLISHED, custom_scalars=SCALARS, allow_x00=False, print_ast=lambda document: document
)
IDS = {"id", "ids", "customerId", "invoiceId"}


class Known(Visitor):
    """Puts ids, cursors and sizes that there are in place of most of what was made up."""

    def __init__(self, wild: WildData, random: st.DataObject) -> None:
        super().__init__()
        self._ids = sorted(one for found in wild.pool.ids.values() for one in found)
        self._cursors = sorted(one for found in wild.pool.cursors.values() for one in found[:2])
        self._data = random
        self._names: list[str] = []
        # Of each field above, whether it asks for the front of a list: then not for the back.
        self._fronts: list[bool] = []

    def enter_field(self, node: FieldNode, *_: object) -> None:
        arguments = {one.name.value: one.value for one in node.arguments or ()}
        self._fronts.append(isinstance(arguments.get("first"), IntValueNode))

    def leave_field(self, *_: object) -> None:
        self._fronts.pop()

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        self._names.append(node.name.value)

    def leave_argument(self, *_: object) -> None:
        self._names.pop()

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        self._names.append(node.name.value)

    def leave_object_field(self, *_: object) -> None:
        self._names.pop()

    def enter_string_value(self, node: StringValueNode, *_: object) -> Node | None:
        return self._instead()

    def enter_int_value(self, node: IntValueNode, *_: object) -> Node | None:
        return self._instead()

    def _instead(self) -> Node | None:
        match self._names[-1]:
            case "last" if self._fronts[-1]:
                return nodes.Null
            case "first" | "last":
                return nodes.Int(self._data.draw(st.sampled_from([1, 2, 3, 5, 25])))
            case "after" | "before":
                cursors = st.sampled_from(self._cursors).map(nodes.String)
                # Those of other lists are refused; of none there is more to see.
                return self._data.draw(st.just(nodes.Null) | st.just(nodes.Null) | cursors)
            case name if name in IDS:
                return nodes.String(self._data.draw(st.sampled_from(self._ids)))
            case _:
                return None


@settings(
    max_examples=depth(75, 500),
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=DOCUMENTS, data=st.data())
async def test_generated_documents_are_answered_alike(
    wild: WildData, document: DocumentNode, data: st.DataObject
) -> None:
    await wild.answers.all(print_ast(visit(document, Known(wild, data))))
