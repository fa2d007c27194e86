"""How many statements an operation takes does not depend on how many rows there are."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from db.database import Database
from tests.client import Client
from tests.factories import create_customer, create_invoice, create_order, line, record_payment

Fetch = Callable[..., Awaitable[Any]]

LISTS = {
    "invoices": "{ invoices { nodes { id customer { name } billToAddress { name } } } }",
    "customers": "{ customers { nodes { id outstandingBalance } } }",
    "orders": "{ orders { nodes { id invoice { fullId } hasUninvoicedChanges } } }",
    "payments": "{ payments { nodes { id invoice { fullId customer { name } } } } }",
    "nodes": "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Invoice { fullId } } }",
    "Invoice.lineItems": "{ invoices { nodes { lineItems { amount copiedFrom { id } } } } }",
    "Invoice.payments": "{ invoices { nodes { payments { amount } } } }",
    "Invoice.quickBooks": "{ invoices { nodes { quickBooks { state quickBooksId error } } } }",
    "Invoice.orders": "{ invoices { nodes { orders { fullId customer { name } } } } }",
    "Invoice.activity": """{ invoices { nodes {
        activity(first: 1) { totalCount nodes { message } pageInfo { hasNextPage } }
    } } }""",
    "Order.lineItems": "{ orders { nodes { lineItems { amount } } } }",
    "Customer.invoices": """{ customers { nodes {
        invoices(last: 2) { totalCount totals { total } edges { node { payments { amount } } } }
    } } }""",
    "Customer.orders": "{ customers { nodes { orders { nodes { lineItems { rate } } } } } }",
    "Customer.statement": """{ customers { nodes {
        statement(from: "2026-01-01", to: "2026-12-31") {
            lines { invoice { payments { amount } } }
        }
    } } }""",
    "receivablesAging": "{ receivablesAging { customers { customer { orders { totalCount } } } } }",
    "three deep": """{ customers { nodes { orders { nodes {
        customer { invoices(first: 2) { nodes { id } } }
    } } } } }""",
}


@contextmanager
def counted(database: Database) -> Generator[list[str]]:
    """The statements by which plans read meanwhile."""
    statements: list[str] = []

    def noting(fetch: Fetch) -> Fetch:
        async def fetch_noted(text: str, *args: Any, **options: Any) -> Any:
            statements.append(text)
            return await fetch(text, *args, **options)

        return fetch_noted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "fetch", noting(database.fetch))
        patch.setattr(database, "fetch_own", noting(database.fetch_own))
        yield statements


async def add_rows(api: Client, count: int) -> list[str]:
    """Customers with an order, an invoice of two lines and two payments each; answers ids."""
    ids: list[str] = []
    for _ in range(count):
        customer = await create_customer(api)
        order = await create_order(api, "100.00", "50.00", customer_id=customer["id"])
        invoice = await create_invoice(api, orderIds=[order["id"]], lineItems=[line("1.00")])
        await record_payment(api, invoice, "10.00")
        await record_payment(api, invoice, "20.00")
        ids += [customer["id"], order["id"], invoice["id"]]
    return ids


async def count_all(api: Client, database: Database, ids: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, query in LISTS.items():
        with counted(database) as statements:
            await api.execute(query, **({"ids": ids} if name == "nodes" else {}))
        counts[name] = len(statements)
    return counts


async def test_statements_do_not_grow_with_rows(api: Client, database: Database) -> None:
    ids = await add_rows(api, 1)
    few = await count_all(api, database, ids)

    many = await count_all(api, database, ids + await add_rows(api, 5))

    assert many == few
    assert few["invoices"] == few["payments"] == 1
    # A statement for each level, and for each part of a page beside its rows.
    assert few["Invoice.activity"] == 3
    assert few["Customer.invoices"] == 5
    assert few["Customer.statement"] == few["receivablesAging"] == 3
    assert few["three deep"] == 3
    assert few["nodes"] == 3


SELECTIONS = {
    "totalCount": 1,
    "totals { count }": 1,
    "nodes { id }": 1,
    "edges { cursor }": 1,
    "pageInfo { startCursor hasNextPage }": 1,
    "pageInfo { hasPreviousPage }": 1,
    "totalCount nodes { id } edges { cursor }": 2,
    "totalCount totals { count } nodes { id }": 3,
    "a: nodes { id } b: nodes { fullId } edges { node { total } }": 1,
    "__typename": 0,
}


async def test_only_what_is_selected_is_read(api: Client, database: Database) -> None:
    await add_rows(api, 1)

    for selection, count in SELECTIONS.items():
        with counted(database) as statements:
            await api.execute(f"{{ invoices(first: 1) {{ {selection} }} }}")

        assert len(statements) == count, selection
        assert ("count(" in " ".join(statements)) is ("ount" in selection)
        assert ("sum(" in " ".join(statements)) is ("totals" in selection)


async def test_aliases_of_one_list_are_read_once(api: Client, database: Database) -> None:
    await add_rows(api, 2)

    with counted(database) as statements:
        await api.execute(
            """query ($size: Int) { customers { nodes {
                a: invoices(first: $size) { nodes { id } }
                b: invoices(first: $size) { nodes { fullId } }
            } } }""",
            size=1,
        )

    assert len(statements) == 2


async def test_skipped_parts_are_not_read(api: Client, database: Database) -> None:
    with counted(database) as statements:
        await api.execute(
            """query ($no: Boolean = false) { invoices {
                nodes @include(if: $no) { id } ... @skip(if: true) { totals { count } } totalCount
            } }"""
        )

    assert len(statements) == 1
