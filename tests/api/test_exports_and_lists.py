"""A file has what `invoices(filter, orderBy)` shows on its pages: rows, order and values."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from app import create_app
from db import organizations
from domain.invoice import InvoiceStatus
from domain.terms import PaymentTerms
from endpoints.access import Demo
from tests.boards import SEED, Boards
from tests.client import FILES, Client, Clock
from tests.conftest import TODAY
from tests.depth import depth
from tests.downloads import NODE, csv_rows, download, export, json_lines
from tests.random_rows import CENTS, DAYS, random_rows
from tests.relay import amount
from tests.wild import WildData
from tests.wild_rows import MARK

pytestmark = pytest.mark.asyncio(loop_scope="session")

CUSTOMERS = [found.id for found in random_rows(1, SEED).customers]
DAY: st.SearchStrategy[Any] = st.sampled_from(DAYS).map(
    lambda days: str(TODAY + timedelta(days=days))
)
RANGE_OF_DAYS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {}, optional={"from": DAY, "to": st.none() | DAY}
)
SUM: st.SearchStrategy[Any] = st.sampled_from([amount(cents) for cents in CENTS])
RANGE_OF_SUMS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {}, optional={"min": SUM, "max": SUM | st.none()}
)
FILTERS: st.SearchStrategy[Any] = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "status": st.none() | st.lists(st.sampled_from(list(InvoiceStatus)), max_size=3),
        "customerId": st.lists(st.sampled_from([*CUSTOMERS, "customer_nobody"]), max_size=3),
        "terms": st.lists(st.sampled_from(list(PaymentTerms)), max_size=3),
        "currency": st.lists(st.sampled_from(["CAD", "USD", "MXN"]), max_size=2),
        "invoiceDate": RANGE_OF_DAYS,
        "dueDate": RANGE_OF_DAYS,
        "sentAt": RANGE_OF_DAYS,
        "total": RANGE_OF_SUMS,
        "amountPaid": RANGE_OF_SUMS,
        "outstandingBalance": RANGE_OF_SUMS,
        "isOverdue": st.booleans(),
        "search": st.sampled_from(["acme", "rush del", "50%", "ä", "invoice-1", "", "nothing"]),
    },
)
FIELD: st.SearchStrategy[Any] = st.sampled_from(
    "fullId status customerName invoiceDate dueDate sentAt total amountPaid outstandingBalance "
    "createdAt".split()
)
DIRECTION: st.SearchStrategy[Any] = st.sampled_from([None, "asc", "desc"])


def order_of(wanted: list[tuple[str, str | None]]) -> list[dict[str, str]]:
    return [
        {"field": field, "direction": way} if way else {"field": field} for field, way in wanted
    ]


ORDERS: st.SearchStrategy[Any] = st.none() | st.lists(st.tuples(FIELD, DIRECTION), max_size=3).map(
    order_of
)


async def listed(api: Client, **wanted: Any) -> list[dict[str, Any]]:
    """All invoices, page by page, as a client reads them."""
    query = f"""query ($filter: InvoiceFilter, $orderBy: [InvoiceOrder!], $after: String) {{
        invoices(filter: $filter, orderBy: $orderBy, after: $after, first: 40) {{
            nodes {{ {NODE} }} pageInfo {{ hasNextPage endCursor }}
        }}
    }}"""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await api.execute(query, **wanted, after=after))["invoices"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def as_rows(invoices: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What a CSV has for these invoices, cell by cell."""
    rows: list[dict[str, str]] = []
    for invoice in invoices:
        own = {name: _cell(invoice, name) for name in NODE.split() if name in invoice}
        own |= {
            f"customer.{name}": _cell(invoice["customer"], name) for name in invoice["customer"]
        }
        del own["customer"], own["lineItems"]
        lines = [
            {f"lineItems.{name}": _cell(line, name) for name in line}
            for line in invoice["lineItems"]
        ]
        rows += [{**own, **line} for line in lines or [dict.fromkeys(LINE_COLUMNS, "")]]
    return rows


LINE_COLUMNS = [
    f"lineItems.{name}"
    for name in "id type description quantity rate taxRate amount taxAmount total".split()
]


def _cell(values: dict[str, Any], name: str) -> str:
    value = values[name]
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return "" if value is None else str(value)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def wild_clients(wild: WildData) -> AsyncGenerator[list[Client]]:
    """Over the databases that have everything, lines and odd texts too."""
    async with AsyncExitStack() as stack:
        clients: list[Client] = []
        for database in wild.databases:
            async with database.transaction() as session:
                organization = await organizations.get(session, 1)
            app = create_app(
                database, Demo(organization), files=FILES, clock=Clock(), cost_max=10**7
            )
            transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
            http = httpx2.AsyncClient(transport=transport, base_url="http://test")
            clients.append(Client(await stack.enter_async_context(http)))
        yield clients


@settings(max_examples=depth(30, 200))
@given(filter=FILTERS, order_by=ORDERS)
async def test_filter_and_order_are_those_of_the_list(
    boards: Boards, filter: dict[str, Any] | None, order_by: list[dict[str, Any]] | None
) -> None:
    wanted = {"filter": filter, "orderBy": order_by}
    files: list[str] = []
    for client in boards.clients:
        expected = await listed(client, **wanted)
        assert (await export(client, "json", **wanted))["count"] == len(expected)
        assert await json_lines(client, **wanted) == expected
        assert await csv_rows(client, **wanted) == as_rows(expected)
        files.append((await download(client, "csv", **wanted)).text)
    assert files[0] == files[1]


@settings(max_examples=15)
@given(order_by=ORDERS)
async def test_every_value_is_the_lists(
    wild_clients: list[Client], order_by: list[dict[str, Any]] | None
) -> None:
    for client in wild_clients:
        expected = await listed(client, orderBy=order_by)
        assert any(
            isinstance(line["rate"], Decimal) for one in expected for line in one["lineItems"]
        )
        assert await json_lines(client, orderBy=order_by) == expected
        assert await csv_rows(client, orderBy=order_by) == as_rows(expected)


async def test_nothing_of_another_organization_is_in_a_file(wild_clients: list[Client]) -> None:
    for client in wild_clients:
        for form in ("csv", "json"):
            text = (await download(client, form)).text
            assert "invoice_01" in text
            assert "_02" not in text
            assert MARK not in text
            assert "line_01" in text
