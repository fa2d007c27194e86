"""Every operation is answered alike by plan and by graphql-core, and on both databases."""

import pytest

from tests.twins import GRAPH
from tests.wild import FIRST_SEED, WildData
from tests.wild_documents import wild_document

pytestmark = pytest.mark.asyncio(loop_scope="session")

DOCUMENTS = 400


@pytest.mark.parametrize("part", range(4))
async def test_wild_documents_are_answered_alike(wild: WildData, part: int) -> None:
    successes = 0
    for seed in range(FIRST_SEED + part * DOCUMENTS, FIRST_SEED + (part + 1) * DOCUMENTS):
        document = wild_document(GRAPH, wild.pool, seed)
        answer = await wild.answers.all(document.text, document.variables)
        successes += answer.is_success
    # What is refused is compared as well, but says less.
    assert successes > DOCUMENTS // 2
