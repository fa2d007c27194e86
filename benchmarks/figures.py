"""Single figures beside the big comparison: each with its goal, its command and its day."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from benchmarks import processor
from benchmarks.targets import ROOT
from benchmarks.today import today

_PAGE = ROOT / "docs" / "benchmarks" / "figures.md"
_INTRODUCTION = """# Figures

What was measured beside [the comparison with other servers](../benchmarks.md), each by its own
command on the day named. The raw values lie beside this page.

| | measured | at most | | by | on |
| --- | ---: | ---: | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, and what it was meant to be at most."""

    what: str
    value: float
    unit: str
    at_most: float


def write(name: str, command: str, figures: Sequence[Figure], raw: Mapping[str, Any]) -> None:
    """Keep them in docs/benchmarks/ with all they come from, and tell of them on one page."""
    found = {
        "date": today(),
        "processor": processor.model(),
        "command": command,
        "figures": [asdict(figure) for figure in figures],
        **raw,
    }
    path = _PAGE.with_name(f"{name}.json")
    path.write_text(json.dumps(found, indent=2) + "\n")
    _PAGE.write_text(_INTRODUCTION + "".join(_rows(_PAGE.parent)))
    typer.echo(f"Wrote docs/benchmarks/{name}.json and figures.md")


def write_table(name: str, lines: Iterable[str]) -> None:
    """More than single figures, for people, beside them."""
    where = f"Measured on {today()}, {processor.model()}."
    _PAGE.with_name(f"{name}.md").write_text("\n".join([*lines, "", where]) + "\n")
    typer.echo(f"Wrote docs/benchmarks/{name}.md")


def _rows(folder: Path) -> Iterable[str]:
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text())
        for value in found.get("figures", ()):
            figure = Figure(**value)
            verdict = "met" if figure.value <= figure.at_most else "**missed**"
            yield (
                f"| {figure.what} | {figure.value:,.4g} {figure.unit} "
                f"| {figure.at_most:,.4g} {figure.unit} | {verdict} "
                f"| `{found['command']}` | {found['date']} |\n"
            )
