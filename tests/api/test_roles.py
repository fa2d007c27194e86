"""What each role may do: every mutation of the schema is asked for with a viewer's key."""

from collections.abc import AsyncGenerator

import pytest

from db.database import Database
from domain.access import Role
from engine.declare import Work
from engine.negotiation import GRAPHQL
from engine.types import Types
from tests.client import Client
from tests.factories import create_invoice, record_payment
from tests.inputs import MUTATIONS, asked, inputs
from tests.keyed import Keyed, keyed
from tests.organizations import made_organization
from tests.readings import everything, get_invoice
from tests.twins import GRAPH


@pytest.fixture
async def server(database: Database) -> AsyncGenerator[Keyed]:
    await made_organization(database, 1, "Demo Freight")
    async with keyed(database) as server:
        yield server


async def test_every_change_is_refused_to_a_viewer(server: Keyed) -> None:
    clerk = server.holder(await server.key(1))
    viewer = server.holder(await server.key(1, Role.VIEWER))
    own = await inputs(clerk)
    before = await everything(clerk)
    assert len(MUTATIONS) >= 14
    for mutation in MUTATIONS:
        answer = await viewer.send(asked(mutation), input=own.input(mutation))
        assert answer["data"] == {mutation: None}
        [error] = answer["errors"]
        assert error["path"] == [mutation]
        assert error["extensions"] == {"code": "FORBIDDEN"}
        assert error["message"] == "A key with the role viewer reads only: nothing was changed"
    assert await everything(clerk) == before


async def test_every_mutation_comes_by_where_that_is_checked() -> None:
    mutation = Types(GRAPH)["Mutation"]
    assert {type(one) for one in mutation.declarations.values()} == {Work}


async def test_many_changes_in_one_document_are_all_refused(server: Keyed) -> None:
    viewer = server.holder(await server.key(1, Role.VIEWER))
    query = """mutation { __typename a: createCustomer(input: { name: "A" }) { __typename } ...F }
        fragment F on Mutation { b: createCustomer(input: { name: "B" }) { __typename } }"""
    answer = await viewer.http.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
    body = answer.json()
    assert answer.status_code == 200
    assert body["data"] == {"__typename": "Mutation", "a": None, "b": None}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"] * 2
    data = await viewer.execute("{ customers { totalCount } }")
    assert data == {"customers": {"totalCount": 0}}


async def test_viewer_reads_what_others_read(server: Keyed) -> None:
    clerk = server.holder(await server.key(1))
    viewer = server.holder(await server.key(1, Role.VIEWER))
    invoice = await create_invoice(clerk, "100.00")
    selection = "fullId total activity { nodes { message } }"
    assert await get_invoice(viewer, invoice["id"], selection) == await get_invoice(
        clerk, invoice["id"], selection
    )


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMIN])
async def test_changes_carry_the_name_of_the_key(server: Keyed, role: Role) -> None:
    api: Client = server.holder(await server.key(1, role, "Ann at the desk"))
    invoice = await create_invoice(api, "100.00")
    await record_payment(api, invoice, "40.00")
    found = await get_invoice(api, invoice["id"], "activity { nodes { actor } }")
    assert found["activity"]["nodes"] == [{"actor": "Ann at the desk"}] * 2
