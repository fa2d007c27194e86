"""graphql-core over the same declarations, for what a plan does not answer.

Each root field is read by a plan of its own, whose values graphql-core then walks: it decides what
an error or a null means for the answer, and writes every value by the schema's own scalars.
"""

from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLResolveInfo,
    GraphQLSchema,
)

from engine.answers import Asked
from engine.execution import Walk
from engine.given import Variables
from engine.roots import Worked, root
from engine.selection import Selected
from engine.shape import TYPE
from engine.types import ObjectType, Types


def wire(schema: GraphQLSchema) -> None:
    """Give every field the resolver by which graphql-core finds it."""
    _tell_one_ofs(schema)
    roots = {
        schema.query_type: "fetch",
        schema.mutation_type: "fetch_own",
        schema.subscription_type: "fetch_own",
    }
    for graphql_type in schema.type_map.values():
        if isinstance(graphql_type, GraphQLInterfaceType):
            graphql_type.resolve_type = lambda value, _info, _type: value[TYPE]
    for found in Types(schema):
        found.graphql.is_type_of = None
        fetch = roots.get(found.graphql)
        for name, field in found.graphql.fields.items():
            field.resolve = _by_key if fetch is None else _on_root(found, name, fetch)


def _tell_one_ofs(schema: GraphQLSchema) -> None:
    """Have graphql-core hold oneOf inputs to their rule: it knows variables used in fragments."""
    for graphql_type in schema.type_map.values():
        if isinstance(graphql_type, GraphQLInputObjectType):
            graphql_type.is_one_of = graphql_type.extensions["strawberry-definition"].is_one_of


def _by_key(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    return source[info.path.key]


def _on_root(parent: ObjectType, name: str, fetch: str) -> Any:
    async def resolve(_source: object, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
        walk: Walk = info.context
        executor = walk.executor
        # As graphql-core reads them, which is not how plans do.
        variables: Variables = info.variable_values.coerced
        fragments = walk.operation.fragments
        planner = executor.planner(fragments, variables, walk.lists, is_walked=True)
        # What was asked under this key alone: the other root fields come here by themselves.
        selected = Selected(name, name, list(info.field_nodes))
        one = root(planner, executor.types[parent.name], selected)
        walk.cost += one.cost(variables)
        executor.check_cost(walk.cost)
        request, check = walk.request, executor.check_cost
        asked = Asked(request, variables, getattr(request, fetch), check, walk.cost)
        if not isinstance(one, Worked):
            return await one.answer(asked)
        key = str(info.path.key)
        if key not in walk.done:
            return await one.answer(asked)
        done = walk.done[key]
        if isinstance(done, Exception):
            raise done
        return await one.show(done, asked)

    return resolve
