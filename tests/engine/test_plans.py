"""Plans are kept and found again: by what they depend on, and by nothing else."""

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

import schema
from engine.documents import Documents
from engine.execution import PLANS_MAX, Executor
from engine.limits import Limits
from tests.conftest import TODAY

GRAPH = schema.graphql_schema(schema.build())


class Request:
    """A request to a database without rows, which notes what it is asked for."""

    organization_id = 7

    def __init__(self) -> None:
        self.today: date = TODAY
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def check_may_change(self) -> None:
        """Whoever asks may."""

    async def fetch(
        self, text: str, args: Sequence[Any], *, is_long: bool = False
    ) -> Sequence[Sequence[Any]]:
        self.asked.append((text, tuple(args)))
        return []

    fetch_own = fetch


class Asking(Executor):
    """Counts the plans that it makes."""

    def __init__(self) -> None:
        super().__init__(GRAPH, sqlite.dialect(paramstyle="qmark"), cost_max=10**6)
        self.documents = Documents(GRAPH, Limits())
        self.made = 0

    def planner(self, *args: Any, **rest: Any) -> Any:
        self.made += 1
        return super().planner(*args, **rest)

    async def ask(self, query: str, **variables: Any) -> Request:
        request = Request()
        result = await self.execute(self.documents.operation(query, None), variables, request)
        assert not result.errors
        self.data = result.data
        return request


LIST = """query (
    $first: Int, $after: String, $status: [InvoiceStatus!], $customers: [ID!], $search: String,
    $overdue: Boolean, $order: [InvoiceOrder!], $total: DecimalRange, $with: Boolean = true
) {
    invoices(
        first: $first, after: $after, orderBy: $order,
        filter: {
            status: $status, customerId: $customers, search: $search, isOverdue: $overdue,
            total: $total
        }
    ) { nodes { id total @include(if: $with) } }
}"""


def order(field: str, direction: str = "asc") -> list[dict[str, str]]:
    return [{"field": field, "direction": direction}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({}, {"first": None, "search": None, "total": None}),
        ({"first": 5}, {"first": 7}),
        ({"status": ["sent"]}, {"status": ["paid"]}),
        ({"customers": ["a", "b"]}, {"customers": ["c", "d"]}),
        ({"search": "acme"}, {"search": "zebra"}),
        ({"total": {"min": "1"}}, {"total": {"min": "2.50"}}),
        ({"order": order("total")}, {"order": order("total")}),
        ({"with": True}, {}),
    ],
    ids=str,
)
async def test_other_values_of_the_same_shape_have_the_same_plan(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    executor = Asking()

    first = await executor.ask(LIST, **one)
    again = await executor.ask(LIST, **other)

    assert executor.made == 1
    assert [text for text, _ in again.asked] == [text for text, _ in first.asked]
    fresh = await Asking().ask(LIST, **other)
    assert again.asked == fresh.asked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"first": 5}),
        ({}, {"status": ["sent"]}),
        ({"status": ["sent"]}, {"status": ["paid", "created", "sent"]}),
        ({"customers": []}, {"customers": ["a", "b"]}),
        ({"search": "acme"}, {"search": "acme zebra"}),
        ({"search": "acme"}, {}),
        ({"overdue": True}, {"overdue": False}),
        ({"overdue": True}, {}),
        ({"total": {"min": "1"}}, {"total": {"max": "1"}}),
        ({"total": {"min": "1"}}, {"total": {"min": "1", "max": "1"}}),
        ({"order": order("total")}, {"order": order("total", "desc")}),
        ({"order": order("total")}, {"order": order("status")}),
        ({"order": order("total")}, {"order": order("total") + order("status")}),
        ({"with": True}, {"with": False}),
    ],
    ids=str,
)
async def test_values_of_another_shape_have_another_plan(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    executor = Asking()

    await executor.ask(LIST, **one)
    then = await executor.ask(LIST, **other)
    made = executor.made
    # Both are kept.
    await executor.ask(LIST, **one)
    again = await executor.ask(LIST, **other)

    assert (made, executor.made) == (2, 2)
    fresh = await Asking().ask(LIST, **other)
    assert then.asked == again.asked == fresh.asked


async def test_ids_of_the_same_types_have_the_same_plan() -> None:
    executor = Asking()
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    for ids in (
        ["invoice_1"],
        ["invoice_2", "invoice_3"],
        [],
        ["order_1"],
        ["order_1", "invoice_1"],
    ):
        await executor.ask(query, ids=ids)
        assert executor.data == {"nodes": [None] * len(ids)}

    # Of invoices, of nothing, of orders, of both.
    assert executor.made == 4


async def test_no_parameter_is_of_an_earlier_request() -> None:
    executor = Asking()

    await executor.ask(LIST, search="acme", customers=["first"], first=5, total={"min": "1"})
    then = await executor.ask(LIST, search="zebra", customers=["then"], first=7, total={"min": "2"})

    [(_, args)] = then.asked
    assert executor.made == 1
    assert {"acme", "acmf", "first", 5, 100} & {str(one) for one in args} == set()
    assert 7 in args


async def test_organization_and_day_are_the_request_s() -> None:
    executor = Asking()
    query = "{ invoices(filter: { isOverdue: true }) { totalCount } }"
    operation = executor.documents.operation(query, None)
    other = Request()
    other.organization_id, other.today = 8, date(2027, 1, 1)

    first = await executor.ask(query)
    await executor.execute(operation, None, other)

    assert executor.made == 1
    [(text, args)], [(other_text, other_args)] = first.asked, other.asked
    assert text == other_text
    assert {7, "2026-03-10"} <= {*args, *map(str, args)}
    assert {8, "2027-01-01"} <= {*other_args, *map(str, other_args)}
    assert 7 not in other_args


async def test_plans_of_a_document_are_bounded_and_stay_right() -> None:
    executor = Asking()
    names = "id fullId status total currency version notes".split()
    declared = ", ".join(f"$b{at}: Boolean!" for at in range(len(names)))
    fields = " ".join(f"{name}: __typename @include(if: $b{at})" for at, name in enumerate(names))
    query = f"query ({declared}) {{ __typename {fields} }}"
    choices = list(product([False, True], repeat=len(names)))[: PLANS_MAX + 1]

    async def ask(choice: tuple[bool, ...]) -> None:
        await executor.ask(query, **{f"b{at}": is_in for at, is_in in enumerate(choice)})
        wanted = [name for name, is_in in zip(names, choice, strict=True) if is_in]
        assert list(executor.data) == ["__typename", *wanted]

    for choice in choices[:PLANS_MAX] * 2:
        await ask(choice)
    assert executor.made == PLANS_MAX
    # One more than is kept: all make room.
    await ask(choices[PLANS_MAX])
    await ask(choices[0])
    assert executor.made == PLANS_MAX + 2
    await ask(choices[0])
    assert executor.made == PLANS_MAX + 2


async def test_each_operation_has_its_own_plans() -> None:
    executor = Asking()

    for query in ("{ orders { totalCount } }", "{ orders  { totalCount } }"):
        await executor.ask(query)
        await executor.ask(query)

    assert executor.made == 2
