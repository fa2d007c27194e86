"""The statements of a plan: built from its levels, compiled once to text with parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, literal, select, true

from engine.declare import Aggregate
from engine.filters import id_table, is_among
from engine.levels import Child, Course, Level, Listed, Page
from engine.pages import order_by, outside_start, outside_stop, within
from engine.plan import Planner

Columns = Sequence[ColumnElement[Any]]


@dataclass(frozen=True)
class Statement:
    """Text for the driver, and the expressions of its arguments in generated code."""

    text: str
    arguments: str


def compiled(planner: Planner, statement: Select[Any]) -> Statement:
    """The statement's text; constants in it become arguments as well."""
    # SQLAlchemy has no typed way to ask in which order parameters are to be given, and how.
    made: Any = statement.compile(dialect=planner.dialect)
    arguments: list[str] = []
    for name in made.positiontup or ():
        source = planner.sources.get(name) or planner.name(made.params[name])
        process = made._bind_processors.get(name)  # noqa: SLF001 - there is no other way to ask
        arguments.append(f"{planner.name(process)}({source})" if process else source)
    return Statement(made.string, "".join(f"{argument}, " for argument in arguments))


def by_condition(planner: Planner, level: Level, condition: ColumnElement[bool]) -> Select[Any]:
    return (
        _select(level.rows.selected)
        .select_from(_joined(level.row, level))
        .where(planner.live(level), condition)
    )


def children(planner: Planner, child: Child) -> Select[Any]:
    """The children of all parents, each with its parent's id first."""
    ids = planner.ids(child.level.rows)
    return _children(planner, child, child.level.rows.selected, is_among(child.owner, ids, planner))


def _children(
    planner: Planner, child: Child, columns: Columns, condition: ColumnElement[bool]
) -> Select[Any]:
    source = _joined(child.level.row, child.level)
    if child.via is not None:
        source = source.join(*child.via)
    return (
        _select(columns)
        .select_from(source)
        .where(planner.live(child.level), condition)
        .order_by(*order_by(child.sort, backward=False))
    )


def series(planner: Planner, course: Course) -> Select[Any]:
    """The rows of all parents' series, each with its parent's id first."""
    level = course.level
    return (
        _select(level.rows.selected)
        .select_from(_joined(level.row, level))
        .where(level.row.c.organization_id == planner.organization_id)
        .order_by(*order_by(course.sort, backward=False))
        .limit(course.room)
    )


def array_of(planner: Planner, child: Child | Page) -> ColumnElement[Any]:
    """The children of the one parent, as an array of records in its row (PostgreSQL)."""
    if isinstance(child, Child):
        parent = child.parent
        record = [func.row(*(child.rows.selected or [child.owner]))]
        found = _children(planner, child, record, child.owner == parent.row.c.id)
    else:
        assert child.parent is not None  # noqa: S101 - only lists of a row come with it
        parent = child.parent
        record = [func.row(*(child.rows.selected or [child.listed.owner]))]
        mine: Any = child.listed.owner == parent.row.c.id
        found = _limited(child, child.listed, record).where(mine)
    return func.array(found.correlate(parent.row).scalar_subquery())


def rows_of(planner: Planner, page: Page) -> Select[Any]:
    """The rows of the page, or of each parent's page."""
    listed = page.listed
    columns = listed.level.rows.selected
    if page.parent is None:
        return _limited(page, listed, columns)
    parents = id_table(planner.ids(page.rows), planner)
    if planner.is_sqlite:
        ids = _limited(page, page.bare, [page.bare.level.row.c.id])
        mine = and_(
            listed.level.row.c.organization_id == planner.organization_id,
            listed.level.row.c.id.in_(ids.where(page.bare.owner == parents.c.value)),
        )
        source = _joined(parents.join(listed.level.row, mine), listed.level)
        ordering = order_by(listed.sort, backward=page.request.backward)
        return _select(columns).select_from(source).order_by(*ordering)
    per_parent = (
        _limited(page, listed, columns).where(listed.owner == parents.c.value).lateral("page")
    )
    # The lateral rows come sorted within each parent, and parents are told apart by column 0.
    return select(*per_parent.c).select_from(parents.join(per_parent, true()))


def _limited(page: Page, listed: Listed, columns: Columns) -> Select[Any]:
    """One page, and a row more where it matters whether the list goes on."""
    return (
        _select(columns)
        .select_from(_joined(listed.level.row, listed.level))
        .where(*listed.conditions, *within(listed.sort, page.request))
        .order_by(*order_by(listed.sort, backward=page.request.backward))
        .limit(page.size + 1 if page.wants_more else page.size)
    )


def outside(planner: Planner, page: Page, *, is_start: bool) -> Select[Any] | None:
    """Whose list has rows beyond the cursor where reading starts, or stops; None without one."""
    listed = page.bare
    find = outside_start if is_start else outside_stop
    condition = find(listed.sort, page.request)
    if condition is None:
        return None
    source = _joined(listed.level.row, listed.level)
    found = select(literal(1)).select_from(source).where(*listed.conditions, condition)
    if page.parent is None:
        return select(literal("")).where(exists(found))
    parents = id_table(planner.ids(page.rows), planner)
    mine = found.where(listed.owner == parents.c.value)
    return select(parents.c.value).select_from(parents).where(exists(mine))


def counts(planner: Planner, page: Page) -> Select[Any]:
    return _over_all(planner, page, [func.count()], [])


def totals(planner: Planner, page: Page) -> Select[Any]:
    """Each group's values, in the order in which they are declared."""
    assert page.totals is not None  # noqa: S101 - the caller has looked
    row = page.bare.level.row
    declared = [
        found for found in page.totals.declarations.values() if isinstance(found, Aggregate)
    ]
    groups = [found.build(row) for found in declared if found.is_group]
    columns = [found.build(row) for found in declared]
    return _over_all(planner, page, columns, groups).order_by(*groups)


def _over_all(planner: Planner, page: Page, columns: Columns, groups: Columns) -> Select[Any]:
    """Over the whole list, not only the page."""
    listed = page.bare
    owner: ColumnElement[Any] = literal("") if listed.owner is None else listed.owner
    statement = _select([owner, *columns]).select_from(listed.level.row).where(*listed.conditions)
    if listed.owner is None:
        return statement.group_by(*groups) if groups else statement
    mine = is_among(listed.owner, planner.ids(page.rows), planner)
    return statement.where(mine).group_by(listed.owner, *groups)


def _select(columns: Columns) -> Select[Any]:
    return select(*(found.label(f"c{index}") for index, found in enumerate(columns)))


def _joined(source: FromClause, level: Level, *, is_optional: bool = False) -> FromClause:
    """The level's table with its to-one relations, and theirs."""
    for joined in level.ones.values():
        may_lack = is_optional or joined.is_optional
        for table, condition in joined.steps:
            source = source.join(table, condition, isouter=may_lack)
        source = _joined(source, joined.level, is_optional=may_lack)
    return source
