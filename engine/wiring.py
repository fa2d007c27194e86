"""Joins a schema to its plans: every declared field answers from what a plan has loaded."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from strawberry.utils.str_converters import to_camel_case

from engine.declare import (
    Aggregate,
    ById,
    Column,
    Computed,
    Connection,
    Declaration,
    Fetch,
    Lookup,
    Many,
    One,
    Reference,
    Request,
    Sql,
    Value,
)
from engine.errors import BadUserInput
from engine.load import Loader
from engine.plan import Level, Planner
from engine.rows import Loaded
from engine.selection import Selected, Selection, key_of
from engine.types import ObjectType, Types, name_of

NODES_MAX = 100

Resolve = Callable[..., Any]


def wire(schema: GraphQLSchema) -> None:
    """Give every field of the schema the resolver that its declaration calls for."""
    types = Types(schema)
    for graphql_type in schema.type_map.values():
        if isinstance(graphql_type, GraphQLInterfaceType):
            graphql_type.resolve_type = lambda value, _info, _type: value.type_name
    roots = {schema.query_type: "fetch", schema.mutation_type: "fetch_own"}
    for found in types:
        found.graphql.is_type_of = None
        reads = roots.get(found.graphql)
        for name, field in found.graphql.fields.items():
            if reads is None:
                field.resolve = _on_object(name, found.declarations.get(name))
            elif name in found.declarations:
                field.resolve = _on_root(types, found, name)
            else:
                field.resolve = _after(types, field, reads)


def _on_object(name: str, declaration: Declaration | None) -> Resolve:
    """A field of an object that has been loaded."""
    match declaration:
        case Column(name=column, convert=convert):
            return _value(column, convert)
        case Sql(convert=convert) | Aggregate(convert=convert):
            return _value(name, convert)
        case Value():
            return _answered(name)
        case Computed():
            return _computed(declaration)
        case One() | Many() | Connection() | Reference():
            return _related(name)
        case None:
            return _part_of_page(name)
        case _:
            raise TypeError(f"{name} can only stand on a root type")


def _answered(name: str) -> Resolve:
    def answered(source: Loaded, _info: GraphQLResolveInfo[Any]) -> Any:
        # What a resolver does not mention is null.
        return source.values.get(name)

    return answered


def _related(name: str) -> Resolve:
    def related(source: Loaded, _info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        return source.related[key_of(name, arguments)]

    return related


def _value(name: str, convert: Callable[[Any], Any] | None) -> Resolve:
    def plain(source: Loaded, _info: GraphQLResolveInfo[Any]) -> Any:
        return source.values[name]

    def converted(source: Loaded, _info: GraphQLResolveInfo[Any]) -> Any:
        value = source.values[name]
        return None if value is None or convert is None else convert(value)

    return plain if convert is None else converted


def _computed(declaration: Computed) -> Resolve:
    names = {to_camel_case(name): name for name in declaration.arguments}

    def compute(source: Loaded, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        given = {names[name]: value for name, value in arguments.items() if value is not None}
        if declaration.needs_today:
            given["today"] = info.context.today
        return declaration.function(*(source.values[name] for name in declaration.needs), **given)

    return compute


_PAGE_PARTS = {"pageInfo": "page_info", "totalCount": "total_count"}


def _part_of_page(name: str) -> Resolve:
    attribute = _PAGE_PARTS.get(name, name)

    def part(source: Any, _info: GraphQLResolveInfo[Any]) -> Any:
        if isinstance(source, Mapping):
            return cast("Mapping[str, Any]", source)[name]
        return getattr(source, attribute)

    return part


def _on_root(types: Types, parent: ObjectType, name: str) -> Resolve:
    declaration = parent.declarations[name]

    async def resolve(_source: object, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        planner = Planner(types, Selection.of(info), info.context)
        loader = Loader(planner, info.context.fetch)
        if isinstance(declaration, Connection):
            selected = Selected(name, arguments, name, info.field_nodes)
            return await loader.page(planner.connection(parent, selected, declaration))
        if isinstance(declaration, Lookup):
            level = planner.level(types[parent.target(name)], info.field_nodes)
            condition = declaration.find(level.row, arguments)
            if condition is None:
                return None
            return next(iter(await loader.by_condition(level, condition)), None)
        if "id" in arguments:
            return (await _by_ids(loader, info.field_nodes, [arguments["id"]]))[0]
        return await _by_ids(loader, info.field_nodes, arguments["ids"])

    if not isinstance(declaration, Connection | Lookup | ById):
        raise TypeError(f"{parent.name}.{name} cannot stand on a root type")
    return resolve


async def _by_ids(
    loader: Loader, nodes: Sequence[FieldNode], ids: Sequence[str]
) -> list[Loaded | None]:
    """The objects of these ids, of whatever types, in the order of the ids."""
    if len(ids) > NODES_MAX:
        raise BadUserInput(f"At most {NODES_MAX} ids may be asked for at once")
    planner = loader.planner
    ids_by_type: dict[str, list[str]] = {}
    for global_id in ids:
        object_type = planner.types.of_id(global_id)
        if object_type is not None:
            ids_by_type.setdefault(object_type.name, []).append(global_id)
    found: dict[str, Loaded] = {}
    for type_name, type_ids in ids_by_type.items():
        level = planner.level(planner.types[type_name], nodes)
        found |= await loader.by_ids(level, type_ids)
    return [found.get(global_id) for global_id in ids]


def _after(types: Types, field: GraphQLField, reads: str) -> Resolve:
    """A field whose resolver does the work and answers names: what they name is read by plan.

    The plan is made first: a selection that cannot be answered must not change anything.
    """
    work = cast("Callable[..., Awaitable[Loaded]]", field.resolve)
    answer_type = types[name_of(field)]

    async def resolve(source: object, info: GraphQLResolveInfo[Any], **arguments: Any) -> Loaded:
        request: Request = info.context
        fetch: Fetch = getattr(request, reads)
        planner = Planner(types, Selection.of(info), request)
        levels = _levels(planner, answer_type, info.field_nodes)
        answer = await work(source, info, **arguments)
        await _complete(Loader(planner, fetch), answer, info.field_nodes, levels)
        return answer

    return resolve


def _levels(
    planner: Planner, answer_type: ObjectType, nodes: Sequence[FieldNode]
) -> dict[str, Level]:
    """What to read of the objects that an answer will refer to."""
    return {
        selected.key: planner.level(
            planner.types[answer_type.target(selected.name)], selected.nodes
        )
        for selected in planner.selection.below(answer_type.graphql, nodes).values()
        if isinstance(answer_type.declarations.get(selected.name), Reference)
    }


async def _complete(
    loader: Loader, answer: Loaded, nodes: Sequence[FieldNode], levels: Mapping[str, Level]
) -> None:
    """Read the objects that an answer refers to by id."""
    planner = loader.planner
    answer_type = planner.types[answer.type_name]
    for selected in planner.selection.below(answer_type.graphql, nodes).values():
        value = answer.values.get(selected.name)
        if selected.key in levels:
            answer.related[selected.key] = await _referred(loader, levels[selected.key], value)
            continue
        for part in cast("list[object]", value if isinstance(value, list) else [value]):
            if isinstance(part, Loaded):
                part_type = planner.types[part.type_name]
                part_levels = _levels(planner, part_type, selected.nodes)
                await _complete(loader, part, selected.nodes, part_levels)


async def _referred(loader: Loader, level: Level, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return (await loader.by_ids(level, [value])).get(value)
    found = await loader.by_ids(level, value)
    return [found[one] for one in value if one in found]
