"""What can be asked: declarations only. It reads like the SDL it becomes."""

from functools import cache
from typing import Any

import strawberry
from graphql import ExecutionResult, GraphQLError, GraphQLSchema, print_schema
from graphql import execute as run  # pyright: ignore[reportUnknownVariableType]
from strawberry.schema.config import StrawberryConfig

from engine.documents import Documents, Operation
from engine.errors import Result
from engine.limits import Limits
from engine.wiring import wire
from resolvers.scalars import SCALARS
from schema.mutation import Mutation
from schema.query import Query
from schema.user_error import InputError, InvoiceStateError, PaymentExceedsBalanceError


class _Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: object = None) -> None:
        """The HTTP layer logs what is worth it: most errors are the client's own business."""


@cache
def build() -> strawberry.Schema:
    """The schema, joined to its plans."""
    schema = _Schema(
        query=Query,
        mutation=Mutation,
        types=[InputError, InvoiceStateError, PaymentExceedsBalanceError],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    wire(graphql_schema(schema))
    return schema


@cache
def documents() -> Documents:
    """The documents that were valid under the schema."""
    return Documents(graphql_schema(build()), Limits())


async def execute(operation: Operation, variables: dict[str, Any] | None, context: Any) -> Result:
    """Run an operation of a valid document."""
    name = operation.definition.name
    found = run(
        graphql_schema(build()),
        operation.document,
        context_value=context,
        variable_values=variables,
        operation_name=name.value if name else None,
        max_coercion_errors=5,
        # Strawberry's own: it hands plain variables to resolvers.
        executor_class=build().execution_context_class,  # pyright: ignore[reportUnknownMemberType]
    )
    result = found if isinstance(found, ExecutionResult) else await found
    errors = result.errors or []
    is_request_error = result.data is None and not any(error.path for error in errors)
    return Result(result.data, errors, is_request_error)


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """graphql-core's schema within Strawberry's, which keeps it to itself."""
    return schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def sdl() -> str:
    """The published schema."""
    return print_schema(graphql_schema(build())) + "\n"
