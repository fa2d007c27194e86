"""Operations with values that mean nothing: refused in the client's words, and nothing is done."""

import json

import pytest

from tests.bad_input import post, refused
from tests.boards import Boards

pytestmark = pytest.mark.asyncio(loop_scope="session")

CREATE = """mutation ($input: CreateCustomerInput!) {
    createCustomer(input: $input) { customer { id } userErrors { code } }
}"""
RANGE = """query ($range: DecimalRange, $days: DateRange, $currency: [CurrencyCode!]) {
    invoices(filter: { total: $range, invoiceDate: $days, currency: $currency }) { totalCount }
}"""
DECIMALS = (
    '"NaN" | "sNaN" | "Infinity" | "-Infinity" | "1e3" | "1E3" | "1_000" | "+5" | ".5" | "5." | '
    '" 10" | "10 " | "" | "-" | "١٢" | "１２" | "0x10" | "1,000" | "--1" | "1.2.3" | "½" | '  # noqa: RUF001 - digits of other scripts
    "true | [] | {} | [1] | 1e3 | 1E400 | 1.5e0"
).split(" | ")
DATES = (
    '"20260101" | "2026-W01-1" | "2026-02-30" | "2026-13-01" | "0000-01-01" | "2026-1-1" | "" | '
    '"today" | "２０２６-01-01" | "2026-01-01T00:00:00Z" | "10000-01-01" | "-001-01-01" | '  # noqa: RUF001 - digits of other scripts
    "20260101 | 1.5 | true | [] | {}"
).split(" | ")
CURRENCIES = ['"cad"', '"XXX"', '"JPY"', '""', '"CA"', '" CAD"', "1", "1.5", "true", "{}"]


async def check_variable(boards: Boards, variable: str, text: str) -> None:
    """`text` is JSON, with whatever numbers and characters Python would not write."""
    body = f'{{"query": {json.dumps(RANGE)}, "variables": {{"{variable}": {text}}}}}'
    for answer, [error] in await post(boards, body.encode()):
        assert answer.status_code == 200
        assert error["extensions"]["code"] in {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}


async def check_literal(boards: Boards, field: str, text: str) -> None:
    query = f"{{ invoices(filter: {{ {field}: {text} }}) {{ totalCount }} }}"
    [error] = await refused(boards, query)
    assert error["extensions"]["code"] in {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    "text",
    [*DECIMALS, "1" * 401, "1" * 5_000, f'"{"1" * 5_000}"'],
    ids=lambda text: f"{text[:12]} {len(text)}",
)
async def test_text_that_is_no_decimal(boards: Boards, text: str) -> None:
    await check_variable(boards, "range", f'{{"min": {text}}}')
    await check_literal(boards, "total", f"{{ min: {text} }}")


@pytest.mark.parametrize("text", DATES)
async def test_text_that_is_no_date(boards: Boards, text: str) -> None:
    await check_variable(boards, "days", f'{{"from": {text}}}')
    await check_literal(boards, "invoiceDate", f"{{ from: {text} }}")


@pytest.mark.parametrize("text", CURRENCIES)
async def test_text_that_is_no_currency(boards: Boards, text: str) -> None:
    await check_variable(boards, "currency", f"[{text}]")
    await check_literal(boards, "currency", f"[{text}]")


@pytest.mark.parametrize(
    "literal",
    [
        'search: "a\\u0000b"',
        'search: "\\ud800"',
        'search: """\x00"""',
        "search: 1",
        "search: [1, 2]",
        "status: [overdue]",
        'status: ["paid"]',
        "status: [CREATED]",
        "isOverdue: 1",
        'isOverdue: "true"',
        "customerId: [1.5]",
        "customerId: [null]",
        "nothing: 1",
        "total: { least: 1 }",
        "total: 5",
    ],
)
async def test_literal_of_another_kind(boards: Boards, literal: str) -> None:
    query = f"{{ invoices(filter: {{ {literal} }}) {{ totalCount }} }}"
    body = json.dumps({"query": query})
    for answer, _ in await post(boards, body):
        assert answer.status_code in {200, 400}


@pytest.mark.parametrize(
    "value",
    [
        {"name": "a\0b"},
        {"name": "\ud800"},
        {"name\0": "x"},
        {"name": "x", "\udfff": 1},
        {"name": 5},
        {"name": ["x"]},
        {"name": {"x": 1}},
        {"name": None},
        {},
        {"name": "x", "terms": "net31"},
        {"name": "x", "terms": 5},
        {"name": "x", "currency": "cad"},
        {"name": "x", "unknown": 1},
        [],
        "x",
        5,
        1.5,
        10**400,
        None,
    ],
    ids=lambda value: json.dumps(value)[:40],
)
async def test_variable_of_another_kind(boards: Boards, value: object) -> None:
    body = json.dumps({"query": CREATE, "variables": {"input": value}})
    for answer, _ in await post(boards, body):
        assert answer.status_code in {200, 400}


