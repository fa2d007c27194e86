"""`python -m benchmarks`: compare, measure, and write down what was seen."""

import typer

from benchmarks import load
from benchmarks.agreement import check, check_books
from benchmarks.queries import QUERIES
from benchmarks.rounds import Plan, measure
from benchmarks.stage import stage
from benchmarks.targets import NAMES

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

_INVOICES = typer.Option(100_000, envvar="BENCH_INVOICES", help="How many invoices to make.")
_TARGETS = typer.Option(",".join(NAMES), envvar="BENCH_TARGETS", help="Which servers.")
_SECONDS = typer.Option(3, envvar="BENCH_SECONDS", help="How long each load lasts.")
_CONNECTIONS = typer.Option(8, envvar="BENCH_CONNECTIONS", help="How many at a time.")


@app.command()
def compare(invoices: int = _INVOICES, targets: str = _TARGETS) -> None:
    """Only compare the servers' answers, and prove the books after their payments."""
    with stage(_names(targets, NAMES), invoices) as staged:
        check(staged)
        check_books(staged)


@app.command()
def run(
    invoices: int = _INVOICES,
    targets: str = _TARGETS,
    queries: str = typer.Option(",".join(QUERIES), envvar="BENCH_QUERIES", help="Which queries."),
    rounds: int = typer.Option(5, envvar="BENCH_ROUNDS", help="How often each is measured."),
    seconds: int = _SECONDS,
    connections: int = _CONNECTIONS,
) -> None:
    """Measure all servers in turn, and write docs/benchmarks.md with a picture."""
    # Reports need nothing that the other commands do.
    from benchmarks import report

    load.check_installed()
    plan = Plan(_names(queries, QUERIES), rounds, seconds, connections)
    with stage(_names(targets, NAMES), invoices) as staged:
        check(staged)
        measured = measure(staged, plan)
        check_books(staged)
        settings = staged.cluster.settings
    report.write(report.Run(plan, invoices, settings, measured))


@app.command()
def growth(
    largest: int = typer.Option(1_000_000, help="How many invoices the large database has."),
    rounds: int = typer.Option(5, envvar="BENCH_ROUNDS", help="How often each is measured."),
    seconds: int = _SECONDS,
    connections: int = _CONNECTIONS,
) -> None:
    """Measure the board among 10,000 invoices and a million, and page 1,000 beside page 1."""
    from benchmarks import growth

    load.check_installed()
    plan = Plan(["board"], rounds, seconds, connections)
    growth.measure((10_000, largest), 100_000, plan)


@app.command()
def aging(
    invoices: int = _INVOICES,
    rounds: int = typer.Option(9, help="How often each day is asked for."),
) -> None:
    """Time the aging of all receivables, as of days from the first to the last and beyond."""
    from benchmarks import aging

    aging.measure(invoices, rounds)


@app.command()
def memory(
    invoices: int = _INVOICES,
    requests: int = typer.Option(100_000, help="How many requests."),
    documents: int = typer.Option(10_000, max=16_384, help="How many different documents."),
) -> None:
    """Send many different documents, and watch the server's memory."""
    from benchmarks import memory

    load.check_installed()
    memory.measure(invoices, requests, documents)


@app.command()
def export(
    invoices: int = typer.Option(340_000, help="How many invoices; each has about 3 line items."),
    targets: str = typer.Option("remit,remit-sqlite", envvar="BENCH_TARGETS", help="Which."),
) -> None:
    """Download everything as CSV and as JSON Lines, and ask a small query meanwhile."""
    from benchmarks import export

    export.measure(invoices, _names(targets, ("remit", "remit-sqlite")))


@app.command()
def access(rounds: int = typer.Option(15, help="How often each is measured.")) -> None:
    """Measure what it costs a request to be asked for its key."""
    from benchmarks import access

    access.measure(rounds)


def _names(chosen: str, known: tuple[str, ...]) -> list[str]:
    names = chosen.split(",")
    unknown = set(names) - set(known)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: not among {', '.join(known)}")
    return names


if __name__ == "__main__":
    app()
