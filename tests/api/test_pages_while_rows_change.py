"""Walking through a list while others add to it and delete from it."""

from typing import Any

from tests.client import Client
from tests.factories import create_customer, create_invoice, record_payment

PAGE = """query ($after: String, $before: String, $first: Int, $last: Int) {
    invoices(
        orderBy: { field: fullId }, first: $first, after: $after, last: $last, before: $before
    ) { nodes { fullId } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }
}"""


async def page(api: Client, **arguments: Any) -> tuple[list[str], dict[str, Any]]:
    found = (await api.execute(PAGE, **arguments))["invoices"]
    return [node["fullId"].removeprefix("INVOICE-") for node in found["nodes"]], found["pageInfo"]


async def create_invoices(api: Client, count: int) -> list[dict[str, Any]]:
    customer = await create_customer(api)
    return [await create_invoice(api, "1.00", customerId=customer["id"]) for _ in range(count)]


async def delete(api: Client, invoice: dict[str, Any]) -> None:
    await api.done("deleteInvoice", "deletedInvoiceId", id=invoice["id"])


async def test_next_page_skips_and_repeats_nothing(api: Client) -> None:
    invoices = await create_invoices(api, 5)
    numbers, info = await page(api, first=2)
    assert numbers == ["1", "2"]

    await delete(api, invoices[0])
    await create_invoice(api, "1.00", customerId=invoices[0]["customer"]["id"])
    numbers, info = await page(api, first=2, after=info["endCursor"])

    assert numbers == ["3", "4"]
    numbers, info = await page(api, first=2, after=info["endCursor"])
    assert (numbers, info["hasNextPage"]) == (["5", "6"], False)


async def test_cursor_outlives_its_row(api: Client) -> None:
    invoices = await create_invoices(api, 5)
    _, info = await page(api, first=3)

    await delete(api, invoices[2])

    numbers, after = await page(api, first=10, after=info["endCursor"])
    assert (numbers, after["hasPreviousPage"]) == (["4", "5"], True)
    numbers, before = await page(api, last=10, before=info["endCursor"])
    assert (numbers, before["hasNextPage"]) == (["1", "2"], True)


async def test_cursor_outlives_all_rows(api: Client) -> None:
    [invoice] = await create_invoices(api, 1)
    _, info = await page(api, first=1)

    await delete(api, invoice)

    for argument in ("after", "before"):
        assert await page(api, **{argument: info["endCursor"]}) == (
            [],
            {
                "startCursor": None,
                "endCursor": None,
                "hasNextPage": False,
                "hasPreviousPage": False,
            },
        )


async def test_row_that_moves_is_where_it_now_belongs(api: Client) -> None:
    invoices = await create_invoices(api, 3)
    query = """query ($after: String) {
        invoices(
            orderBy: [{ field: status }, { field: fullId }], first: 1, after: $after
        ) { nodes { fullId } pageInfo { endCursor } }
    }"""
    first = (await api.execute(query))["invoices"]

    await record_payment(api, invoices[1], "1.00")

    second = (await api.execute(query, after=first["pageInfo"]["endCursor"]))["invoices"]
    third = (await api.execute(query, after=second["pageInfo"]["endCursor"]))["invoices"]
    assert [found["nodes"][0]["fullId"] for found in (first, second, third)] == [
        "INVOICE-1",
        "INVOICE-3",
        "INVOICE-2",
    ]
