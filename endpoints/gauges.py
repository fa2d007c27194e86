"""What is counted where it arises, shown as metrics: documents, plans, connections, jobs."""

from collections.abc import Mapping
from itertools import product

from db import jobs
from db.database import Database
from domain.job import JobKind, JobState
from endpoints.metrics import Metrics
from engine.documents import Documents
from engine.execution import Executor
from engine.running import Running
from engine.sockets import Sockets
from services.jobs import End
from services.working import Working


def metrics(
    database: Database,
    running: Running,
    sockets: Sockets,
    executor: Executor,
    working: Working | None,
) -> Metrics:
    """The numbers of an application, and of what `working` does beside it."""
    made = Metrics()
    _show(made, database, running.documents, executor)
    _show_live(made, running, sockets)
    _show_jobs(made, database, working)
    return made


def _show_live(metrics: Metrics, running: Running, sockets: Sockets) -> None:
    """How many watch."""
    metrics.gauge(
        "remit_live",
        "Websockets that are open, and subscriptions over them or as streams of events.",
        {"websockets": lambda: sockets.open, "subscriptions": lambda: running.subscriptions},
    )


def _show(metrics: Metrics, database: Database, documents: Documents, executor: Executor) -> None:
    counts = executor.counts
    metrics.gauge(
        "remit_documents", "Valid documents that are kept.", {"kept": lambda: len(documents)}
    )
    metrics.counter(
        "remit_document_lookups",
        "Documents that were found (hit), or had to be parsed and checked (miss).",
        {"hit": lambda: documents.hits, "miss": lambda: documents.misses},
    )
    metrics.counter(
        "remit_plans",
        "Plans that were made, and operations that were answered by plan or by graphql-core.",
        {
            "made": lambda: counts.made,
            "planned": lambda: counts.planned,
            "walked": lambda: counts.walked,
        },
    )
    metrics.gauge(
        "remit_connections",
        "Connections to the database: how many may be in use, are, and are waited for.",
        database.connections(),
    )


def _show_jobs(metrics: Metrics, database: Database, working: Working | None) -> None:
    """How many there are, whoever does them, and what became of those that `working` has done."""

    async def counts() -> Mapping[tuple[str, ...], int]:
        # What there is none of any more must not stay as it was.
        return {**dict.fromkeys(product(JobKind, JobState), 0), **await jobs.counts(database)}

    metrics.asked("remit_jobs", "Jobs that wait, run, or were given up.", ["kind", "state"], counts)
    if working is not None:
        ends = working.ends
        metrics.counters(
            "remit_job_attempts",
            "Attempts at jobs by how they ended, in the servers that do jobs.",
            ["kind", "end"],
            {one: lambda one=one: ends[one] for one in product(JobKind, End)},
        )
