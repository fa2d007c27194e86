"""Which media type an answer has, by the request's Accept; and what a Content-Type says."""

from typing import NamedTuple

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
HTML = "text/html"
EVENTS = "text/event-stream"

_RANGES_MAX = 50


class _Range(NamedTuple):
    """A part of an Accept header: a type or a pattern of types, and how welcome it is."""

    type: str
    quality: int


def choose(accept: str | None) -> str | None:
    """The answer's media type: the most welcome one, then the one named first, then plain JSON."""
    if accept is None or accept in {"", "*/*", JSON}:
        return JSON
    ranges = _ranges(accept)
    named = [part.type for part in ranges if part.type in {JSON, GRAPHQL}]
    best = max((JSON, GRAPHQL), key=lambda kind: (_quality(ranges, kind), -_place(named, kind)))
    return best if _quality(ranges, best) else None


def prefers_html(accept: str | None) -> bool:
    """Whether somebody with a browser asks. Who takes anything is no browser."""
    if accept is None or HTML not in accept.lower():
        return False
    ranges = _ranges(accept)
    return _quality(ranges, HTML) > max(_quality(ranges, JSON), _quality(ranges, GRAPHQL))


def accepts_events(accept: str | None) -> bool:
    """Whether a stream of events is named: nobody gets one who would take anything."""
    if accept is None or EVENTS not in accept.lower():
        return False
    return any(found.type == EVENTS and found.quality for found in _ranges(accept))


def is_json(content_type: str) -> bool:
    """JSON in UTF-8, the only kind of body there is."""
    if content_type == JSON:
        return True
    media_type, parameters = _parsed(content_type)
    return media_type == JSON and parameters.get("charset", "utf-8") in {"utf-8", "utf8"}


def _ranges(accept: str) -> list[_Range]:
    found: list[_Range] = []
    for part in accept.split(",")[:_RANGES_MAX]:
        media_type, parameters = _parsed(part)
        if parameters.get("charset", "utf-8") in {"utf-8", "utf8"}:
            found.append(_Range(media_type, _thousandths(parameters.get("q", "1"))))
    return found


def _quality(ranges: list[_Range], media_type: str) -> int:
    """What the most exact range that matches says of this type."""
    for pattern in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        matching = [found.quality for found in ranges if found.type == pattern]
        if matching:
            return max(matching)
    return 0


def _place(named: list[str], media_type: str) -> int:
    return named.index(media_type) if media_type in named else len(named)


def _parsed(value: str) -> tuple[str, dict[str, str]]:
    media_type, *rest = value.split(";")
    parameters: dict[str, str] = {}
    for part in rest:
        name, _, given = part.partition("=")
        parameters[name.strip().lower()] = given.strip().strip('"').lower()
    return media_type.strip().lower(), parameters


def _thousandths(text: str) -> int:
    """A weight of 0 to 1 in thousandths; one that is none counts as unwelcome."""
    whole, _, digits = text.partition(".")
    if whole not in {"0", "1"} or len(digits) > 3 or not f"0{digits}".isdecimal():
        return 0
    return min(1_000, int(whole) * 1_000 + int(digits.ljust(3, "0")))
