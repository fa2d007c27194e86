"""Errors of a request as a whole, with Apollo's words in `extensions.code`."""

import logging
import uuid
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError

# A library's message may repeat a value of any length.
MESSAGE_MAX = 300

_log = logging.getLogger(__name__)


class BadUserInput(GraphQLError):
    """The client sent a value that means nothing: a page size of 0, a foreign cursor."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


def shown(error: GraphQLError, *, is_before_execution: bool) -> dict[str, Any]:
    """An error as the client sees it. What nobody foresaw is masked, and logged under an id."""
    foreseen = error.original_error is None or isinstance(error.original_error, GraphQLError)
    if not foreseen:
        return _masked(error)
    extensions = error.extensions or getattr(error.original_error, "extensions", None) or {}
    code = extensions.get("code") or _code(error, is_before_execution=is_before_execution)
    message = error.message
    if len(message) > MESSAGE_MAX:
        message = f"{message[: MESSAGE_MAX - 3]}..."
    return {**error.formatted, "message": message, "extensions": {**extensions, "code": code}}


def refusal(code: str, message: str) -> dict[str, Any]:
    """The body for a request that never became an operation."""
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _code(error: GraphQLError, *, is_before_execution: bool) -> str:
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    if is_before_execution:
        return "GRAPHQL_VALIDATION_FAILED"
    if error.nodes is None and not error.path:
        return "OPERATION_RESOLUTION_FAILURE"
    return "BAD_USER_INPUT"


def _masked(error: GraphQLError) -> dict[str, Any]:
    error_id = uuid.uuid4().hex
    _log.error("unexpected error %s at %s", error_id, error.path, exc_info=error.original_error)
    formatted = error.formatted
    return {
        **formatted,
        "message": f"Something went wrong on our side. Its id is {error_id}.",
        "extensions": {"code": "INTERNAL_SERVER_ERROR", "id": error_id},
    }
