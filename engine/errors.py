"""Errors of a request as a whole, with Apollo's words in `extensions.code`."""

from graphql import GraphQLError


class BadUserInput(GraphQLError):
    """The client sent a value that means nothing: a page size of 0, a foreign cursor."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})
