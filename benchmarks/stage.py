"""All servers up at once over fresh copies of the rows, with the requests they will be sent."""

import asyncio
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from benchmarks import ledger, queries, targets
from benchmarks.cluster import Cluster, cluster
from benchmarks.postgresql import connected
from benchmarks.targets import Target

# Kept between runs, and ignored by Git.
FOLDER = targets.ROOT / ".data" / "bench"
_RUN = "remit_bench_run"
_FUNCTION = Path(__file__).parent / "sql" / "record_payment.sql"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a run works on."""

    cluster: Cluster
    running: Sequence[Target]
    database_url: str
    sqlite_url: str | None
    bodies: Mapping[tuple[str, str], Sequence[str]]

    def bodies_of(self, target: Target, query: str) -> Sequence[str]:
        return self.bodies[query, target.dialect]

    def file_of(self, target: Target, query: str) -> Path:
        return _file(query, target.dialect)


@contextmanager
def stage(names: Sequence[str], invoices: int, *, is_read_only: bool = False) -> Generator[Stage]:
    """Read only, the kept rows need no copy, which takes room and time with a million invoices."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        server = stack.enter_context(cluster(FOLDER))
        kept = ledger.postgresql(server, invoices)
        url = server.url_of(kept) if is_read_only else _fresh(server, kept)
        sqlite_url = None
        if "remit-sqlite" in names:
            sqlite_url = ledger.sqlite_copy(ledger.sqlite(FOLDER, invoices))
        bodies = _bodies(url)
        running: list[Target] = []
        for name in names:
            own_url = sqlite_url if name == "remit-sqlite" else url
            target = targets.start(name, own_url or url, FOLDER)
            stack.callback(target.stop)
            running.append(target)
        for target in running:
            targets.wait(target, bodies["board", target.dialect][0])
        yield Stage(server, running, url, sqlite_url, bodies)


def _fresh(server: Cluster, kept: str) -> str:
    """The URL of a copy to which the peers' function is added."""
    typer.echo("Copying the rows ...")
    server.copy(kept, _RUN)
    url = server.url_of(_RUN)
    asyncio.run(_execute(url, _FUNCTION.read_text()))
    return url


async def _execute(url: str, script: str) -> None:
    async with connected(url) as connection:
        await connection.execute(script)
        # What copying has written must not be waited for by whoever pays first.
        await connection.execute("CHECKPOINT")


def _bodies(url: str) -> Mapping[tuple[str, str], Sequence[str]]:
    """Every query's requests in every dialect, also as the files that the load is made from."""
    values = queries.values(url)
    made: dict[tuple[str, str], Sequence[str]] = {}
    for query in queries.QUERIES:
        for dialect in ("remit", "postgraphile"):
            made[query, dialect] = queries.bodies(query, dialect, values)
            _file(query, dialect).write_text("\n".join(made[query, dialect]) + "\n")
    return made


def _file(query: str, dialect: str) -> Path:
    return FOLDER / f"{query}.{dialect}.jsonl"
