"""Nobody is shown a row of another organization, whatever ids and cursors they have got hold of."""

import os
import re
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

import orjson
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import SQLModel

from tests.client import Client
from tests.depth import depth
from tests.keyed import keyed
from tests.twins import GRAPH
from tests.wild import FIRST_SEED, WildData
from tests.wild_documents import Document, wild_document
from tests.wild_rows import MARK, OTHERS

pytestmark = pytest.mark.asyncio(loop_scope="session")

DOCUMENTS = depth(100, 200)
OWN = 1
IDS = re.compile("[a-z]+_0[0-9a-z]{25}")
# Their numbers begin where those of the organization that asks have long ended.
NUMBERS = re.compile("(CUST|ORDER|INVOICE)-1[0-9]{3}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def foreign_ids(wild: WildData) -> frozenset[str]:
    """Every id of the other organization, as the database has it."""
    return await ids_of(wild, OTHERS)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def own_ids(wild: WildData) -> frozenset[str]:
    return await ids_of(wild, OWN)


async def ids_of(wild: WildData, organization_id: int) -> frozenset[str]:
    found: set[str] = set()
    for table in SQLModel.metadata.sorted_tables:
        if {"organization_id", "id"} <= set(table.c.keys()):
            statement = select(table.c.id).where(table.c.organization_id == organization_id)
            found |= {row[0] for row in await wild.databases[0].read(statement)}
    return frozenset(found)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def holders(wild: WildData) -> AsyncGenerator[dict[int, list[Client]]]:
    """For each of the two organizations whoever has a key of it, on a server of each database."""
    async with AsyncExitStack() as stack:
        found: dict[int, list[Client]] = {OWN: [], OTHERS: []}
        for database in wild.databases:
            server = await stack.enter_async_context(keyed(database))
            for organization_id, clients in found.items():
                clients.append(server.holder(await server.key(organization_id)))
        yield found


def documents(wild: WildData, *, foreign: bool) -> list[Document]:
    pool = wild.foreign if foreign else wild.pool
    seeds = range(FIRST_SEED + 10**6, FIRST_SEED + 10**6 + DOCUMENTS)
    return [wild_document(GRAPH, pool, seed) for seed in seeds]


def shown(answer: dict[str, Any], ids: frozenset[str]) -> list[str]:
    """What of the other organization is in an answer."""
    text = orjson.dumps(answer).decode()
    found = [one for one in IDS.findall(text) if one in ids]
    return found + re.findall(MARK, text, re.IGNORECASE) + NUMBERS.findall(text)


async def test_the_other_organization_is_known_by_its_ids(
    wild: WildData, foreign_ids: frozenset[str]
) -> None:
    assert len(foreign_ids) > 400
    assert {row.id for row in wild.theirs.all_invoices} < foreign_ids
    # What the check looks for is there to be found.
    invoice = wild.theirs.all_invoices[0]
    assert (
        len(shown({"id": invoice.id, "notes": MARK, "fullId": invoice.full_id}, foreign_ids)) == 3
    )


@pytest.mark.parametrize("foreign", [False, True], ids=["any ids", "only foreign ids"])
async def test_no_document_shows_a_row_of_another_organization(
    wild: WildData, foreign_ids: frozenset[str], *, foreign: bool
) -> None:
    for document in documents(wild, foreign=foreign):
        answer = await wild.answers.by_plan(document.text, document.variables)
        assert shown(answer.whole, foreign_ids) == [], document


@settings(
    max_examples=depth(50, 500),
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9), is_foreign=st.booleans())
async def test_over_http_a_key_shows_one_organization_only(
    wild: WildData,
    foreign_ids: frozenset[str],
    own_ids: frozenset[str],
    holders: dict[int, list[Client]],
    seed: int,
    *,
    is_foreign: bool,
) -> None:
    document = wild_document(GRAPH, wild.foreign if is_foreign else wild.pool, seed)
    own, other = [await answered(client, document) for client in holders[OWN]]
    assert own == other
    assert shown(orjson.loads(own[1]), foreign_ids) == []
    if is_foreign:
        assert own == await answered(holders[OWN][0], never_made(document))
    theirs, other = [await answered(client, document) for client in holders[OTHERS]]
    assert theirs == other
    assert not own_ids.intersection(IDS.findall(theirs[1].decode()))


async def answered(client: Client, document: Document) -> tuple[int, bytes]:
    asked = {"query": document.text, "variables": document.variables}
    answer = await client.http.post("/graphql", json=asked)
    return answer.status_code, answer.content


async def test_foreign_ids_are_as_ids_that_never_were(wild: WildData) -> None:
    compared = 0
    for document in documents(wild, foreign=True):
        never = never_made(document)
        if never == document:
            continue
        answer = await wild.answers.by_plan(document.text, document.variables)
        other = await wild.answers.by_plan(never.text, never.variables)
        assert answer.body == other.body, document
        compared += answer.is_success
    assert compared > DOCUMENTS // 4


def never_made(document: Document) -> Document:
    """The same document with ids that nobody has."""

    def without(text: str) -> str:
        return re.sub("_02([0-9]{24})", r"_03\1", text)

    variables = without(orjson.dumps(document.variables).decode())
    return Document(without(document.text), orjson.loads(variables))
