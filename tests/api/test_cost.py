"""What an operation may ask for: so many rows and so many lists, counted before any SQL."""

from typing import Any

import pytest

from app import create_app
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from tests.api.test_statements import counted
from tests.client import FILES, Client, Clock
from tests.endpoints import client

IDS = [f"invoice_01jnyzp4aaep0s5w6e4kd0r8n{digit}" for digit in "0123456789"]

STATEMENTS = """{ customers(first: 4) { nodes {
    statement(from: "2026-01-01", to: "2026-12-31") { %s }
} } }"""

# Each invoice brings itself, and takes 10 for each plain list: its line items, its payments.
COSTS: list[tuple[str, dict[str, Any], int]] = [
    ("{ viewer { name } }", {}, 1),
    ("{ __typename }", {}, 0),
    ("{ invoices { nodes { id } } }", {}, 25),
    ("{ invoices(first: 7) { nodes { id } } }", {}, 7),
    ("{ invoices(last: 8) { edges { cursor } } }", {}, 8),
    ("query ($n: Int) { invoices(first: $n) { nodes { id } } }", {"n": 9}, 9),
    ("query ($n: Int) { invoices(first: $n) { nodes { id } } }", {}, 25),
    ("query ($n: Int = 11) { invoices(first: $n) { nodes { id } } }", {}, 11),
    ("query ($n: Int = 11) { invoices(first: $n) { nodes { id } } }", {"n": None}, 25),
    ("{ invoices(first: 10) { nodes { lineItems { id } } } }", {}, 110),
    ("{ invoices(first: 10) { nodes { lineItems { id } payments { id } } } }", {}, 210),
    ("{ invoices(first: 10) { nodes { customer { name } } } }", {}, 20),
    ("{ invoices(first: 10) { totalCount nodes { id } } }", {}, 20),
    ("{ invoices(first: 10) { totalCount totals { count } } }", {}, 30),
    ("{ a: invoices(first: 10) { nodes { id } } b: orders(first: 5) { nodes { id } } }", {}, 15),
    ("{ customers(first: 4) { nodes { invoices(first: 5) { nodes { id } } } } }", {}, 24),
    ("{ customers(first: 4) { nodes { invoices { nodes { id } } } } }", {}, 104),
    # A statement counts as 50 lines, and each of them brings what it names.
    (STATEMENTS % "closingBalance", {}, 4 * (1 + 50)),
    (STATEMENTS % "lines { invoice { id } payment { id } }", {}, 4 * (1 + 50 * 3)),
    (
        """query ($n: Int!, $m: Int!) { customers(first: $n) { nodes {
            invoices(first: $m) { nodes { lineItems { id } } } } } }""",
        {"n": 4, "m": 5},
        4 * (1 + 5 * 11),
    ),
    ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": IDS}, 10),
    (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Invoice { lineItems { id } } } }",
        {"ids": IDS[:3]},
        33,
    ),
]


async def send(
    database: Database, organization: Organization, cost_max: int, query: str, **variables: object
) -> tuple[dict[str, Any], int]:
    """The answer of a server with such a limit, and how many statements that took."""
    app = create_app(database, Demo(organization), files=FILES, clock=Clock(), cost_max=cost_max)
    async with client(app) as http:
        with counted(database) as statements:
            answer = await Client(http).send(query, **variables)
    return answer, len(statements)


@pytest.mark.parametrize(("query", "variables", "cost"), COSTS)
async def test_rows_are_counted_by_page_sizes(
    database: Database,
    organization: Organization,
    query: str,
    variables: dict[str, Any],
    cost: int,
) -> None:
    passed, _ = await send(database, organization, max(cost, 1), query, **variables)
    assert "errors" not in passed
    if cost < 2:
        return

    refused, statements = await send(database, organization, cost - 1, query, **variables)
    assert refused == {
        "errors": [
            {
                "message": f"This asks for up to {cost:,} rows, and {cost - 1:,} are allowed: "
                "ask for smaller pages, or for fewer lists within lists",
                "extensions": {
                    "code": "GRAPHQL_VALIDATION_FAILED",
                    "cost": cost,
                    "costMax": cost - 1,
                },
            }
        ]
    }
    assert statements == 0


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename __schema { queryType { name } } invoices(first: 100) { nodes { id } } }",
        '{ __type(name: "Invoice") { name } invoices(first: 100) { nodes { id } } }',
    ],
)
async def test_introspection_beside_data_does_not_hide_the_data(
    database: Database, organization: Organization, query: str
) -> None:
    refused, statements = await send(database, organization, 99, query)
    passed, _ = await send(database, organization, 100, query)

    [error] = refused["errors"]
    assert error["extensions"]["cost"] == 100
    assert "data" not in refused
    assert statements == 0
    assert passed["data"]["invoices"] == {"nodes": []}


