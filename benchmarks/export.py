"""What a large export costs: rows a second, the server's memory, and how others are served."""

import http.client
import json
import threading
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import typer

from benchmarks import figures
from benchmarks.figures import Figure
from benchmarks.processor import resident_bytes
from benchmarks.stage import stage
from benchmarks.targets import TITLES, Target

_FORMATS = ("csv", "json")
_READ_BYTES = 1 << 18
_PAUSE_SECONDS = 0.01
_MEBIBYTES_MAX = 150
_LINE_ITEM = b'"amount":'

_EXPORT = (
    "mutation ($input: ExportInvoicesInput!) { exportInvoices(input: $input) "
    "{ url count userErrors { message } } }"
)
# What somebody looks at meanwhile: one invoice.
_SMALL = '{ invoice(by: { fullId: "INVOICE-77" }) { fullId status total customer { name } } }'


@dataclass(frozen=True, slots=True)
class Sample:
    """One download."""

    invoices: int
    rows: int
    bytes: int
    seconds: float
    first_byte_seconds: float
    peak_mib: float


def measure(invoices: int, targets: list[str]) -> None:
    """Download every invoice in both forms while a small query is asked again and again."""
    found: dict[str, Any] = {}
    with stage(targets, invoices, is_read_only=True) as staged:
        for target in staged.running:
            alone = _alone(target)
            typer.echo(f"{target.name}: a small query alone {_told(alone)}")
            forms: dict[str, Any] = {"alone": alone}
            for form in _FORMATS:
                forms[form] = _measured(target, form)
            found[target.name] = forms
    raw = {"settings": staged.cluster.settings, "targets": found}
    figures.write("export", "make bench-export", _figures(found), raw)
    figures.write_table("export", _table(found))


def _figures(found: Mapping[str, Any]) -> list[Figure]:
    return [
        Figure(
            f"Memory of {TITLES[name]} at most, while {forms[form]['rows']:,} line items are "
            f"exported as {form}",
            forms[form]["peakMiB"],
            "MiB",
            _MEBIBYTES_MAX,
        )
        for name, forms in found.items()
        for form in _FORMATS
    ]


def _table(found: Mapping[str, Any]) -> Iterable[str]:
    yield "# A large export"
    yield ""
    yield "Made by `make bench-export`: every invoice downloaded by one client, while another asks"
    yield "for one invoice again and again, over one connection. Rows are line items; memory is the"
    yield "most that the server's process had resident."
    yield ""
    yield "| | rows | rows/s | seconds | first byte | memory | small query p50 | p99 | at most |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, forms in found.items():
        for form, one in forms.items():
            told = f"| {TITLES[name]}, {form} "
            if form in _FORMATS:
                told += f"| {one['rows']:,} | {one['rowsPerSecond']:,} | {one['seconds']} "
                told += f"| {one['firstByteSeconds']} s | {one['peakMiB']:.0f} MiB "
            else:
                told += "| | | | | "
            small = one.get("smallQuery", one)
            yield f"{told}| {small['p50Ms']} ms | {small['p99Ms']} ms | {small['maxMs']} ms |"


def _measured(target: Target, form: str) -> Mapping[str, Any]:
    with _asking(target) as times:
        sample = _download(target, form)
    latency = _latency(times)
    rate = sample.rows / sample.seconds
    typer.echo(
        f"{target.name} {form}: {sample.rows:,} rows of {sample.invoices:,} invoices, "
        f"{sample.bytes / 2**20:,.0f} MiB in {sample.seconds:.1f} s: {rate:,.0f} rows/s; "
        f"peak {sample.peak_mib:.0f} MiB; a small query meanwhile {_told(latency)}"
    )
    return {
        "invoices": sample.invoices,
        "rows": sample.rows,
        "bytes": sample.bytes,
        "seconds": round(sample.seconds, 2),
        "firstByteSeconds": round(sample.first_byte_seconds, 3),
        "rowsPerSecond": round(rate),
        "peakMiB": round(sample.peak_mib, 1),
        "smallQuery": latency,
    }


def _download(target: Target, form: str) -> Sample:
    body = json.dumps({"query": _EXPORT, "variables": {"input": {"format": form}}})
    asked = json.loads(target.post(body))["data"]["exportInvoices"]
    url = urlsplit(str(asked["url"]))
    client = http.client.HTTPConnection("127.0.0.1", urlsplit(target.url).port or 80)
    start = time.perf_counter()
    client.request("GET", f"{url.path}?{url.query}")
    answer = client.getresponse()
    if answer.status != http.HTTPStatus.OK:
        raise SystemExit(f"The export answered {answer.status}: {answer.read(500)!r}")
    first = time.perf_counter() - start
    rows = size = peak = 0
    rest = b""
    # Read as a client does that has somewhere to put it; what is incomplete raises.
    while chunk := answer.read(_READ_BYTES):
        size += len(chunk)
        whole, rest = _whole_lines(rest + chunk)
        rows += whole.count(_LINE_ITEM) if form == "json" else whole.count(b"\r\n")
        peak = max(peak, resident_bytes(target.process.pid))
    seconds = time.perf_counter() - start
    return Sample(asked["count"], rows - (form == "csv"), size, seconds, first, peak / 2**20)


def _whole_lines(text: bytes) -> tuple[bytes, bytes]:
    end = text.rfind(b"\n") + 1
    return text[:end], text[end:]


def _alone(target: Target) -> Mapping[str, float]:
    with _asking(target) as times:
        time.sleep(3)
    return _latency(times)


@contextmanager
def _asking(target: Target) -> Generator[list[float]]:
    """Somebody who asks something small, over one connection, until it is left."""
    times: list[float] = []
    is_over = threading.Event()
    body = json.dumps({"query": _SMALL})

    def ask() -> None:
        client = http.client.HTTPConnection("127.0.0.1", urlsplit(target.url).port or 80)
        while not is_over.wait(_PAUSE_SECONDS):
            start = time.perf_counter()
            client.request("POST", "/graphql", body, {"content-type": "application/json"})
            answer = json.loads(client.getresponse().read())
            times.append(time.perf_counter() - start)
            if answer["data"]["invoice"] is None:
                raise SystemExit("The small query found nothing")
        client.close()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield times
    finally:
        is_over.set()
        thread.join()


def _latency(times: list[float]) -> Mapping[str, float]:
    ordered = sorted(times)

    def at(share: float) -> float:
        return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 2)

    return {"requests": len(ordered), "p50Ms": at(0.5), "p99Ms": at(0.99), "maxMs": at(1)}


def _told(latency: Mapping[str, float]) -> str:
    return (
        f"{latency['p50Ms']} ms, p99 {latency['p99Ms']} ms, at most {latency['maxMs']} ms "
        f"({latency['requests']:,} times)"
    )
