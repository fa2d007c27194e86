"""Mutations do the same, and answer the same, by plan and by graphql-core: each on its own copy."""

import re
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from db import audit
from db.database import Database
from db.tables import Payment
from engine.answers import Shown
from tests.databases import PostgreSQL, SQLite
from tests.mutation_script import PAY, STEPS
from tests.organizations import made_within
from tests.twins import One, Twins, twins

ID = re.compile("[a-z]+_0[0-9a-z]{25}")


@pytest.fixture
def urls(databases: SQLite | PostgreSQL, tmp_path: Path) -> Generator[list[str]]:
    with ExitStack() as stack:
        found: list[str] = []
        for name in ("planned", "walked"):
            (tmp_path / name).mkdir()
            found.append(stack.enter_context(databases.copy(tmp_path / name)))
        yield found


@pytest.fixture
async def copies(urls: list[str]) -> AsyncGenerator[tuple[Twins, Twins]]:
    """Twins over two equal databases: what one does to its own, the other does not see."""
    async with AsyncExitStack() as stack:
        found: list[Twins] = []
        for url in urls:
            database = Database(url)
            stack.push_async_callback(database.close)
            async with database.transaction() as session:
                organization = await made_within(session)
            found.append(twins(database, organization))
        yield found[0], found[1]
        for one in found:
            assert await audit.differences(one.planned.database) == []


class Told:
    """What was asked and answered, with ids by the order in which they came."""

    def __init__(self, pair: Twins, one: One) -> None:
        self._documents = pair.documents
        self._one = one
        self._ids: dict[str, str] = {}
        self.answers: list[str] = []
        self.planned: list[bool] = []

    async def ask(self, query: str, **variables: Any) -> None:
        """Ids are given by their place, such as `invoice 1`."""
        by_place = {place: found for found, place in self._ids.items()}
        given = _replaced(variables, by_place)
        answer = await self._one.answer(self._documents.operation(query, None), given)
        self.answers.append(ID.sub(self._placed, answer.body.decode()))
        self.planned.append(answer.is_planned or not answer.is_success)

    def _placed(self, found: re.Match[str]) -> str:
        prefix = found[0].rpartition("_")[0]
        known = sum(one.startswith(f"{prefix}_") for one in self._ids)
        return self._ids.setdefault(found[0], f"{prefix} {known + 1}")


def _replaced(value: Any, by_place: dict[str, str]) -> Any:
    match value:
        case dict():
            return {
                name: _replaced(one, by_place)
                for name, one in cast("dict[str, Any]", value).items()
            }
        case list():
            return [_replaced(one, by_place) for one in cast("list[Any]", value)]
        case str():
            return by_place.get(value, value)
        case _:
            return value


async def payment_count(database: Database) -> int:
    [row] = await database.read_own(select(func.count(col(Payment.id))))
    return row[0]


async def test_every_mutation_answers_alike(copies: tuple[Twins, Twins]) -> None:
    by_plan, by_walk = copies
    planned = Told(by_plan, by_plan.planned)
    walked = Told(by_walk, by_walk.walked)

    for query, variables in STEPS:
        await planned.ask(query, **variables)
        await walked.ask(query, **variables)
        assert planned.answers[-1] == walked.answers[-1], query
        assert planned.planned[-1], query

    everything = " ".join(planned.answers)
    assert everything.count('"errors"') == 2
    for kind in ("InputError", "InvoiceStateError", "PaymentExceedsBalanceError"):
        assert f'"kind":"{kind}"' in everything


async def test_mutation_whose_payload_cannot_be_shown_is_done_once(
    copies: tuple[Twins, Twins], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[str] = []
    for pair, one in ((copies[0], copies[0].planned), (copies[1], copies[1].walked)):
        told = Told(pair, one)
        for query, variables in STEPS[:4]:
            await told.ask(query, **variables)
        before = await payment_count(one.database)

        async def lost(*_: object) -> Any:
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr(Shown, "show", lost)
            await told.ask(PAY, invoice="invoice 1", amount="1.00")
        assert await payment_count(one.database) == before + 1
        answers.append(told.answers[-1])
        # Nothing of it is left to be done.
        await told.ask("{ payments { totalCount } }")
        assert told.answers[-1] == f'{{"data":{{"payments":{{"totalCount":{before + 1}}}}}}}'

    assert answers[0] == answers[1]
    assert answers[0].startswith('{"data":{"recordPayment":null},"errors":[{"message":"Something')
    assert '"path":["recordPayment"]' in answers[0]


async def test_the_second_of_two_is_done_once_though_it_cannot_be_shown(
    copies: tuple[Twins, Twins], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = """mutation ($invoice: ID!) {
        a: recordPayment(input: { invoiceId: $invoice, amount: 1, method: cash }) {
            payment { id amount }
        }
        b: recordPayment(input: { invoiceId: $invoice, amount: 2, method: cash }) {
            payment { id amount }
        }
    }"""
    for pair, one in ((copies[0], copies[0].planned), (copies[1], copies[1].walked)):
        told = Told(pair, one)
        for step, variables in STEPS[:4]:
            await told.ask(step, **variables)
        before = await payment_count(one.database)
        show = Shown.show
        paid: set[str] = set()

        async def second_lost(
            self: Shown, answer: Any, asked: Any, show: Any = show, paid: set[str] = paid
        ) -> Any:
            paid.add(answer.values["payment"])
            if len(paid) > 1 and answer.values["payment"] != first(paid):
                raise RuntimeError
            return await show(self, answer, asked)

        with monkeypatch.context() as patch:
            patch.setattr(Shown, "show", second_lost)
            await told.ask(query, invoice="invoice 1")
        assert await payment_count(one.database) == before + 2
        assert '"b":null},"errors":[{"message":"Something' in told.answers[-1]
        assert '"a":{"payment":{"id":' in told.answers[-1]


def first(ids: set[str]) -> str:
    """Ids sort by age."""
    return min(ids)
