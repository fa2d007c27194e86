"""What is counted where it arises, shown as metrics: documents, plans, connections."""

from db.database import Database
from endpoints.metrics import Metrics
from engine.documents import Documents
from engine.execution import Executor


def show(metrics: Metrics, database: Database, documents: Documents, executor: Executor) -> None:
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
