"""Logs as JSON or for people: one line an event, with the id of the request that it belongs to."""

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, BinaryIO

import orjson
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

from endpoints.choices import Format, Level

# The id of the request that is being answered.
REQUEST_ID = ContextVar[str | None]("request_id", default=None)


def configure(format: Format, level: Level, stream: BinaryIO | None = None) -> FilteringBoundLogger:
    """Make every logger of the process write alike; answers the one that tells of requests.

    The stream is standard error, so that a command's output is its own.
    """
    out = stream or sys.stderr.buffer
    is_console = format is Format.CONSOLE or (format is Format.AUTO and out.isatty())
    number = logging.getLevelNamesMapping()[level.upper()]
    before: list[Processor] = [structlog.stdlib.add_log_level, _add_time, _add_request_id]
    last: Processor = _for_people(has_colours=out.isatty()) if is_console else _to_json
    structlog.configure(
        processors=[*before, last, _to_bytes],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(out),
        cache_logger_on_first_use=True,
    )
    handler = _Handler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*before, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _add_traceback,
                last,
                _to_text,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=number, force=True)
    # They tell of every connection, every statement and every migration; of every request to
    # QuickBooks with what is asked, and its headers, which have secrets.
    for name in ("uvicorn", "alembic", "aiosqlite", "asyncio", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    return structlog.get_logger().bind()


class _Handler(logging.Handler):
    """Writes whole lines to where the requests are told as well."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._out.write(_to_bytes(None, "", self.format(record)) + b"\n")
            self._out.flush()
        except Exception:  # noqa: BLE001 - a log that cannot be written must not stop the work
            self.handleError(record)


def _add_time(_logger: object, _method: str, event: EventDict) -> EventDict:
    event["timestamp"] = datetime.now(UTC)
    return event


def _add_request_id(_logger: object, _method: str, event: EventDict) -> EventDict:
    if "request_id" not in event and (request_id := REQUEST_ID.get()) is not None:
        event["request_id"] = request_id
    return event


def _add_traceback(_logger: object, method: str, event: EventDict) -> EventDict:
    """With the error's words, but without the row that a database shows as their detail."""
    event = structlog.processors.format_exc_info(_logger, method, event)
    if found := event.get("exception"):
        lines = str(found).splitlines()
        event["exception"] = "\n".join(one for one in lines if not one.startswith("DETAIL:"))
    return event


def _for_people(*, has_colours: bool) -> Processor:
    render = structlog.dev.ConsoleRenderer(timestamp_key="timestamp", colors=has_colours)

    def shown(logger: Any, method: str, event: EventDict) -> str:
        event["timestamp"] = event["timestamp"].astimezone().strftime("%H:%M:%S")
        return str(render(logger, method, event))

    return shown


def _to_json(_logger: object, _method: str, event: EventDict) -> bytes:
    return orjson.dumps(event, default=repr, option=orjson.OPT_UTC_Z)


def _to_bytes(_logger: object, _method: str, line: Any) -> bytes:
    return line if isinstance(line, bytes) else line.encode(errors="replace")


def _to_text(_logger: object, _method: str, line: Any) -> str:
    return line if isinstance(line, str) else line.decode()
