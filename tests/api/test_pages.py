"""Pages of invoices against the Relay specification's algorithm on a list sorted in Python."""

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.boards import Boards
from tests.relay import Listed, fragment, in_order, invoice_keys, totals

pytestmark = pytest.mark.asyncio(loop_scope="session")

Order = list[tuple[str, str]]

PAGE = f"""query (
    $orderBy: [InvoiceOrder!], $first: Int, $after: String, $last: Int, $before: String
) {{
    invoices(
        orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before
    ) {{ ...page }}
}}
{fragment("Invoice")}"""

FIELDS = st.sampled_from(
    "fullId status customerName invoiceDate dueDate sentAt total amountPaid outstandingBalance "
    "createdAt".split()
)
ORDERS = st.lists(st.tuples(FIELDS, st.sampled_from(["asc", "desc"])), max_size=3)
# Which cursor to give for the next page, where it stands, and what says that there is one.
WAYS = {
    "first": ("after", "endCursor", "hasNextPage"),
    "last": ("before", "startCursor", "hasPreviousPage"),
}
PLACES = st.none() | st.integers(0, 200)


def order_by(order: Order) -> list[dict[str, str]]:
    return [{"field": field, "direction": direction} for field, direction in order]


async def listed(boards: Boards, order: Order) -> Listed:
    """All invoices in this order, as Python sorts them, with the cursors that the API gives."""
    keys = invoice_keys(boards.rows)
    wanted = order or [("createdAt", "desc")]
    expected = in_order(boards.rows.invoices, [(keys[field], way) for field, way in wanted])
    answer = await boards.execute(PAGE, orderBy=order_by(order), first=100)
    edges = answer["invoices"]["edges"]
    assert [edge["node"]["id"] for edge in edges] == [row.id for row in expected]
    return Listed(expected, {edge["node"]["id"]: edge["cursor"] for edge in edges})


@settings(max_examples=40)
@given(
    order=ORDERS,
    size=st.integers(1, 70),
    way=st.sampled_from(["first", "last", "neither"]),
    places=st.tuples(PLACES, PLACES),
)
async def test_page_is_what_the_specification_says(
    boards: Boards, order: Order, size: int, way: str, places: tuple[int | None, int | None]
) -> None:
    everything = await listed(boards, order)
    cursors = [everything.cursors[row.id] for row in everything.everything]
    after, before = (None if place is None else cursors[place % len(cursors)] for place in places)
    arguments: dict[str, Any] = {
        "first": size if way == "first" else None,
        "last": size if way == "last" else None,
        "after": after,
        "before": before,
    }

    answer = await boards.execute(PAGE, orderBy=order_by(order), **arguments)

    assert answer["invoices"] == {
        **everything.page(everything.everything, **arguments),
        "totals": totals(boards.rows.invoices),
    }


@pytest.mark.parametrize(
    "order",
    [
        [],
        [("sentAt", "asc")],
        [("sentAt", "desc"), ("total", "asc")],
        [("customerName", "asc"), ("status", "desc"), ("sentAt", "asc")],
        [("status", "desc"), ("outstandingBalance", "desc")],
    ],
)
@pytest.mark.parametrize("size", WAYS)
async def test_walk_meets_every_invoice_once(boards: Boards, order: Order, size: str) -> None:
    cursor, edge, has_more = WAYS[size]
    everything = await listed(boards, order)
    met: list[str] = []
    arguments: dict[str, Any] = {size: 7}
    while True:
        answer = await boards.execute(PAGE, orderBy=order_by(order), **arguments)
        shown = [node["id"] for node in answer["invoices"]["nodes"]]
        met = met + shown if size == "first" else shown + met
        info = answer["invoices"]["pageInfo"]
        if not info[has_more]:
            break
        arguments[cursor] = info[edge]

    assert met == [row.id for row in everything.everything]


async def test_default_is_25_newest_first(boards: Boards) -> None:
    everything = await listed(boards, [])

    answer = await boards.execute("{ invoices { nodes { id } pageInfo { hasNextPage } } }")

    expected = [{"id": row.id} for row in everything.everything[:25]]
    assert answer["invoices"] == {"nodes": expected, "pageInfo": {"hasNextPage": True}}


async def test_parts_asked_for_alone_say_the_same(boards: Boards) -> None:
    whole = (await boards.execute(PAGE, last=3))["invoices"]

    for part in (
        "totalCount",
        "pageInfo { hasNextPage }",
        "pageInfo { hasPreviousPage }",
        "pageInfo { startCursor }",
        "edges { cursor }",
        "totals { count currency }",
    ):
        answer = await boards.execute(f"{{ invoices(last: 3) {{ {part} }} }}")
        [(name, found)] = answer["invoices"].items()
        assert found == _picked(whole[name], found)


async def test_aliases_and_fragments_share_a_page(boards: Boards) -> None:
    whole = (await boards.execute(PAGE, first=4))["invoices"]

    answer = await boards.execute(
        """{ invoices(first: 4) {
            a: nodes { number: fullId } b: nodes { id } nodes { id fullId }
            x: edges { node { id } } edges { c: cursor } ...more
            one: totalCount two: totalCount info: pageInfo { hasNextPage } pageInfo { endCursor }
        } }
        fragment more on InvoiceConnection { x: edges { at: cursor node { fullId } } }"""
    )

    page = answer["invoices"]
    ids = [node["id"] for node in whole["nodes"]]
    assert [node["id"] for node in page["b"]] == ids
    assert page["nodes"] == [
        {"id": row_id, "fullId": a["number"]} for row_id, a in zip(ids, page["a"], strict=True)
    ]
    assert page["x"] == [
        {"node": {"id": row["id"], "fullId": row["fullId"]}, "at": edge["c"]}
        for row, edge in zip(page["nodes"], page["edges"], strict=True)
    ]
    assert page["one"] == page["two"] == len(boards.rows.invoices)
    assert page["info"] == {"hasNextPage": True}
    assert page["pageInfo"] == {"endCursor": whole["pageInfo"]["endCursor"]}


def _picked(whole: Any, shape: Any) -> Any:
    """The parts of `whole` that `shape` has."""
    match shape:
        case dict():
            parts = cast("dict[str, Any]", shape)
            return {name: _picked(whole[name], part) for name, part in parts.items()}
        case list():
            rows = zip(whole, cast("list[Any]", shape), strict=True)
            return [_picked(one, part) for one, part in rows]
        case _:
            return whole
