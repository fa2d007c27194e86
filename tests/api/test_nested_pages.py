"""Lists of many parents at once: each parent's page is as if it were asked for alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.boards import Boards
from tests.relay import Listed, fragment, in_order, invoice_keys, newest_first, totals

pytestmark = pytest.mark.asyncio(loop_scope="session")

ARGUMENTS = "first: $first, after: $after, last: $last, before: $before"
VARIABLES = "$first: Int, $after: String, $last: Int, $before: String"

INVOICES = f"""query ({VARIABLES}, $orderBy: [InvoiceOrder!]) {{ customers(first: 100) {{ nodes {{
    id
    page: invoices(orderBy: $orderBy, {ARGUMENTS}) {{ ...page }}
    oldest: invoices(orderBy: {{ field: createdAt }}, first: 2) {{ nodes {{ id }} }}
    one: invoices(orderBy: $orderBy, first: 1) {{ totalCount a: nodes {{ id }} b: nodes {{ id }} }}
    open: invoices(filter: {{ outstandingBalance: {{ min: 0.01 }} }}, first: 1) {{
        totalCount pageInfo {{ hasNextPage }}
    }}
}} }} }}
{fragment("Invoice")}"""

ORDERS = f"""query ({VARIABLES}) {{ customers(last: 100) {{ edges {{ node {{
    id page: orders({ARGUMENTS}) {{ ...page }}
}} }} }} }}
{fragment("Order")}"""

ACTIVITY = f"""query ({VARIABLES}) {{ invoices(first: 100) {{ nodes {{
    id page: activity({ARGUMENTS}) {{ ...page }}
}} }} }}
{fragment("Activity")}"""

SIZES = st.tuples(st.sampled_from(["first", "last"]), st.integers(1, 12))
PLACES = st.none() | st.integers(0, 500)
SORTS = st.sampled_from(
    [
        [("createdAt", "desc")],
        [("sentAt", "asc"), ("total", "desc")],
        [("customerName", "desc")],
        [("status", "asc"), ("dueDate", "desc"), ("fullId", "asc")],
    ]
)


def page_arguments(
    listed: Listed, size: tuple[str, int], after: int | None, before: int | None
) -> dict[str, Any]:
    cursors = list(listed.cursors.values())
    return {
        size[0]: size[1],
        "after": None if after is None else cursors[after % len(cursors)],
        "before": None if before is None else cursors[before % len(cursors)],
    }


def children(rows: Sequence[Any], key: str, parent_id: str) -> list[Any]:
    return [row for row in rows if getattr(row, key) == parent_id]


def all_cursors(parents: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {
        edge["node"]["id"]: edge["cursor"] for parent in parents for edge in parent["page"]["edges"]
    }


@settings(max_examples=10)
@given(order=SORTS, size=SIZES, after=PLACES, before=PLACES)
async def test_invoices_of_customers(
    boards: Boards,
    order: list[tuple[str, str]],
    size: tuple[str, int],
    after: int | None,
    before: int | None,
) -> None:
    keys = invoice_keys(boards.rows)
    ordered = in_order(boards.rows.invoices, [(keys[field], way) for field, way in order])
    order_by = [{"field": field, "direction": way} for field, way in order]
    all_pages = await boards.execute(INVOICES, orderBy=order_by, first=100)
    listed = Listed(ordered, all_cursors(all_pages["customers"]["nodes"]))
    arguments = page_arguments(listed, size, after, before)

    answer = await boards.execute(INVOICES, orderBy=order_by, **arguments)

    parents = answer["customers"]["nodes"]
    assert len(parents) == len(boards.rows.customers)
    for parent in parents:
        mine = children(ordered, "customer_id", parent["id"])
        page = listed.page(mine, **arguments)
        assert parent["page"] == {**page, "totals": totals(mine)}
        oldest = in_order(mine, [(keys["createdAt"], "asc")])[:2]
        assert parent["oldest"] == {"nodes": [{"id": row.id} for row in oldest]}
        first = [{"id": row.id} for row in mine[:1]]
        assert parent["one"] == {"totalCount": len(mine), "a": first, "b": first}
        count = sum(row.outstanding_balance_cents > 0 for row in mine)
        assert parent["open"] == {"totalCount": count, "pageInfo": {"hasNextPage": count > 1}}


@settings(max_examples=10)
@given(size=SIZES, after=PLACES, before=PLACES)
async def test_orders_of_customers(
    boards: Boards, size: tuple[str, int], after: int | None, before: int | None
) -> None:
    ordered = newest_first(boards.rows.orders)
    everything = (await boards.execute(ORDERS, first=100))["customers"]["edges"]
    listed = Listed(ordered, all_cursors([edge["node"] for edge in everything]))
    arguments = page_arguments(listed, size, after, before)

    answer = await boards.execute(ORDERS, **arguments)

    for edge in answer["customers"]["edges"]:
        mine = children(ordered, "customer_id", edge["node"]["id"])
        assert edge["node"]["page"] == listed.page(mine, **arguments)


@settings(max_examples=8)
@given(size=SIZES, after=PLACES, before=PLACES)
async def test_activity_of_invoices(
    boards: Boards, size: tuple[str, int], after: int | None, before: int | None
) -> None:
    shown = {invoice.id for invoice in boards.rows.invoices}
    ordered = newest_first(row for row in boards.rows.activities if row.invoice_id in shown)
    everything = (await boards.execute(ACTIVITY, first=100))["invoices"]["nodes"]
    listed = Listed(ordered, all_cursors(everything))
    arguments = page_arguments(listed, size, after, before)

    answer = await boards.execute(ACTIVITY, **arguments)

    for parent in answer["invoices"]["nodes"]:
        mine = children(ordered, "invoice_id", parent["id"])
        assert parent["page"] == listed.page(mine, **arguments)


async def test_lists_three_deep(boards: Boards) -> None:
    answer = await boards.execute(
        """{ customers(first: 3) { nodes { id invoices(first: 2) { nodes {
            id activity(first: 1) { nodes { id } totalCount }
            customer { id invoices(last: 1) { nodes { id } } }
        } } } } }"""
    )

    created = invoice_keys(boards.rows)["createdAt"]
    for customer in answer["customers"]["nodes"]:
        of_customer = children(boards.rows.invoices, "customer_id", customer["id"])
        mine = in_order(of_customer, [(created, "desc")])
        expected: list[dict[str, Any]] = []
        for invoice in mine[:2]:
            history = newest_first(children(boards.rows.activities, "invoice_id", invoice.id))
            expected.append(
                {
                    "id": invoice.id,
                    "activity": {
                        "nodes": [{"id": row.id} for row in history[:1]],
                        "totalCount": len(history),
                    },
                    "customer": {
                        "id": customer["id"],
                        "invoices": {"nodes": [{"id": mine[-1].id}]},
                    },
                }
            )
        assert customer["invoices"]["nodes"] == expected
