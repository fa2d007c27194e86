"""A bar chart of the CPU time a request, in SVG that reads well on light and on dark pages."""

from collections.abc import Iterable, Mapping
from html import escape

from benchmarks.rounds import Measured, Sample
from benchmarks.targets import TITLES

_WIDTH = 720
_LEFT = 170
_BAR = 14
_STEP = 22
_HEAD = 40
_GAP = 18
_SPAN = 420
# Where a bar is cut off: the slowest servers would leave the others no room.
_CUT = 6.0

_LEGEND = "CPU time a request, ms; less is better. Strong: the server. Pale: PostgreSQL."

_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 14px }
.app { fill: #8c959f } .db { fill: #d0d7de }
.ours .app { fill: #0969da } .ours .db { fill: #80ccff }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .app { fill: #6e7681 } .db { fill: #484f58 }
  .ours .app { fill: #2f81f7 } .ours .db { fill: #1f4a80 }
}
"""


def drawn(measured: Measured) -> str:
    body: list[str] = []
    top = 28
    for query, servers in measured.items():
        body.extend(_chart(query, servers, top))
        top += _HEAD + _STEP * len(servers) + _GAP
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img">',
            "<title>CPU time a request, in milliseconds; less is better</title>",
            f"<style>{_STYLE}</style>",
            f'<text x="0" y="14">{_LEGEND}</text>',
            *body,
            "</svg>",
            "",
        ]
    )


def _chart(query: str, servers: Mapping[str, Sample], top: int) -> Iterable[str]:
    yield f'<text class="title" x="0" y="{top + 22}">{escape(query)}</text>'
    ordered = sorted(servers.items(), key=lambda pair: pair[1].total_ms)
    # Against the floor where it is there, so that what is far behind it is cut and not the rest.
    least = ordered[0][1].total_ms
    longest = min(ordered[-1][1].total_ms, least * _CUT)
    for place, (name, one) in enumerate(ordered):
        yield from _bar(name, one, longest, top + _HEAD + place * _STEP)


def _bar(name: str, one: Sample, longest: float, top: int) -> Iterable[str]:
    scale = _SPAN / longest
    app = min(one.app_ms * scale, _SPAN)
    db = min(one.db_ms * scale, _SPAN - app)
    is_cut = one.total_ms > longest * 1.001
    ours = ' class="ours"' if name.startswith("remit") else ""
    middle = top + _BAR - 3
    yield f"<g{ours}>"
    yield f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end">{escape(TITLES[name])}</text>'
    yield f'<rect class="app" x="{_LEFT}" y="{top}" width="{app:.1f}" height="{_BAR}"/>'
    yield f'<rect class="db" x="{_LEFT + app:.1f}" y="{top}" width="{db:.1f}" height="{_BAR}"/>'
    note = f"{one.total_ms:.2f}{' (bar cut)' if is_cut else ''}"
    yield f'<text x="{_LEFT + app + db + 8:.1f}" y="{middle}">{note}</text>'
    yield "</g>"