async def test_mistake_in_one_field_does_not_hide_the_others(
    database: Database, organization: Organization
) -> None:
    query = """{ bad: invoices(first: 0) { totalCount } a: orders(first: 60) { nodes { id } }
        b: orders(first: 60) { nodes { id } } }"""

    answer, statements = await send(database, organization, 100, query)

    assert answer["data"] is None
    assert {error["extensions"]["code"] for error in answer["errors"]} <= {
        "BAD_USER_INPUT",
        "GRAPHQL_VALIDATION_FAILED",
    }
    assert statements <= 1


async def test_plan_that_is_known_still_meets_bad_sizes(
    database: Database, organization: Organization
) -> None:
    app = create_app(database, Demo(organization), files=FILES, clock=Clock())
    query = "query ($n: Int) { invoices(first: $n) { nodes { id } } }"
    async with client(app) as http:
        api = Client(http)
        await api.execute(query, n=1)
        for size in (0, 101):
            [error] = await api.errors(query, n=size)

            assert error["message"] == "first must be between 1 and 100"
            assert error["extensions"] == {"code": "BAD_USER_INPUT"}


def many_lists(size: int, selection: str, arguments: str = "") -> str:
    fields = " ".join(
        f"a{n}: invoices(first: {n + 1}{arguments}) {{ {selection} }}" for n in range(size)
    )
    return f"{{ customers(first: 1) {{ nodes {{ {fields} }} }} }}"


@pytest.mark.parametrize(
    ("selection", "arguments", "size"),
    [
        # With the list around them, 100 lists, counts and totals.
        ("totalCount totals { count }", "", 33),
        ("totals { count } nodes { lineItems { id } }", "", 33),
        ("nodes { lineItems { id } payments { id } }", "", 33),
        ("totalCount nodes { id }", ", filter: { isOverdue: true }", 33),
        # A word to search for is as much as four lists.
        ("nodes { id }", ', filter: { search: "one" }', 16),
    ],
)
async def test_lists_are_limited_in_number(
    database: Database, organization: Organization, selection: str, arguments: str, size: int
) -> None:
    passing, refused = (many_lists(found, selection, arguments) for found in (size, size + 1))

    passed, _ = await send(database, organization, 10**6, passing)
    answer, statements = await send(database, organization, 10**6, refused)

    assert passed == {"data": {"customers": {"nodes": []}}}
    assert answer == {
        "errors": [
            {
                "message": "Its lists, counts, totals, filters and words to search for come to "
                "more than 100: ask for fewer in one operation",
                "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
            }
        ]
    }
    assert statements == 0


async def test_payload_is_counted_before_anything_is_done(
    database: Database, organization: Organization
) -> None:
    mutation = """mutation ($input: SendInvoiceInput!) { sendInvoice(input: $input) {
        invoice { customer { invoices(first: 100) { nodes { id } } } }
    } }"""

    refused, count = await send(database, organization, 101, mutation, input={"id": IDS[0]})
    passed, _ = await send(database, organization, 102, mutation, input={"id": IDS[0]})

    [error] = refused["errors"]
    assert error["extensions"] == {
        "code": "GRAPHQL_VALIDATION_FAILED",
        "cost": 102,
        "costMax": 101,
    }
    assert "data" not in refused
    assert count == 0
    assert passed == {"data": {"sendInvoice": {"invoice": None}}}