@pytest.mark.parametrize("text", ["10" * 200, "1e400", "2147483648", "-2147483649", "1.5", '"1"'])
async def test_integer_out_of_range(boards: Boards, text: str) -> None:
    query = "query ($first: Int) { invoices(first: $first) { totalCount } }"
    body = f'{{"query": {json.dumps(query)}, "variables": {{"first": {text}}}}}'
    for answer, _ in await post(boards, body.encode()):
        assert answer.status_code == 200
    [error] = await refused(boards, f"{{ invoices(first: {text}) {{ totalCount }} }}")
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_very_long_text_is_a_user_error(boards: Boards) -> None:
    before = await boards.row_counts()

    answer = await boards.execute(CREATE, input={"name": "x" * 1_000_000})

    assert answer["createCustomer"]["userErrors"] == [{"code": "INVALID_INPUT"}]
    assert await boards.row_counts() == before


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "# nothing",
        "{",
        "}",
        "{ }",
        "query { }",
        "{ invoices { } }",
        "{ invoices(first: ) { totalCount } }",
        '{ invoices(first: "1) { totalCount } }',
        "query ($a: Int { viewer { name } }",
        "{ viewer { name } } }",
        "hello",
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
        "{ a: }",
        "{ ...on }",
        'mutation { createCustomer(input: { name: "x" }) { } }',
    ],
)
async def test_document_that_does_not_parse(boards: Boards, query: str) -> None:
    [error] = await refused(boards, query)

    assert error["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


@pytest.mark.parametrize(
    "query",
    [
        "{ nothing }",
        "{ viewer { nothing } }",
        "{ viewer }",
        "{ viewer { name { first } } }",
        "{ invoices(nothing: 1) { totalCount } }",
        "{ invoice { id } }",
        "{ invoice(by: {}) { id } }",
        '{ invoice(by: { id: "x", fullId: "y" }) { id } }',
        "{ ...nothing }",
        "{ ...a } fragment a on Query { ...a }",
        "{ viewer { ... on Invoice { id } } }",
        "{ viewer { name @nothing } }",
        "query ($a: Nothing) { viewer { name } }",
        "query ($a: Int) { viewer { name } }",
        "{ invoices(first: $a) { totalCount } }",
        "{ a: viewer { name } a: invoices { totalCount } }",
        "subscription { invoiceChanged { kind } again: invoiceChanged { kind } }",
        "query a { viewer { name } } query a { viewer { name } }",
        "{ invoices(orderBy: { field: nothing }) { totalCount } }",
        "{ invoices(orderBy: { field: total, direction: up }) { totalCount } }",
    ],
)
async def test_document_that_is_not_valid(boards: Boards, query: str) -> None:
    for error in await refused(boards, query):
        assert error["extensions"]["code"] in {
            "GRAPHQL_VALIDATION_FAILED",
            "OPERATION_RESOLUTION_FAILURE",
        }


MANY = """query a { viewer { name } } query b { viewer { role } }
mutation c { createCustomer(input: { name: "Mallory" }) { customer { id } } }"""


@pytest.mark.parametrize("name", [None, "", "nothing"])
async def test_one_operation_must_be_named_among_many(boards: Boards, name: str | None) -> None:
    body = json.dumps({"query": MANY, "operationName": name})
    for answer, [error] in await post(boards, body):
        assert error["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"
        assert "data" not in answer.json()


async def test_named_operation_is_run(boards: Boards) -> None:
    for client in boards.clients:
        answer = await client.http.post("/graphql", json={"query": MANY, "operationName": "b"})
        assert answer.json() == {"data": {"viewer": {"role": "admin"}}}


async def test_bad_selection_of_a_payload_changes_nothing(boards: Boards) -> None:
    [invoice] = [row for row in boards.rows.invoices if row.outstanding_balance_cents > 0][:1]
    query = """mutation ($id: ID!, $first: Int, $after: String) {
        recordPayment(input: { invoiceId: $id, amount: 0.01, method: cash }) {
            invoice { activity(first: $first, after: $after) { totalCount } }
        }
    }"""

    for bad in ({"first": 0}, {"first": 101}, {"after": "garbage"}):
        [error] = await refused(boards, query, {"id": invoice.id, **bad})
        assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_too_many_ids(boards: Boards) -> None:
    [error] = await refused(
        boards, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["invoice_x"] * 101}
    )

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "100" in error["message"]


@pytest.mark.parametrize(
    "id", ["", "x", "invoice", "invoice_", "_", "customer_1", "%", "INVOICE-1", "x" * 50_000, "é_1"]
)
async def test_malformed_id_is_nobody(boards: Boards, id: str) -> None:
    answer = await boards.execute(
        """query ($id: ID!) {
            node(id: $id) { id } nodes(ids: [$id]) { id } invoice(by: { id: $id }) { id }
            customer(id: $id) { id } order(by: { id: $id }) { id }
            byNumber: invoice(by: { fullId: "INVOICE-0" }) { id }
        }""",
        id=id,
    )

    assert answer == {
        "node": None,
        "nodes": [None],
        "invoice": None,
        "customer": None,
        "order": None,
        "byNumber": None,
    }
