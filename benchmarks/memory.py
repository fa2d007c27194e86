"""Whether the server's memory stays the same, whatever documents it is sent."""

import json
from itertools import islice, product
from pathlib import Path
from random import Random

import typer

from benchmarks import figures, load
from benchmarks.figures import Figure
from benchmarks.processor import resident_bytes
from benchmarks.stage import FOLDER, stage
from benchmarks.targets import Target

_FIELDS = (
    "fullId status notes invoiceDate dueDate terms sentAt currency subTotal taxTotal total "
    "amountPaid outstandingBalance version"
).split()
_QUARTERS = 4
_SEED = 7
_MEBIBYTES_MAX = 5
_CONNECTIONS = 8


def measure(invoices: int, requests: int, documents: int) -> None:
    """Send many requests of many documents, and look at the resident size four times meanwhile.

    All documents are sent in the first half already: then whatever is kept is full.
    """
    with stage(["remit"], invoices, is_read_only=True) as staged:
        target = staged.running[0]
        file = _documents(documents, requests // documents // 2)
        sizes = [resident_bytes(target.process.pid)]
        sent = 0
        for quarter in range(1, _QUARTERS + 1):
            while sent < requests * quarter // _QUARTERS:
                sent += _load(target, file, sent)
            sizes.append(resident_bytes(target.process.pid))
            typer.echo(f"  after {sent:,} requests: {sizes[-1] / 2**20:.1f} MiB")
    grown = (sizes[-1] - sizes[_QUARTERS // 2]) / 2**20
    typer.echo(f"{sizes[0] / 2**20:.1f} MiB at the start, {grown:+.1f} MiB in the second half")
    figure = Figure(
        f"Growth of memory over {requests // 2:,} requests of {documents:,} documents seen before",
        grown,
        "MiB",
        _MEBIBYTES_MAX,
    )
    raw = {"documents": documents, "requests": sent, "residentBytes": sizes}
    figures.write("memory", "make bench-memory", [figure], raw)


def _load(target: Target, file: Path, start: int) -> int:
    done = load.run(target.url, file, seconds=2, connections=_CONNECTIONS, start=start)
    if done.bad:
        raise SystemExit(f"{done.bad} bad answers of {done.requests}")
    return done.requests


def _documents(number: int, times: int) -> Path:
    """As many documents, each with other fields and another name, sent some times in a row.

    There are ten times as many as the server keeps: each comes back long after it was given up.
    In no order, or they would ask for more and more fields.
    """
    path = FOLDER / "documents.jsonl"
    chosen = list(islice(product((False, True), repeat=len(_FIELDS)), number))
    Random(_SEED).shuffle(chosen)
    with path.open("w") as file:
        for place, wanted in enumerate(chosen):
            fields = [field for field, is_in in zip(_FIELDS, wanted, strict=True) if is_in]
            selection = " ".join(("id", *fields))
            document = f"query D{place} {{ invoices(first: 5) {{ nodes {{ {selection} }} }} }}"
            file.write((json.dumps({"query": document}) + "\n") * max(times, 1))
    return path
