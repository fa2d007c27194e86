"""The application: all that answers requests, put together."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route, request_response
from starlette.types import ASGIApp, Receive, Scope, Send

import schema
from db.database import Database
from endpoints import documents, gauges, health, webhooks
from endpoints import quickbooks as consents
from endpoints.access import Access
from endpoints.choices import Readers
from endpoints.exports import ADDRESS, Downloads
from endpoints.metrics import Metrics
from endpoints.pages import Pages
from endpoints.watch import Tell, Watch
from engine.documents import Documents
from engine.execution import Executor
from engine.http import Endpoint
from engine.limits import Limits
from engine.requests import Headers
from engine.running import MakeContext, Running
from engine.sockets import Sockets
from engine.subscribing import subscribe
from engine.trusted import Trusted
from engine.whole import WholeList
from quickbooks.integration import QuickBooks
from resolvers.context import Context, Viewer
from resolvers.exports import INVOICES
from services.files import Files
from services.sweeping import forget_expired, sweeping
from services.working import Working, working_meanwhile
from settings import COST_MAX

GRAPHQL = "/graphql"


def create_app(
    database: Database,
    access: Access,
    *,
    files: Files,
    clock: Callable[[], datetime],
    trusted: Trusted | None = None,
    cost_max: int = COST_MAX,
    readers: Readers = Readers.LOCAL,
    tell: Tell | None = None,
    working: Working | None = None,
    quickbooks: QuickBooks | None = None,
    pages: Pages | None = None,
) -> ASGIApp:
    """The application over a migrated database, for whom `access` lets in; `pages` are for people.

    `readers` may see the metrics; `tell` is told of requests; `quickbooks` is closed at the end.
    """
    graph = schema.graphql_schema(schema.build())
    executor = Executor(graph, database.dialect, cost_max=cost_max)
    invoices = WholeList(executor, INVOICES)
    context = _contexts(database, access, files, clock, invoices, quickbooks=quickbooks)
    running = _running(executor, context, trusted)
    sockets = Sockets(running)
    metrics = gauges.metrics(database, running, sockets, executor, working)
    app = _Application(
        {"http": Endpoint(running, page=_graphiql(pages)), "websocket": sockets},
        pages,
        routes=[
            *health.routes(database),
            *metrics.routes(readers),
            Route(ADDRESS, Downloads(database, files.signer, clock, invoices)),
            Route(documents.PATH, documents.DocumentFiles(database, files, clock)),
            *_of_quickbooks(database, clock, quickbooks),
        ],
        lifespan=_life(
            database, access, files, clock, metrics, working=working, quickbooks=quickbooks
        ),
    )
    return Watch(app, tell, metrics.count)


def _graphiql(pages: Pages | None) -> ASGIApp | None:
    return None if pages is None else request_response(pages.graphiql.response)


def _running(executor: Executor, context: MakeContext, trusted: Trusted | None) -> Running:
    known = Documents(executor.schema, Limits())
    return Running(known, executor.execute, partial(subscribe, executor), context, trusted)


def _life(
    database: Database,
    access: Access,
    files: Files,
    clock: Callable[[], datetime],
    metrics: Metrics,
    *,
    working: Working | None,
    quickbooks: QuickBooks | None,
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """What is done when the application starts and ends, and now and then between."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        await forget_expired(database, clock())
        refreshing = asyncio.create_task(metrics.keep_fresh())
        background = nullcontext() if working is None else working_meanwhile(working)
        async with access.kept(), sweeping(database, files.storage, clock), background:
            yield
        refreshing.cancel()
        if quickbooks is not None:
            await quickbooks.close()
        await database.close()

    return lifespan


def _contexts(
    database: Database,
    access: Access,
    files: Files,
    clock: Callable[[], datetime],
    invoices: WholeList,
    *,
    quickbooks: QuickBooks | None,
) -> MakeContext:
    app_at_intuit = None if quickbooks is None else quickbooks.options

    def context(scope: Scope, headers: Headers) -> Context | Coroutine[Any, Any, Context]:
        # Milliseconds are what the API shows and what both databases keep.
        now = clock()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        viewer = access.viewer(scope, headers, now)
        # Whoever has subscribed there and then reads must not be shown less than what was told.
        is_live = scope["type"] == "websocket"
        if isinstance(viewer, Viewer):
            return made(viewer, now, is_live=is_live)
        return later(viewer, now, is_live=is_live)

    def made(viewer: Viewer, now: datetime, *, is_live: bool) -> Context:
        return Context(database, viewer, files, now, invoices, app_at_intuit, reads_primary=is_live)

    async def later(viewer: Awaitable[Viewer], now: datetime, *, is_live: bool) -> Context:
        return made(await viewer, now, is_live=is_live)

    return context


def _of_quickbooks(
    database: Database, clock: Callable[[], datetime], quickbooks: QuickBooks | None
) -> list[Route]:
    if quickbooks is None:
        return []
    return [
        *consents.routes(quickbooks.consenting(database, clock)),
        *webhooks.routes(database, quickbooks.options, clock),
    ]


class _Application(Starlette):
    """GraphQL is nearly all that is asked for, and answers every error itself: it comes first."""

    def __init__(
        self,
        graphql: Mapping[str, ASGIApp],
        pages: Pages | None,
        routes: Sequence[Route],
        lifespan: Any,
    ) -> None:
        own, handlers = ([], {}) if pages is None else (pages.routes(), {404: pages.missing})
        super().__init__(routes=[*own, *routes], lifespan=lifespan, exception_handlers=handlers)
        self._graphql = graphql

    # No coroutine of its own, which each request would pay for.
    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Any:
        if scope.get("path") == GRAPHQL:
            return self._graphql[scope["type"]](scope, receive, send)
        return super().__call__(scope, receive, send)
