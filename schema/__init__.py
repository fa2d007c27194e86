"""What can be asked: declarations only. It reads like the SDL it becomes."""

from functools import cache

import strawberry
from graphql import GraphQLError, GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig

from engine.walking import wire
from resolvers.scalars import SCALARS
from schema.mutation import Mutation
from schema.query import Query
from schema.subscription import Subscription
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
        subscription=Subscription,
        types=[InputError, InvoiceStateError, PaymentExceedsBalanceError],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    wire(graphql_schema(schema))
    return schema


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """graphql-core's schema within Strawberry's, which keeps it to itself."""
    return schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - it has no public name


def sdl() -> str:
    """The published schema."""
    return print_schema(graphql_schema(build())) + "\n"
