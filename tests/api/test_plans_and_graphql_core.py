"""Every operation is answered alike by plan and by graphql-core, and on both databases."""

import pytest

from db.changes import InvoiceChanged
from domain.activity import ActivityKind
from tests.conftest import NOW
from tests.depth import depth
from tests.twins import GRAPH
from tests.wild import FIRST_SEED, WildData
from tests.wild_documents import wild_document, wild_requests, wild_subscription

pytestmark = pytest.mark.asyncio(loop_scope="session")

DOCUMENTS = depth(100, 200)
REPEATED = depth(20, 40)
REQUESTS = 5


@pytest.mark.parametrize("part", range(4))
async def test_wild_documents_are_answered_alike(wild: WildData, part: int) -> None:
    successes = 0
    for seed in range(FIRST_SEED + part * DOCUMENTS, FIRST_SEED + (part + 1) * DOCUMENTS):
        document = wild_document(GRAPH, wild.pool, seed)
        answer = await wild.answers.all(document.text, document.variables)
        successes += answer.is_success
    # What is refused is compared as well, but says less.
    assert successes > DOCUMENTS // 2


async def test_wild_subscriptions_tell_alike(wild: WildData) -> None:
    successes = 0
    for seed in range(FIRST_SEED, FIRST_SEED + DOCUMENTS):
        document = wild_subscription(GRAPH, wild.pool, seed)
        invoice_id = wild.pool.ids["invoice"][seed % len(wild.pool.ids["invoice"])]
        change = InvoiceChanged(1, invoice_id, "customer_1", ActivityKind.UPDATED, NOW)
        answer = await wild.answers.told(document.text, document.variables, change)
        successes += answer.is_success
    assert successes > DOCUMENTS // 2


async def test_documents_are_answered_alike_whatever_they_were_asked_with_before(
    wild: WildData,
) -> None:
    for seed in range(FIRST_SEED + 2 * 10**6, FIRST_SEED + 2 * 10**6 + REPEATED):
        text, requests = wild_requests(GRAPH, wild.pool, seed, REQUESTS)
        # graphql-core's twin plans anew each time; the plans of the other are kept.
        for variables in (*requests, requests[0]):
            await wild.answers.all(text, variables)
