"""The rows of series in a plan, and the expression for the object that tells of them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger
from sqlalchemy import bindparam as bind

from engine import leaves
from engine.declare import Column
from engine.errors import BadUserInput
from engine.filters import is_among
from engine.given import Given, Variables
from engine.levels import Course, Level
from engine.pages import SortKey
from engine.plan import Planner
from engine.selection import Selected
from engine.series import Echo, Edge, Members, Series
from engine.types import ObjectType

if TYPE_CHECKING:
    from engine.shape import Shaper

# It takes about as long to plan as so many lists.
_LISTS = 3


def few(most: int, owners: int, rows: Sequence[Any]) -> Sequence[Any]:
    """The rows, one to start for each owner among them, unless there are too many members."""
    if len(rows) > most + owners:
        raise BadUserInput(
            f"This comes to more than {most:,} lines at once: "
            "ask for a shorter time, or for fewer objects"
        )
    return rows


def shaped(shaper: "Shaper", level: Level, selected: Selected, declaration: Series) -> str:
    """The object about a row's series."""
    planner = shaper.planner
    about = planner.types[level.type.target(selected.name)]
    course = _course(planner, level, selected, declaration, about)
    arguments = _arguments(planner, level, selected)
    parts: dict[str, str] = {}
    for key, part in planner.selection.below(about.graphql, selected.sets).items():
        if part.name == "__typename":
            parts[key] = repr(about.name)
        elif isinstance(about.declarations[part.name], Echo):
            parts[key] = _echo(planner, about, part, arguments)
        else:
            parts[key] = _of_rows(shaper, course, about, part)
    return shaper.mapping(about, parts)


def _of_rows(shaper: "Shaper", course: Course, about: ObjectType, part: Selected) -> str:
    """A value of the series' first or last row, or the rows between them with the last."""
    row = course.rows.name
    rows = f"m{course.rows.number}[{course.parent.id}]"
    match about.declarations[part.name]:
        case Edge(column, is_last, convert):
            kind = about.graphql.fields[part.name]
            value = shaper.column(course.level, column, Column(column, convert), kind)
            place = "[-1:]" if is_last else "[:1]"
            return f"[{value} for {row} in {rows}{place}][0]"
        case Members():
            item = shaper.object(course.level, part.sets)
            return f"[{item} for {row} in {rows}[1:]]"
        case _:
            raise TypeError(f"{about.name}.{part.name} is nothing that a series has")


def _echo(
    planner: Planner, about: ObjectType, part: Selected, arguments: Mapping[str, Given]
) -> str:
    value = f"{planner.name(arguments[part.name].read())}(v)"
    if planner.is_walked:
        return value
    return leaves.shown(value, about.graphql.fields[part.name], planner.name)


def _course(
    planner: Planner, level: Level, selected: Selected, declaration: Series, about: ObjectType
) -> Course:
    """The rows of a series; the same field with the same arguments is read once."""
    found = level.children.get(selected.key)
    if isinstance(found, Course):
        return found
    planner.weigh(_LISTS)
    arguments = _arguments(planner, level, selected)
    check = _check(planner, declaration, arguments)
    [members] = [name for name, one in about.declarations.items() if isinstance(one, Members)]
    rows = planner.rows()
    ids = planner.ids(rows)
    made = declaration.build(lambda owner: is_among(owner, ids, planner), arguments, planner)
    row = made.alias(f"t{planner.number()}")
    rows.add(row.c[declaration.owner])
    _ = level.id
    room = f"room{rows.number}"
    planner.sources[room] = f"{declaration.rows_max + 1} + len(i{rows.number})"
    course = Course(
        parent=level,
        level=Level(planner.types[about.target(members)], row, rows),
        declared=declaration,
        check=check,
        room=bind(room, type_=BigInteger()),
        sort=[
            SortKey(row.c[name], descending=False, nullable=False) for name in declaration.order_by
        ],
    )
    level.children[selected.key] = course
    return course


def _check(planner: Planner, declaration: Series, arguments: Mapping[str, Given]) -> str:
    """What looks at a request's arguments before anything is read, and before a mutation works."""
    reads = {name: one.read() for name, one in arguments.items()}

    def check(variables: Variables) -> None:
        declaration.check({name: read(variables) for name, read in reads.items()})

    check(planner.decisions.variables)
    planner.reads.append(check)
    return planner.name(check)


def _arguments(planner: Planner, level: Level, selected: Selected) -> Mapping[str, Given]:
    return planner.arguments(level.type.graphql.fields[selected.name], selected)
