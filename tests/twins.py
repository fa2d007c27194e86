"""Operations answered twice, by plan and by graphql-core, over one database: to the same letter."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, cast

import orjson

import schema
from db.changes import InvoiceChanged
from db.database import Database
from db.tables import Organization
from engine import strict_json
from engine.documents import Documents, Invalid, Operation
from engine.errors import Result, shown
from engine.execution import Executor
from engine.limits import Limits
from engine.subscribing import subscribe
from engine.whole import WholeList
from resolvers.context import Context, Viewer
from resolvers.enums import Role
from resolvers.exports import INVOICES
from resolvers.subscriptions import happened
from settings import COST_MAX
from tests.client import FILES
from tests.conftest import NOW

GRAPH = schema.graphql_schema(schema.build())

_ERROR_ID = re.compile(rb"[0-9a-f]{32}")
_INTROSPECTION = re.compile(r"\b__(schema|type)\b")


@dataclass(frozen=True)
class Answer:
    """The body of an answer, to the letter but for the ids of errors, and who made it."""

    body: bytes
    is_planned: bool = False

    @property
    def whole(self) -> dict[str, Any]:
        return orjson.loads(self.body)

    @property
    def is_success(self) -> bool:
        return "errors" not in self.whole


@dataclass
class One:
    """One way to answer."""

    database: Database
    viewer: Viewer
    executor: Executor
    now: datetime = NOW

    @cached_property
    def invoices(self) -> WholeList:
        return WholeList(self.executor, INVOICES)

    @property
    def context(self) -> Context:
        return Context(self.database, self.viewer, FILES, self.now, self.invoices)

    async def answer(self, operation: Operation, variables: dict[str, Any] | None) -> Answer:
        before = self.executor.counts.planned
        result = await self.executor.execute(operation, variables, cast("Any", self.context))
        return Answer(body_of(result), self.executor.counts.planned > before)

    async def told(
        self, operation: Operation, variables: dict[str, Any] | None, change: InvoiceChanged
    ) -> Answer:
        """What a subscription tells of a change."""
        context: Any = self.context
        found = await subscribe(self.executor, operation, variables, context)
        if isinstance(found, Result):
            return Answer(body_of(found))
        found.stream.close()
        before = self.executor.counts.planned
        result = await found.answer(happened(change), context)
        return Answer(body_of(result), self.executor.counts.planned > before)


@dataclass
class Twins:
    """Over one database: a plan's answer and graphql-core's."""

    planned: One
    walked: One
    documents: Documents = field(default_factory=lambda: Documents(GRAPH, Limits()))

    async def both(
        self, text: str, variables: dict[str, Any] | None = None, name: str | None = None
    ) -> Answer:
        """The one answer; a failure that shows both where they differ."""
        try:
            operation = self.documents.operation(text, name)
        except Invalid as invalid:
            return _invalid(invalid)
        planned = await self.planned.answer(operation, variables)
        # Plans are kept with the operation, and each executor has its own.
        walked = await self.walked.answer(replace(operation, plans=None), variables)
        return self._same(planned, walked, text, variables)

    async def told(
        self, text: str, variables: dict[str, Any] | None, change: InvoiceChanged
    ) -> Answer:
        """As `both`, of what a subscription tells of a change."""
        try:
            operation = self.documents.operation(text, None)
        except Invalid as invalid:
            return _invalid(invalid)
        planned = await self.planned.told(operation, variables, change)
        walked = await self.walked.told(replace(operation, plans=None), variables, change)
        return self._same(planned, walked, text, variables)

    def _same(self, planned: Answer, walked: Answer, text: str, variables: object) -> Answer:
        assert planned.body == walked.body, _told(text, variables)
        if planned.is_success and not _INTROSPECTION.search(text):
            assert planned.is_planned, f"not planned: {_told(text, variables)}"
        return planned

    async def alone(self, text: str, variables: dict[str, Any] | None = None) -> Answer:
        """As the API answers it."""
        try:
            operation = self.documents.operation(text, None)
        except Invalid as invalid:
            return _invalid(invalid)
        return await self.planned.answer(operation, variables)


def _invalid(invalid: Invalid) -> Answer:
    return Answer(body_of(Result(None, invalid.errors, is_request_error=True)))


def twins(database: Database, organization: Organization, *, cost_max: int = COST_MAX) -> Twins:
    viewer = Viewer(name="Demo admin", role=Role.ADMIN, organization=organization)

    def one(*, always_walk: bool) -> One:
        executor = Executor(GRAPH, database.dialect, cost_max=cost_max, always_walk=always_walk)
        return One(database, viewer, executor)

    return Twins(one(always_walk=False), one(always_walk=True))


@dataclass
class Quadruplets:
    """Twins over each database with the same rows: all four answer the same."""

    pairs: list[Twins]

    async def all(
        self, text: str, variables: dict[str, Any] | None = None, name: str | None = None
    ) -> Answer:
        answer, *others = [await pair.both(text, _sent(variables), name) for pair in self.pairs]
        for other in others:
            assert answer.body == other.body, _told(text, variables)
        return answer

    async def told(
        self, text: str, variables: dict[str, Any] | None, change: InvoiceChanged
    ) -> Answer:
        sent = _sent(variables)
        answer, *others = [await pair.told(text, sent, change) for pair in self.pairs]
        for other in others:
            assert answer.body == other.body, _told(text, variables)
        return answer

    async def by_plan(self, text: str, variables: dict[str, Any] | None = None) -> Answer:
        """The one answer of plans alone: as the API gives it."""
        answer, *others = [await pair.alone(text, _sent(variables)) for pair in self.pairs]
        for other in others:
            assert answer.body == other.body, _told(text, variables)
        return answer


def _sent(variables: dict[str, Any] | None) -> dict[str, Any] | None:
    """As they come from a client: numbers by their digits."""
    return None if variables is None else strict_json.parse(orjson.dumps(variables))


@asynccontextmanager
async def opened(urls: Sequence[str]) -> AsyncGenerator[list[Database]]:
    databases = [Database(url) for url in urls]
    yield databases
    for database in databases:
        await database.close()


def body_of(result: Result) -> bytes:
    """As it is sent, without what is drawn by lot."""
    errors = [shown(error) for error in result.errors]
    body = {"data": result.data, **({"errors": errors} if errors else {})}
    return _ERROR_ID.sub(b"(an id)", orjson.dumps(body)) if errors else orjson.dumps(body)


def _told(text: str, variables: object) -> str:
    return f"\n{text}\n{variables!r}"
