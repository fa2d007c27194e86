"""Two organizations in one database, each with its key: neither can tell that the other is there.

Whatever of the other's is named is answered to the letter as what never was.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from db import audit
from db.database import Database
from tests.client import Client
from tests.companies import connect
from tests.factories import create_customer, create_invoice, create_order, record_payment
from tests.inputs import MUTATIONS, NEVER, Inputs, asked, ids_in, inputs, put
from tests.keyed import Keyed, keyed
from tests.organizations import made_organization
from tests.owned import rows_of

THEIRS = 2
NODE = """query ($id: ID!, $ids: [ID!]!) {
    node(id: $id) { __typename id }
    nodes(ids: $ids) { __typename id }
}"""
# Every question that takes an id, alone or in a filter.
QUESTIONS = (
    "query ($id: ID!) { invoice(by: { id: $id }) { fullId } }",
    "query ($id: ID!) { customer(id: $id) { name } }",
    "query ($id: ID!) { order(by: { id: $id }) { fullId } }",
    "query ($id: ID!) { invoices(filter: { customerId: [$id] }) { totalCount totals { total } } }",
    "query ($id: ID!) { orders(filter: { customerId: [$id] }) { totalCount nodes { id } } }",
    "query ($id: ID!) { payments(filter: { customerId: [$id] }) { totalCount nodes { id } } }",
    "query ($id: ID!) { payments(filter: { invoiceId: [$id] }) { totalCount nodes { id } } }",
    "query ($id: ID!) { payments(filter: { batchId: $id }) { totalCount nodes { id } } }",
)
LISTS = ("invoices", "orders", "customers", "payments")


@dataclass
class Both:
    """Two clients of one server, and an object of each kind that each has."""

    server: Keyed
    ours: Client
    theirs: Client
    own: Inputs
    foreign: Mapping[str, str]


@pytest.fixture
async def both(database: Database) -> AsyncGenerator[Both]:
    await made_organization(database, 1, "Demo Freight")
    await made_organization(database, THEIRS, "Other Freight")
    for number in (1, THEIRS):
        await connect(database, number)
    async with keyed(database) as server:
        ours, theirs = [server.holder(await server.key(number)) for number in (1, THEIRS)]
        foreign = dict((await inputs(theirs)).ids)
        foreign["batch"] = await batch_of(theirs, foreign["invoice"])
        more = await theirs.execute("{ invoices { nodes { activity { nodes { id } } } } }")
        foreign["activity"] = more["invoices"]["nodes"][0]["activity"]["nodes"][0]["id"]
        yield Both(server, ours, theirs, await inputs(ours), foreign)
    assert await audit.differences(database) == []


async def batch_of(api: Client, invoice_id: str) -> str:
    allocations = [{"invoiceId": invoice_id, "amount": "1.00"}]
    selection = "payments { batchId }"
    done = await api.done("recordBatchPayment", selection, allocations=allocations, method="cheque")
    return done["payments"][0]["batchId"]


def never(foreign_id: str) -> str:
    """An id of the same type that nobody has."""
    return re.sub("_.*", f"_{NEVER}", foreign_id)


async def body(api: Client, query: str, **variables: object) -> tuple[int, bytes]:
    """All that a client is told."""
    answer = await api.http.post("/graphql", json={"query": query, "variables": variables})
    return answer.status_code, answer.content


async def test_node_of_the_other_is_none(both: Both) -> None:
    foreign = {kind: one for kind, one in both.foreign.items() if kind != "batch"}
    for one in foreign.values():
        assert (await both.theirs.execute(NODE, id=one, ids=[one]))["node"]["id"] == one
        found = await both.ours.execute(NODE, id=one, ids=[one, both.own.ids["invoice"], one])
        own = {"__typename": "Invoice", "id": both.own.ids["invoice"]}
        assert found == {"node": None, "nodes": [None, own, None]}


@pytest.mark.parametrize("query", QUESTIONS)
async def test_question_by_id_is_answered_as_if_it_never_was(both: Both, query: str) -> None:
    answers = {kind: await body(both.theirs, query, id=one) for kind, one in both.foreign.items()}
    for one in both.foreign.values():
        assert await body(both.ours, query, id=one) == await body(both.ours, query, id=never(one))
    # Its own organization is shown something by one of them.
    nothing = await body(both.theirs, query, id=never(both.foreign["invoice"]))
    assert any(answer != nothing for answer in answers.values())


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_change_of_the_other_is_refused_as_if_it_never_was(both: Both, mutation: str) -> None:
    before = await rows_of(both.server.database, THEIRS)
    query = asked(mutation)
    for is_full in (False, True):
        given = both.own.input(mutation, is_full=is_full)
        for path in ids_in(given):
            for one in both.foreign.values():
                answer = await body(both.ours, query, input=put(given, path, one))
                assert answer == await body(both.ours, query, input=put(given, path, never(one)))
                if not is_full:
                    assert b'"code":"NOT_FOUND"' in answer[1]
    assert await rows_of(both.server.database, THEIRS) == before


async def test_other_orders_and_invoices_are_no_part_of_a_list_of_ids(both: Both) -> None:
    """The other's id beside one's own, wherever several may be named."""
    order = await create_order(both.ours, "5.00")
    invoice = await create_invoice(both.ours, "5.00")
    for one in (both.foreign["order"], never(both.foreign["order"])):
        error = await both.ours.refused("createInvoice", orderIds=[order["id"], one])
        assert error["code"] == "NOT_FOUND"
        assert error["path"] == ["input", "orderIds", "1"]
    for one in (both.foreign["invoice"], never(both.foreign["invoice"])):
        allocations = [{"invoiceId": it, "amount": "1.00"} for it in (invoice["id"], one)]
        error = await both.ours.refused(
            "recordBatchPayment", allocations=allocations, method="cheque"
        )
        assert error["code"] == "NOT_FOUND"
        assert error["path"] == ["input", "allocations", "1", "invoiceId"]


async def test_cursor_of_the_other_is_a_place_and_shows_nothing(both: Both) -> None:
    for name in LISTS:
        query = f"{{ {name} {{ edges {{ cursor node {{ id }} }} }} }}"
        theirs = (await both.theirs.execute(query))[name]["edges"]
        ours = {edge["node"]["id"] for edge in (await both.ours.execute(query))[name]["edges"]}
        page = f"""query ($at: String) {{
            after: {name}(after: $at) {{ nodes {{ id }} totalCount }}
            before: {name}(last: 100, before: $at) {{ nodes {{ id }} totalCount }}
        }}"""
        found = await both.ours.execute(page, at=theirs[0]["cursor"])
        shown = [node["id"] for part in ("after", "before") for node in found[part]["nodes"]]
        assert set(shown) == ours
        assert len(shown) == len(ours)
        assert found["after"]["totalCount"] == len(ours)


async def test_search_and_numbers_find_ones_own_only(both: Both) -> None:
    await create_customer(both.theirs, "Zanzibar Ocean Lines")
    for search in ("Zanzibar", "zan ocean", "CUST-2"):
        query = "query ($search: String) { customers(filter: { search: $search }) { totalCount } }"
        assert await both.ours.execute(query, search=search) == {"customers": {"totalCount": 0}}
        assert await both.theirs.execute(query, search=search) == {"customers": {"totalCount": 1}}
    await create_invoice(both.theirs, "1.00")
    query = '{ invoice(by: { fullId: "INVOICE-2" }) { id } }'
    assert await both.ours.execute(query) == {"invoice": None}


async def test_idempotency_keys_are_each_organizations_own(both: Both) -> None:
    made: list[dict[str, Any]] = []
    for api in (both.theirs, both.ours):
        invoice = await create_invoice(api, "50.00", idempotencyKey="key-1")
        paid = await record_payment(api, invoice, "20.00", idempotencyKey="key-2")
        made.append(paid["payment"])
        # A second time it is the same request: of the same organization.
        again = await record_payment(api, invoice, "20.00", idempotencyKey="key-2")
        assert again["payment"] == paid["payment"]
    assert made[0]["id"] != made[1]["id"]


async def test_numbers_do_not_tell_how_much_the_other_does(both: Both) -> None:
    for _ in range(3):
        await create_invoice(both.theirs, "1.00")
    assert (await create_invoice(both.ours, "1.00"))["fullId"] == "INVOICE-2"
    assert (await create_customer(both.ours))["fullId"] == "CUST-3"


async def test_viewer_is_of_the_keys_organization(both: Both) -> None:
    query = "{ viewer { organization { name } } }"
    for api, name in ((both.ours, "Demo Freight"), (both.theirs, "Other Freight")):
        assert await api.execute(query) == {"viewer": {"organization": {"name": name}}}
