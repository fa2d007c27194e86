"""Variables where GraphQL's rules are least known: null, absent, one in place of a list."""

from typing import Any

import pytest

from tests.boards import Boards

pytestmark = pytest.mark.asyncio(loop_scope="session")

NULL = "Expected variable '$v' provided to non-null type '%s' not to be None."


@pytest.mark.parametrize(
    ("variable", "field", "message"),
    [
        ('ID = "x"', "customer(id: $v) { id }", "Argument 'id' has invalid value: " + NULL % "ID!"),
        (
            'ID = "x"',
            "invoices(filter: { customerId: [$v] }) { totalCount }",
            "Argument 'filter' has invalid value at .customerId[0]: " + NULL % "ID!",
        ),
        (
            "OrderDirection",
            "invoices(orderBy: [{ field: total, direction: $v }]) { totalCount }",
            "Argument 'orderBy' has invalid value at [0].direction: " + NULL % "OrderDirection!",
        ),
        (
            "Boolean = true",
            "customers { totalCount @include(if: $v) }",
            "$v is null where that is not allowed",
        ),
    ],
    ids=["argument", "in a list", "beside a default", "directive"],
)
async def test_null_is_refused_where_only_a_default_let_the_variable_be_null(
    boards: Boards, variable: str, field: str, message: str
) -> None:
    query = f"query ($v: {variable}) {{ {field} }}"

    # First with the default, so that whatever is kept of that is there.
    await boards.execute(query)
    error = await boards.refused(query, v=None)

    assert (error["message"], error["extensions"]) == (message, {"code": "BAD_USER_INPUT"})


async def test_one_value_with_a_variable_in_it_may_stand_for_a_list(boards: Boards) -> None:
    query = """query ($way: OrderDirection, $status: InvoiceStatus!) {
        invoices(orderBy: %s, filter: { status: %s }, first: 5) { nodes { id total } }
    }"""
    one, many = "{ field: total, direction: $way }", "[{ field: total, direction: $way }]"

    for given in ({"way": "desc"}, {}):
        variables: dict[str, Any] = {"status": "sent", **given}
        assert await boards.execute(query % (one, "[$status]"), **variables) == (
            await boards.execute(query % (many, "[$status]"), **variables)
        )


async def test_sizes_are_refused_alike_whatever_was_asked_for_before(boards: Boards) -> None:
    query = "query ($first: Int) { invoices(first: $first) { totalCount } }"

    for _ in range(2):
        assert await boards.execute(query, first=5) == {
            "invoices": {"totalCount": len(boards.rows.invoices)}
        }
        error = await boards.refused(query, first=0)
        assert error["message"] == "first must be between 1 and 100"
