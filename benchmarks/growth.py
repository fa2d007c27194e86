"""Whether a page costs the same however much there is before and behind it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from benchmarks import figures
from benchmarks.figures import Figure
from benchmarks.rounds import Plan, Sample, medians, sample
from benchmarks.stage import FOLDER, Stage, stage
from benchmarks.targets import Target

_SIZES = (10_000, 1_000_000)
_PAGES_AT = 100_000
_DEEP_PAGE = 1_000
_PAGE_SIZE = 50
_STEP = 100
_FULL_BOARDS = 20
_TIMES_MAX = 1.2

_PAGE = (
    "query Page($first: Int!, $after: String) { invoices(first: $first, after: $after) "
    "{ nodes { id fullId status total outstandingBalance customer { name } } "
    "pageInfo { endCursor } } }"
)
_WALK = (
    "query Walk($first: Int!, $after: String) { invoices(first: $first, after: $after) "
    "{ pageInfo { endCursor } } }"
)


def measure(sizes: Sequence[int], pages_at: int, plan: Plan) -> None:
    """Boards at different sizes, then pages at different depths."""
    boards: dict[str, Sample] = {}
    for size in sizes:
        with stage(["remit"], size, is_read_only=True) as staged:
            # Those of most invoices come first: these are full pages also among few.
            bodies = staged.file_of(staged.running[0], "board").read_text().splitlines()
            file = _file("board", bodies[:_FULL_BOARDS])
            boards[f"{size:,} invoices"] = _measured(staged, file, plan)
    with stage(["remit"], pages_at, is_read_only=True) as staged:
        target = staged.running[0]
        cursor = _cursor(target, min(_DEEP_PAGE, pages_at // _PAGE_SIZE) - 1)
        pages = {
            "page 1": _measured(staged, _file("first", [_page(_PAGE_SIZE, None)]), plan),
            f"page {_DEEP_PAGE:,}": _measured(
                staged, _file("deep", [_page(_PAGE_SIZE, cursor)]), plan
            ),
        }
    found = [_ratio(boards), _ratio(pages)]
    raw = {name: asdict(one) for name, one in (*boards.items(), *pages.items())}
    figures.write("growth", "make bench-growth", found, raw)


def _ratio(samples: Mapping[str, Sample]) -> Figure:
    (near, first), (far, last) = samples.items()
    value = last.total_ms / first.total_ms
    typer.echo(f"{near} : {far} = 1 : {value:.2f} in CPU time")
    return Figure(f"{far}, CPU time of a page against {near}", value, "times", _TIMES_MAX)


def _measured(staged: Stage, file: Path, plan: Plan) -> Sample:
    target = staged.running[0]
    sample(staged, target, file, plan)
    return medians([sample(staged, target, file, plan) for _ in range(plan.rounds)])


def _cursor(target: Target, pages: int) -> str | None:
    """Where so many pages end, found by pages of another size, which cursors do not know."""
    after: str | None = None
    left = pages * _PAGE_SIZE
    while left:
        first = min(left, _STEP)
        after = _ask(target, _WALK, first, after)["invoices"]["pageInfo"]["endCursor"]
        left -= first
    return after


def _ask(target: Target, document: str, first: int, after: str | None) -> dict[str, Any]:
    return json.loads(target.post(_body(document, first=first, after=after)))["data"]


def _page(first: int, after: str | None) -> str:
    return _body(_PAGE, first=first, after=after)


def _file(name: str, bodies: Sequence[str]) -> Path:
    path = FOLDER / f"growth-{name}.jsonl"
    path.write_text("".join(f"{body}\n" for body in bodies))
    return path


def _body(document: str, **variables: object) -> str:
    return json.dumps({"query": document, "variables": variables})
