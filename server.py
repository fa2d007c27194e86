"""The web process: GraphQL over HTTP."""

import asyncio
import gc
import ipaddress
import sys
from datetime import UTC, datetime

import typer
import uvloop

import schema
import worker as background
import workers
from app import GRAPHQL, create_app
from db import migrate, organizations
from db.database import Database
from endpoints import logs
from endpoints import metrics as metrics_of
from endpoints.access import Access, ByKey, Demo
from endpoints.choices import Level
from endpoints.pages import DOCUMENTS, Pages
from engine import trusted as trusted_documents
from engine.documents import Documents
from engine.limits import Limits
from engine.trusted import BadTrusted, Trusted
from services.files import Files
from services.signing import Signer
from services.storage import BadStorage, Storage, open_storage
from settings import BadSecret, Settings
from workers import Worker

DEMO_ORGANIZATION_ID = 1

QUERY_TO_TRY = """{
  invoices(first: 3, filter: { isOverdue: true }) {
    totalCount
    nodes { invoice status total outstandingBalance daysPastDue }
  }
}"""


def now() -> datetime:
    """The wall clock: the one place where the server reads it."""
    return datetime.now(UTC)


async def serve(settings: Settings, worker: Worker | None = None) -> None:
    """Serve until stopped. Refuses a database that is not migrated or has no organization."""
    if not settings.require_keys and not _is_loopback(settings.host):
        sys.exit(
            f"Without keys Remit serves this machine only, not {settings.host}. Set "
            "REMIT_REQUIRE_KEYS=true, and make a key: remit keys create --organization 1 "
            "--name NAME --role admin (or set REMIT_HOST=127.0.0.1)"
        )
    log = logs.configure(settings.log_format, settings.log_level)
    database = Database(
        settings.primary_url, read_url=settings.read_database_url, pool_size=settings.pool_size
    )
    if not await migrate.is_current(database):
        sys.exit("The database is not up to date. Run: remit migrate (or: make run)")
    served, access = await _access(settings, database)
    async with background.made(settings, database, now) as working:
        app = create_app(
            database,
            access,
            files=Files(_signer(settings), _storage(settings)),
            clock=now,
            trusted=_trusted(settings),
            cost_max=settings.cost_max,
            readers=settings.metrics,
            quickbooks=background.quickbooks(settings),
            pages=_pages(),
            tell=log.info if settings.log_level in {Level.DEBUG, Level.INFO} else None,
            working=working if settings.run_jobs else None,
        )
        if worker is None or worker.ready is not None:
            _welcome(f"http://{settings.host}:{settings.port}", served)

        def stop() -> None:
            working.stop()
            database.changes.stop()

        _spare_the_garbage_collector()
        await workers.serve(app, settings.host, settings.port, worker, stopping=stop)


def _welcome(address: str, served: str) -> None:
    typer.echo(f"Remit serves {served} at {address}/ (the Invoice Board)")
    typer.echo(f"and at {address}{GRAPHQL} (GraphQL, and GraphiQL in a browser). Try:\n")
    typer.echo(f"{QUERY_TO_TRY}\n")


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


def _pages() -> Pages:
    if not DOCUMENTS.exists():
        sys.exit("The pages for people are not built. Run: make web")
    return Pages()


def _trusted(settings: Settings) -> Trusted:
    """The board's documents, and those that the settings name."""
    path = settings.trusted_documents
    paths = [DOCUMENTS] if path is None else [DOCUMENTS, path]
    try:
        documents = Documents(schema.graphql_schema(schema.build()), Limits())
        return trusted_documents.load(
            *paths, documents=documents, only=settings.trusted_documents_only
        )
    except BadTrusted as bad:
        sys.exit(f"REMIT_TRUSTED_DOCUMENTS cannot be used. {bad}")


def _signer(settings: Settings) -> Signer:
    try:
        return Signer(settings.signing_secret(), settings.url)
    except BadSecret as bad:
        sys.exit(str(bad))


def _storage(settings: Settings) -> Storage:
    try:
        return open_storage(settings.storage_url, settings.data_dir)
    except BadStorage as bad:
        sys.exit(f"REMIT_STORAGE_URL cannot be used. {bad}")


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
