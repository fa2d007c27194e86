"""Running a plan: one statement for each level, however many parents it has."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    exists,
    func,
    literal,
    select,
    true,
)

from engine.declare import Aggregate, Fetch, Record
from engine.filters import id_table, is_among
from engine.pages import order_by, outside_start, outside_stop, within
from engine.plan import Child, Level, Listed, PagePlan, Planner
from engine.rows import Loaded, Page

Build = Callable[[Record], Loaded | None]


class Loader:
    """Reads what a planner has laid out."""

    def __init__(self, planner: Planner, fetch: Fetch) -> None:
        self.planner = planner
        self.request = planner.request
        self._fetch = fetch

    async def by_condition(self, level: Level, condition: ColumnElement[bool]) -> list[Loaded]:
        columns: list[ColumnElement[Any]] = []
        build = _shape(level, columns)
        statement = (
            _select(columns)
            .select_from(_joined(level.row, level))
            .where(self.planner.live(level), condition)
        )
        rows = [build(record) for record in await self._fetch(statement)]
        return await self._filled(level, rows)

    async def by_ids(self, level: Level, ids: Sequence[str]) -> dict[str, Loaded]:
        if not ids:
            return {}
        rows = await self.by_condition(level, is_among(level.row.c.id, ids, self.request))
        return {row.values["id"]: row for row in rows}

    async def page(self, plan: PagePlan) -> Page:
        """A connection that belongs to no row."""
        return (await self._pages(plan, None))[""]

    async def _filled(self, level: Level, rows: Iterable[Loaded | None]) -> list[Loaded]:
        """Read the children of these rows, and of the rows joined to them."""
        found = [row for row in rows if row is not None]
        if not found:
            return found
        parents = {row.values["id"]: row for row in found}
        for child in level.children:
            if isinstance(child, Child):
                answers: dict[str, Any] = await self._many(child, list(parents))
            else:
                answers = await self._pages(child, list(parents))
            for row in found:
                row.related[child.key] = answers[row.values["id"]]
        for key, joined in level.ones.items():
            await self._filled(joined.level, (row.related[key] for row in found))
        return found

    async def _many(self, child: Child, parent_ids: list[str]) -> dict[str, list[Loaded]]:
        columns = [child.owner]
        build = _shape(child.level, columns)
        source = _joined(child.level.row, child.level)
        if child.via is not None:
            link, condition = child.via
            source = source.join(link, condition)
        statement = (
            _select(columns)
            .select_from(source)
            .where(self.planner.live(child.level), is_among(child.owner, parent_ids, self.request))
            .order_by(*order_by(child.sort, backward=False))
        )
        answers: dict[str, list[Loaded]] = {parent_id: [] for parent_id in parent_ids}
        rows: list[Loaded | None] = []
        for record in await self._fetch(statement):
            row = build(record)
            rows.append(row)
            if row is not None:
                answers[record[0]].append(row)
        await self._filled(child.level, rows)
        return answers

    async def _pages(self, plan: PagePlan, parent_ids: list[str] | None) -> dict[str, Page]:
        """A page for each parent; the one list that has no parent stands under no name."""
        pages = {key: Page(plan.page.order) for key in (parent_ids or [""])}
        has_more: set[str] = set()
        if plan.wants_rows:
            has_more = await self._rows(plan, parent_ids, pages)
        backward = plan.page.backward
        if plan.wants_previous if backward else plan.wants_next:
            beyond = outside_stop(plan.bare.sort, plan.page)
            for key in has_more | await self._existing(plan, parent_ids, beyond):
                setattr(pages[key], "has_previous" if backward else "has_next", True)
        if plan.wants_next if backward else plan.wants_previous:
            before = outside_start(plan.bare.sort, plan.page)
            for key in await self._existing(plan, parent_ids, before):
                setattr(pages[key], "has_next" if backward else "has_previous", True)
        if plan.wants_count:
            await self._count(plan, parent_ids, pages)
        if plan.totals is not None:
            await self._total(plan, parent_ids, pages)
        return pages

    async def _rows(
        self, plan: PagePlan, parent_ids: list[str] | None, pages: dict[str, Page]
    ) -> set[str]:
        """Fill the pages; answers whose list goes on."""
        listed, size = plan.listed, plan.page.size
        columns: list[ColumnElement[Any]] = [
            literal("") if listed.owner is None else listed.owner,
            *(key.column for key in listed.sort),
        ]
        build = _shape(listed.level, columns)
        statement = self._page_statement(plan, parent_ids, columns)
        records: dict[str, list[Record]] = defaultdict(list)
        for record in await self._fetch(statement):
            records[record[0]].append(record)
        rows: list[Loaded] = []
        for key, found in records.items():
            shown = found[:size]
            if plan.page.backward:
                shown.reverse()
            built = [row for record in shown if (row := build(record)) is not None]
            pages[key].nodes = built
            pages[key].places = [record[1 : len(listed.sort) + 1] for record in shown]
            rows += built
        await self._filled(listed.level, rows)
        return {key for key, found in records.items() if len(found) > size}

    def _page_statement(
        self, plan: PagePlan, parent_ids: list[str] | None, columns: list[ColumnElement[Any]]
    ) -> Select[Any]:
        listed = plan.listed
        if parent_ids is None:
            return self._limited(listed, plan, columns)
        parents = id_table(parent_ids, self.request)
        if self.request.is_sqlite:
            ids = self._limited(plan.bare, plan, [plan.bare.level.row.c.id])
            mine = and_(
                listed.level.row.c.organization_id == self.request.organization_id,
                listed.level.row.c.id.in_(ids.where(plan.bare.owner == parents.c.value)),
            )
            pages = _select(columns).select_from(
                _joined(parents.join(listed.level.row, mine), listed.level)
            )
            return pages.order_by(*order_by(listed.sort, backward=plan.page.backward))
        per_parent = (
            self._limited(listed, plan, columns)
            .where(listed.owner == parents.c.value)
            .lateral("page")
        )
        # The lateral rows come sorted within each parent, and parents are told apart by column 0.
        return select(*per_parent.c).select_from(parents.join(per_parent, true()))

    def _limited(
        self, listed: Listed, plan: PagePlan, columns: list[ColumnElement[Any]]
    ) -> Select[Any]:
        """One page, and a row more to see whether the list goes on."""
        return (
            _select(columns)
            .select_from(_joined(listed.level.row, listed.level))
            .where(*listed.conditions, *within(listed.sort, plan.page))
            .order_by(*order_by(listed.sort, backward=plan.page.backward))
            .limit(plan.page.size + 1)
        )

    async def _existing(
        self,
        plan: PagePlan,
        parent_ids: list[str] | None,
        condition: ColumnElement[bool] | None,
    ) -> set[str]:
        """Whose list has such a row."""
        if condition is None:
            return set()
        listed = plan.bare
        source = _joined(listed.level.row, listed.level)
        found = select(literal(1)).select_from(source).where(*listed.conditions, condition)
        if parent_ids is None:
            statement = select(literal("")).where(exists(found))
        else:
            parents = id_table(parent_ids, self.request)
            mine = found.where(listed.owner == parents.c.value)
            statement = select(parents.c.value).select_from(parents).where(exists(mine))
        return {record[0] for record in await self._fetch(statement)}

    async def _count(
        self, plan: PagePlan, parent_ids: list[str] | None, pages: dict[str, Page]
    ) -> None:
        statement = self._over_all(plan, parent_ids, [func.count()], [])
        for record in await self._fetch(statement):
            pages[record[0]].total_count = record[1]

    async def _total(
        self, plan: PagePlan, parent_ids: list[str] | None, pages: dict[str, Page]
    ) -> None:
        assert plan.totals is not None  # noqa: S101 - the caller has looked
        row = plan.bare.level.row
        declared = {
            name: declaration
            for name, declaration in plan.totals.declarations.items()
            if isinstance(declaration, Aggregate)
        }
        columns = [declaration.build(row) for declaration in declared.values()]
        groups = [
            declaration.build(row) for declaration in declared.values() if declaration.is_group
        ]
        statement = self._over_all(plan, parent_ids, columns, groups).order_by(*groups)
        totals: dict[str, list[Loaded]] = defaultdict(list)
        for record in await self._fetch(statement):
            values = dict(zip(declared, record[1:], strict=True))
            totals[record[0]].append(Loaded(plan.totals.name, values))
        for key, rows in totals.items():
            pages[key].totals = rows

    def _over_all(
        self,
        plan: PagePlan,
        parent_ids: list[str] | None,
        columns: list[ColumnElement[Any]],
        groups: list[ColumnElement[Any]],
    ) -> Select[Any]:
        """Over the whole list, not only the page."""
        listed = plan.bare
        statement = _select([listed.owner if listed.owner is not None else literal(""), *columns])
        statement = statement.select_from(listed.level.row).where(*listed.conditions)
        if listed.owner is None or parent_ids is None:
            return statement.group_by(*groups) if groups else statement
        return statement.where(is_among(listed.owner, parent_ids, self.request)).group_by(
            listed.owner, *groups
        )


def _select(columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    return select(*(found.label(f"c{index}") for index, found in enumerate(columns)))


def _joined(source: FromClause, level: Level, *, is_optional: bool = False) -> FromClause:
    """The level's table with its to-one relations, and theirs."""
    for joined in level.ones.values():
        may_lack = is_optional or joined.is_optional
        for table, condition in joined.steps:
            source = source.join(table, condition, isouter=may_lack)
        source = _joined(source, joined.level, is_optional=may_lack)
    return source


def _shape(level: Level, columns: list[ColumnElement[Any]]) -> Build:
    """Add the level's columns to the statement; answers how to make its row of a record."""
    names, base = list(level.columns), len(columns)
    columns.extend(level.columns.values())
    ones = [(key, _shape(joined.level, columns)) for key, joined in level.ones.items()]
    place_of_id, end = base + names.index("id"), base + len(names)

    def build(record: Record) -> Loaded | None:
        if record[place_of_id] is None:
            return None
        row = Loaded(level.type.name, dict(zip(names, record[base:end], strict=True)))
        for key, build_one in ones:
            row.related[key] = build_one(record)
        return row

    return build
