"""The web process: GraphQL over HTTP."""

import asyncio
import gc
import ipaddress
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import typer
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

import schema
from db import idempotency, migrate, organizations
from db.database import Database
from endpoints.access import Access, ByKey, Demo
from engine import trusted as trusted_documents
from engine.connection import Connection
from engine.documents import Documents
from engine.execution import Executor
from engine.http import Endpoint, MakeContext
from engine.limits import Limits
from engine.requests import Headers
from engine.trusted import BadTrusted, Trusted
from resolvers.context import Context, Viewer
from services.files import Files
from services.signing import Signer
from settings import COST_MAX, Settings

DEMO_ORGANIZATION_ID = 1
GRAPHQL = "/graphql"

QUERY_TO_TRY = """{
  invoices(first: 3, filter: { isOverdue: true }) {
    totalCount
    nodes { invoice status total outstandingBalance daysPastDue }
  }
}"""


def create_app(
    database: Database,
    access: Access,
    *,
    files: Files,
    clock: Callable[[], datetime],
    trusted: Trusted | None = None,
    cost_max: int = COST_MAX,
) -> Starlette:
    """The application over a migrated database, for whom `access` lets in."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with database.transaction() as session:
            await idempotency.forget_expired(session, clock())
        async with access.kept():
            yield
        await database.close()

    graph = schema.graphql_schema(schema.build())
    executor = Executor(graph, database.dialect, cost_max=cost_max)
    context = _contexts(database, access, files, clock)
    endpoint = Endpoint(Documents(graph, Limits()), executor.execute, context, trusted)
    return _Application(
        endpoint,
        routes=[
            # Until there is a board, whoever opens the bare address finds GraphiQL.
            Route("/", _to_graphiql),
        ],
        lifespan=lifespan,
    )


def _contexts(
    database: Database, access: Access, files: Files, clock: Callable[[], datetime]
) -> MakeContext:
    def context(scope: Scope, headers: Headers) -> Context | Coroutine[Any, Any, Context]:
        # Milliseconds are what the API shows and what both databases keep.
        now = clock()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        viewer = access.viewer(scope, headers, now)
        if isinstance(viewer, Viewer):
            return Context(database, viewer, files, now)
        return later(viewer, now)

    async def later(viewer: Awaitable[Viewer], now: datetime) -> Context:
        return Context(database, await viewer, files, now)

    return context


class _Application(Starlette):
    """GraphQL is nearly all that is asked for, and answers every error itself: it comes first."""

    def __init__(self, graphql: Endpoint, routes: Sequence[Route], lifespan: Any) -> None:
        super().__init__(routes=routes, lifespan=lifespan)
        self._graphql = graphql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == GRAPHQL:
            await self._graphql(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def _to_graphiql(_request: Request) -> RedirectResponse:
    return RedirectResponse(GRAPHQL)


def now() -> datetime:
    """The wall clock: the one place where the server reads it."""
    return datetime.now(UTC)


async def serve(settings: Settings) -> None:
    """Serve until stopped. Refuses a database that is not migrated or has no organization."""
    if not settings.require_keys and not _is_loopback(settings.host):
        sys.exit(
            f"Without keys Remit serves this machine only, not {settings.host}. Set "
            "REMIT_REQUIRE_KEYS=true, and make a key: remit keys create --organization 1 "
            "--name NAME --role admin (or set REMIT_HOST=127.0.0.1)"
        )
    database = Database(settings.primary_url, read_url=settings.read_database_url)
    if not await migrate.is_current(database):
        sys.exit("The database is not up to date. Run: remit migrate (or: make run)")
    served, access = await _access(settings, database)
    app = create_app(
        database,
        access,
        files=Files(Signer(settings.signing_secret(), settings.url)),
        clock=now,
        trusted=_trusted(settings),
        cost_max=settings.cost_max,
    )
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        http=Connection,
    )
    address = f"http://{settings.host}:{settings.port}{GRAPHQL}"
    typer.echo(f"Remit serves {served} at {address}\n")
    typer.echo(f"Open it in a browser, and try:\n\n{QUERY_TO_TRY}\n")
    _spare_the_garbage_collector()
    await uvicorn.Server(config).serve()


async def _access(settings: Settings, database: Database) -> tuple[str, Access]:
    """Who is let in, and a name for what they are let into."""
    if settings.require_keys:
        return "whoever has a key", ByKey(database)
    async with database.transaction() as session:
        organization = await organizations.find(session, DEMO_ORGANIZATION_ID)
    if organization is None:
        sys.exit("The database has no organization. Run: remit demo (or: make run)")
    return organization.name, Demo(organization)


def _spare_the_garbage_collector() -> None:
    """What is there at the start stays: looking through it again and again would only cost time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _trusted(settings: Settings) -> Trusted | None:
    path = settings.trusted_documents
    if path is None:
        return None
    try:
        documents = Documents(schema.graphql_schema(schema.build()), Limits())
        return trusted_documents.load(path, documents, only=settings.trusted_documents_only)
    except BadTrusted as bad:
        sys.exit(f"REMIT_TRUSTED_DOCUMENTS cannot be used. {bad}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def main() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Settings()))


if __name__ == "__main__":
    main()
