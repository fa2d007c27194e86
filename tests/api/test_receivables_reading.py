"""How aging and statements are read: few statements, counted before they are too many."""

from decimal import Decimal
from typing import Any

from app import create_app
from db.tables import Organization
from endpoints.access import Demo
from tests.api.test_receivables_aging import days, sent
from tests.api.test_statements import counted
from tests.client import FILES, Client
from tests.conftest import TODAY
from tests.endpoints import client
from tests.factories import create_customer, record_payment


async def test_statements_of_a_list_are_read_together(api: Client) -> None:
    query = """query ($from: Date!, $to: Date!, $no: Boolean = false) { customers { nodes {
        name
        a: statement(from: $from, to: $to) { ...F lines @skip(if: $no) { invoice { fullId } } }
        b: statement(from: $from, to: $to) { closingBalance lines { balance } }
        c: statement(from: $to, to: $to) { openingBalance lines @include(if: $no) { date } }
    } } }
    fragment F on CustomerStatement { lines { payment { amount invoice { fullId } } } }"""
    asked = {"from": str(days(-20)), "to": str(TODAY)}
    assert api.database is not None
    counts: list[int] = []
    for amount in ("10.00", "20.00", "30.00"):
        invoice = await sent(api, amount, await create_customer(api, f"No {amount}"), on=days(-9))
        await record_payment(api, invoice, "1.00")
        with counted(api.database) as statements:
            found = await api.execute(query, **asked)
        counts.append(len(statements))

    # The customers, what a and b ask for, and what c asks for.
    assert counts == [3, 3, 3]
    assert found["customers"]["nodes"][1] == {
        "name": "No 20.00",
        "a": {
            "lines": [
                {"payment": None, "invoice": {"fullId": "INVOICE-2"}},
                {
                    "payment": {"amount": Decimal("1.00"), "invoice": {"fullId": "INVOICE-2"}},
                    "invoice": None,
                },
            ]
        },
        "b": {
            "closingBalance": Decimal("19.00"),
            "lines": [{"balance": Decimal("20.00")}, {"balance": Decimal("19.00")}],
        },
        "c": {"openingBalance": Decimal("20.00")},
    }


async def test_customers_are_read_together(api: Client) -> None:
    query = """{ receivablesAging { total { customer { id } } customers {
        a: customer { name invoices(first: 1) { totalCount } } b: customer { fullId }
    } } }"""
    assert api.database is not None
    counts: list[int] = []
    for name in ("One", "Two", "Three"):
        await sent(api, "10.00", await create_customer(api, name))
        with counted(api.database) as statements:
            await api.execute(query)
        counts.append(len(statements))

    # The sums; the customers with their count of invoices; and once more under the other name.
    assert counts == [4, 4, 4]


async def test_only_what_is_selected_is_read(api: Client) -> None:
    await sent(api, "10.00", await create_customer(api))
    assert api.database is not None

    with counted(api.database) as statements:
        await api.execute("{ receivablesAging { currency customers { current } } }")

    assert len(statements) == 1


async def test_customers_are_counted_when_they_are_known(
    api: Client, organization: Organization
) -> None:
    for name in ("One", "Two", "Three"):
        await sent(api, "10.00", await create_customer(api, name))
    query = """{ receivablesAging {
        customers { customer { invoices(first: 3) { nodes { fullId } } } }
    } }"""

    async def answer(cost_max: int) -> dict[str, Any]:
        assert api.database is not None
        app = create_app(
            api.database, Demo(organization), files=FILES, clock=api.clock, cost_max=cost_max
        )
        async with client(app) as http:
            return await Client(http).send(query)

    passed, refused = await answer(12), await answer(11)

    assert len(passed["data"]["receivablesAging"][0]["customers"]) == 3
    assert refused["data"] is None
    [error] = refused["errors"]
    assert error["extensions"] == {
        "code": "GRAPHQL_VALIDATION_FAILED",
        "cost": 12,
        "costMax": 11,
    }
