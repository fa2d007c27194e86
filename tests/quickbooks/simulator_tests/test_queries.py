"""The query language."""

from decimal import Decimal
from typing import Any

import pytest

from tests.quickbooks.simulator import Simulator
from tests.quickbooks.simulator_tests.caller import Caller


@pytest.fixture
async def three(caller: Caller) -> Caller:
    """Invoices of 100.10, 20 and 3, numbered A-1, A-2 and B-1, for O'Neil and for Acme."""
    oneil = await caller.customer("O'Neil")
    acme = await caller.customer("Acme 100%")
    await caller.invoice(oneil, Decimal("100.1"), DocNumber="A-1", TxnDate="2026-01-31")
    await caller.invoice(oneil, 20, DocNumber="A-2", TxnDate="2026-02-28")
    await caller.invoice(acme, 3, DocNumber="B-1", TxnDate="2026-03-01")
    return caller


NUMBERS: dict[str, list[str]] = {
    "": ["B-1", "A-2", "A-1"],
    "where DocNumber = 'A-1'": ["A-1"],
    "WHERE DocNumber IN ('A-1', 'B-1') ORDERBY DocNumber": ["A-1", "B-1"],
    "where DocNumber like 'A%' orderby TotalAmt": ["A-2", "A-1"],
    "where DocNumber like '%-1' orderby Id": ["A-1", "B-1"],
    "where CustomerRef = '1' and TotalAmt > '20' ": ["A-1"],
    "where TotalAmt >= 20 orderby TotalAmt desc": ["A-1", "A-2"],
    "where TxnDate < '2026-02-28'": ["A-1"],
    "where MetaData.LastUpdatedTime >= '2026-03-10T07:05:00-07:00' order by Id": [
        "A-1",
        "A-2",
        "B-1",
    ],
    "where MetaData.LastUpdatedTime > '2026-03-10T14:05:00Z'": [],
    "where MetaData.CreateTime <= '2026-03-10T07:05:00' orderby Id maxresults 1": ["A-1"],
    "orderby Id startposition 2 maxresults 1": ["A-2"],
    "orderby Id startposition 4": [],
}


@pytest.mark.parametrize("rest", NUMBERS)
async def test_conditions_order_and_pages(three: Caller, rest: str) -> None:
    answer = await three.query(f"select * from Invoice {rest}")
    found: list[dict[str, Any]] = answer.body["QueryResponse"].get("Invoice", [])
    assert [each["DocNumber"] for each in found] == NUMBERS[rest]


async def test_a_page_tells_its_place(three: Caller) -> None:
    answer = await three.query("select * from Invoice startposition 2 maxresults 5")
    told = answer.body["QueryResponse"]
    assert (told["startPosition"], told["maxResults"]) == (2, 2)
    count = await three.query("select count(*) from Invoice where Balance < '100'")
    assert count.body["QueryResponse"] == {"totalCount": 2}


async def test_an_apostrophe_is_escaped_by_a_backslash(three: Caller) -> None:
    answer = await three.query(r"select * from Customer where DisplayName = 'O\'Neil'")
    assert len(answer.body["QueryResponse"]["Customer"]) == 1
    assert (await three.query("select * from Customer where DisplayName = 'O'Neil'")).code == (
        "4000"
    )


async def test_a_query_may_be_posted(three: Caller) -> None:
    answer = await three.http.post(
        f"/v3/company/{three.realm}/query",
        content="select * from Term where DueDays = '30'",
        headers={
            "authorization": f"Bearer {three.access_token}",
            "accept": "application/json",
            "content-type": "application/text",
        },
    )
    assert answer.json()["QueryResponse"]["Term"][0]["Name"] == "Net 30"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("select Id from Invoice", "4000"),
        ("select * from Invoice where", "4000"),
        ("select * from Invoice where Id = '1' or Id = '2'", "4000"),
        ("select * from Invoice limit 1", "4000"),
        ("select * from Invoice startposition x", "4000"),
        ("delete from Invoice", "4000"),
        ("", "4000"),
        ("select * from Invoice startposition 0", "4001"),
        ("select * from Invoice maxresults 1001", "4001"),
        ("select * from Invoice where PrivateNote = 'x'", "4001"),
        ("select * from Invoice orderby Line", "4001"),
        ("select * from Invoice where TotalAmt = 'much'", "4001"),
        ("select * from Nothing", "4001"),
    ],
)
async def test_what_is_no_query_is_refused(three: Caller, text: str, code: str) -> None:
    answer = await three.query(text)
    assert (answer.status, answer.code) == (400, code)


async def test_inactive_rows_are_hidden_unless_asked_for(
    three: Caller, simulator: Simulator
) -> None:
    simulator.person.deactivate("Customer", "1")
    names = "select * from Customer where DisplayName like '%'"
    shown = (await three.query(names)).body["QueryResponse"]["Customer"]
    assert [each["Id"] for each in shown] == ["2"]
    every = (await three.query(f"{names} and Active in (true, false)")).body["QueryResponse"]
    assert {each["Id"]: each["Active"] for each in every["Customer"]} == {"1": False, "2": True}
    assert (await three.get("customer/1")).status == 200
    assert (await three.post("payment", {"CustomerRef": {"value": "1"}, "TotalAmt": 1})).code == (
        "610"
    )


async def test_a_hundred_rows_come_by_default_and_a_thousand_at_most(
    caller: Caller, simulator: Simulator
) -> None:
    for number in range(1001):
        simulator.company.add("Vendor", {"DisplayName": f"V{number}", "Active": True})
    by_default = await caller.query("select * from Vendor")
    assert by_default.body["QueryResponse"]["maxResults"] == 100
    most = await caller.query("select * from Vendor maxresults 1000")
    assert most.body["QueryResponse"]["maxResults"] == 1000
