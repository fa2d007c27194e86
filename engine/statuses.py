"""Every HTTP status that the endpoint answers with, in one table."""

from enum import Enum
from http import HTTPStatus

from engine.negotiation import GRAPHQL


class Outcome(Enum):
    """What became of a request: its status as plain JSON, and as a GraphQL response.

    Plain JSON that tells of an operation has always come with 200, and clients count on it. An
    operation that failed while it ran is answered: `data` is there, if only as null, and so the
    status is 200 either way, as the GraphQL-over-HTTP draft has it, also where the failure was
    the server's own. Its errors tell, by their code and an id that is in the log.
    """

    ANSWERED = (HTTPStatus.OK, HTTPStatus.OK)
    # Parsing, validation, variables, limits: nothing was run, and there is no `data`.
    NOT_RUN = (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)
    # It took too long, or what the server stands on cannot be reached: trying again may help.
    UNAVAILABLE = (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)
    # The request never became an operation.
    UNAUTHENTICATED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.UNAUTHORIZED)
    TOO_MANY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.TOO_MANY_REQUESTS)
    NOBODY_KNOWS = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.SERVICE_UNAVAILABLE)
    UNREADABLE = (HTTPStatus.BAD_REQUEST, HTTPStatus.BAD_REQUEST)
    WRONG_METHOD = (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.METHOD_NOT_ALLOWED)
    NOT_ACCEPTABLE = (HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.NOT_ACCEPTABLE)
    SLOW_BODY = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_TIMEOUT)
    LARGE_BODY = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    LONG_ADDRESS = (HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.REQUEST_URI_TOO_LONG)
    OTHER_BODY = (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    def status(self, media_type: str) -> int:
        """As a plain number, in an answer of this media type."""
        return int(self.value[media_type == GRAPHQL])
