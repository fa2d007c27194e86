"""Errors of a request as a whole, with Apollo's words in `extensions.code`."""

import logging
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import GraphQLError

from engine.statuses import Outcome

# A library's message may repeat a value of any length.
MESSAGE_MAX = 300

UNAVAILABLE = "SERVICE_UNAVAILABLE"

_log = logging.getLogger(__name__)


class BadUserInput(GraphQLError):
    """The client sent a value that means nothing: a page size of 0, a foreign cursor."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


class Forbidden(GraphQLError):
    """Whoever asks may not do this."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "FORBIDDEN"})


class TooLarge(GraphQLError):
    """A valid operation that would keep the server busy for too long. It is not begun."""


class ListsExceeded(TooLarge):
    """The operation asks for more lists than are planned for one request."""

    def __init__(self, lists_max: int) -> None:
        super().__init__(
            "Its lists, counts, totals, filters and words to search for come to more than "
            f"{lists_max:,}: ask for fewer in one operation",
            extensions={"code": "GRAPHQL_VALIDATION_FAILED"},
        )


class CostExceeded(TooLarge):
    """The operation asks for more rows than the server reads for one request."""

    def __init__(self, cost: int, cost_max: int) -> None:
        super().__init__(
            f"This asks for up to {cost:,} rows, and {cost_max:,} are allowed: "
            "ask for smaller pages, or for fewer lists within lists",
            extensions={"code": "GRAPHQL_VALIDATION_FAILED", "cost": cost, "costMax": cost_max},
        )


class Result(NamedTuple):
    """What an operation came to. A request error came before execution: there is no data."""

    data: Any
    errors: Sequence[GraphQLError] = ()
    is_request_error: bool = False


class Refused(Exception):
    """The request cannot become an operation."""

    def __init__(
        self,
        outcome: Outcome,
        message: str,
        *,
        code: str = "BAD_REQUEST",
        headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.code = code
        self.headers = headers


def shown(error: GraphQLError) -> dict[str, Any]:
    """An error as the client sees it. What nobody foresaw is masked, and logged under an id."""
    if isinstance(error.original_error, ConnectionError):
        return _unavailable(error, error.original_error)
    foreseen = error.original_error is None or isinstance(error.original_error, GraphQLError)
    if not foreseen:
        return _masked(error)
    extensions = error.extensions or getattr(error.original_error, "extensions", None) or {}
    message = error.message
    if len(message) > MESSAGE_MAX:
        message = f"{message[: MESSAGE_MAX - 3]}..."
    coded = {"code": "BAD_USER_INPUT", **extensions}
    return {**error.formatted, "message": message, "extensions": coded}


def refusal(code: str, message: str) -> dict[str, Any]:
    """The body for a request that never became an operation."""
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _unavailable(error: GraphQLError, cause: ConnectionError) -> dict[str, Any]:
    """Trying again may help. The operating system's own words are for the log only."""
    _log.warning("unavailable at %s: %s", error.path, cause.__cause__ or cause)
    words = str(cause) if cause.errno is None else "Something cannot be reached. Try again"
    return {**error.formatted, "message": words, "extensions": {"code": UNAVAILABLE}}


def _masked(error: GraphQLError) -> dict[str, Any]:
    error_id = uuid.uuid4().hex
    _log.error("unexpected error %s at %s", error_id, error.path, exc_info=error.original_error)
    formatted = error.formatted
    return {
        **formatted,
        "message": f"Something went wrong on our side. Its id is {error_id}.",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "id": error_id},
    }
