"""GraphQL over HTTP: one operation in a JSON body, one JSON answer."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson
import strawberry
from graphql import (
    GraphQLError,
    OperationDefinitionNode,
    StringValueNode,
    ValidationRule,
    parse,
)
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from strawberry.extensions import AddValidationRules, SchemaExtension
from strawberry.http.ides import get_graphql_ide_html
from strawberry.types.execution import PreExecutionError

from engine import strict_json
from engine.errors import refusal, shown

BODY_BYTES_MAX = 2**20


class CleanText(ValidationRule):
    """Texts in the document are held to the same rule as texts in the variables."""

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if not strict_json.is_clean(node.value):
            self.report_error(GraphQLError("A text has a NUL or half a character in it", node))


RULES = AddValidationRules([CleanText])


class OneOperation(SchemaExtension):
    """Reads the document strictly: nothing is empty, and it is clear which operation to run."""

    def on_operation(self) -> Generator[None]:
        context = self.execution_context
        context.graphql_document = parse(context.query or "", allow_empty_selection_sets=False)
        names = [
            definition.name.value if definition.name else None
            for definition in context.graphql_document.definitions
            if isinstance(definition, OperationDefinitionNode)
        ]
        # The public property answers the first operation's name where none was given.
        wanted = context._provided_operation_name  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        is_clear = len(names) == 1 if wanted is None else wanted in names
        if not is_clear:
            raise GraphQLError(
                "The operationName must name one of the document's operations",
                extensions={"code": "OPERATION_RESOLUTION_FAILURE"},
            )
        yield


class Refused(Exception):
    """The request cannot become an operation."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Operation:
    """What a client asks to run."""

    query: str
    name: str | None
    variables: dict[str, Any] | None


class Endpoint:
    """The address that answers GraphQL, and shows people GraphiQL."""

    def __init__(self, schema: strawberry.Schema, context: Callable[[], object]) -> None:
        self._schema = schema
        self._context = context

    async def answer(self, request: Request) -> Response:
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(get_graphql_ide_html(graphql_ide="graphiql"))
        try:
            operation = await self._operation(request)
        except Refused as refused:
            headers = {"allow": "POST"} if refused.status == 405 else None
            return _json(refusal(refused.code, refused.message), refused.status, headers)
        return _json(await self._run(operation))

    async def _run(self, operation: Operation) -> dict[str, Any]:
        result = await self._schema.execute(
            operation.query,
            variable_values=operation.variables,
            context_value=self._context(),
            operation_name=operation.name,
        )
        if not result.errors:
            return {"data": result.data}
        is_before_execution = isinstance(result, PreExecutionError)
        errors = [shown(error, is_before_execution=is_before_execution) for error in result.errors]
        if result.data is None and not any(error.path for error in result.errors):
            return {"errors": errors}
        return {"data": result.data, "errors": errors}

    async def _operation(self, request: Request) -> Operation:
        if request.method != "POST":
            raise Refused(405, "BAD_REQUEST", "Send operations by POST")
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise Refused(415, "BAD_REQUEST", "Send the operation as application/json")
        try:
            asked = strict_json.parse(await _body(request))
        except strict_json.BadJson as bad:
            raise Refused(400, "BAD_REQUEST", str(bad)) from None
        if not isinstance(asked, dict):
            raise Refused(400, "BAD_REQUEST", "The body must be a JSON object with a query")
        return _operation(cast("dict[str, Any]", asked))


def _operation(asked: Mapping[str, Any]) -> Operation:
    query, name, variables = (asked.get(key) for key in ("query", "operationName", "variables"))
    if not isinstance(query, str):
        raise Refused(400, "BAD_REQUEST", "The query must be a text")
    if not isinstance(name, str | None):
        raise Refused(400, "BAD_REQUEST", "The operationName must be a text")
    if not isinstance(variables, dict | None):
        raise Refused(400, "BAD_REQUEST", "The variables must be an object")
    return Operation(query, name or None, cast("dict[str, Any] | None", variables))


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES_MAX:
            raise Refused(413, "BAD_REQUEST", f"A request has at most {BODY_BYTES_MAX:,} bytes")
        parts.append(part)
    return b"".join(parts)


def _json(
    body: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
