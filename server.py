"""The web process: GraphQL over HTTP."""

import asyncio
import gc
import ipaddress
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import typer
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

import schema
import workers
from db import idempotency, migrate, organizations
from db.database import Database
from db.tables import Organization
from endpoints import gauges, health, logs
from endpoints import metrics as metrics_of
from endpoints.choices import Access, Level
from endpoints.metrics import Metrics
from endpoints.watch import Tell, Watch
from engine import trusted as trusted_documents
from engine.documents import Documents
from engine.execution import Executor
from engine.http import Endpoint
from engine.limits import Limits
from engine.trusted import BadTrusted, Trusted
from resolvers.context import Context, Viewer
from resolvers.enums import Role
from services.files import Files
from services.signing import Signer
from settings import COST_MAX, Settings
from workers import Worker

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
    organization: Organization,
    *,
    files: Files,
    clock: Callable[[], datetime],
    trusted: Trusted | None = None,
    cost_max: int = COST_MAX,
    access: Access = Access.LOCAL,
    tell: Tell | None = None,
) -> ASGIApp:
    """The application over a migrated database, for one viewer of one organization."""
    viewer = Viewer(name="Demo admin", role=Role.ADMIN, organization=organization)

    def context() -> Context:
        # Milliseconds are what the API shows and what both databases keep.
        now = clock()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        return Context(database, viewer, files, now)

    graph = schema.graphql_schema(schema.build())
    executor = Executor(graph, database.dialect, cost_max=cost_max)
    documents = Documents(graph, Limits())
    endpoint = Endpoint(documents, executor.execute, context, trusted)
    metrics = Metrics()
    gauges.show(metrics, database, documents, executor)
    app = _Application(
        endpoint,
        routes=[
            # Until there is a board, whoever opens the bare address finds GraphiQL.
            Route("/", _to_graphiql),
            *health.routes(database),
            *metrics.routes(access),
        ],
        lifespan=_lifespan(database, clock, metrics),
    )
    return Watch(app, tell, metrics.count)


def _lifespan(database: Database, clock: Callable[[], datetime], metrics: Metrics) -> Any:
    """What is done before the first request and after the last."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with database.transaction() as session:
            await idempotency.forget_expired(session, clock())
        refreshing = asyncio.create_task(metrics.keep_fresh())
        yield
        refreshing.cancel()
        await database.close()

    return lifespan


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


async def serve(settings: Settings, worker: Worker | None = None) -> None:
    """Serve until stopped. Refuses a database that is not migrated or has no organization."""
    if not _is_loopback(settings.host):
        sys.exit(
            f"Without keys Remit serves this machine only. Set REMIT_HOST=127.0.0.1, "
            f"not {settings.host}"
        )
    log = logs.configure(settings.log_format, settings.log_level)
    database = Database(
        settings.primary_url, read_url=settings.read_database_url, pool_size=settings.pool_size
    )
    if not await migrate.is_current(database):
        sys.exit("The database is not up to date. Run: remit migrate (or: make run)")
    async with database.transaction() as session:
        organization = await organizations.find(session, DEMO_ORGANIZATION_ID)
    if organization is None:
        sys.exit("The database has no organization. Run: remit demo (or: make run)")
    app = create_app(
        database,
        organization,
        files=Files(Signer(settings.signing_secret(), settings.url)),
        clock=now,
        trusted=_trusted(settings),
        cost_max=settings.cost_max,
        access=settings.metrics,
        tell=log.info if settings.log_level in {Level.DEBUG, Level.INFO} else None,
    )
    if worker is None or worker.ready is not None:
        address = f"http://{settings.host}:{settings.port}{GRAPHQL}"
        typer.echo(f"Remit serves {organization.name} at {address}\n")
        typer.echo(f"Open it in a browser, and try:\n\n{QUERY_TO_TRY}\n")
    _spare_the_garbage_collector()
    await workers.serve(app, settings.host, settings.port, worker)


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


def work(worker: Worker | None = None) -> None:
    """Serve in this process."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Settings(), worker))


def main() -> None:
    settings = Settings()
    if settings.workers == 1:
        work()
        return
    logs.configure(settings.log_format, settings.log_level)
    listener = workers.listen(settings.host, settings.port)
    with metrics_of.together():
        workers.Supervisor(settings.workers, listener, work).run(ended=metrics_of.forget)


if __name__ == "__main__":
    main()
