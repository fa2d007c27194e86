"""Finding a row of a list by its name, or making it, however often that is tried."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from quickbooks.client import Company, Row, quoted
from quickbooks.compose import active_again, version
from quickbooks.convert import id_of
from quickbooks.errors import NameTaken
from quickbooks.listed import Listed, listed, name_field


@dataclass(frozen=True, slots=True)
class Found:
    """A row there, and what a person ought to know of how it came to be taken."""

    id: str
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: by the first of `names` that leads to something that `fits`.

    `key` makes a request that is sent again the same request. It names whatever was taken before
    and is gone: otherwise QuickBooks would answer with that.
    """

    entity: str
    names: Sequence[str]
    key: str
    fits: Callable[[Listed], bool]
    body: Callable[[str], Awaitable[Row]]


async def found_or_made(company: Company, wanted: Wanted) -> Found:
    """Raises NameTaken where every name belongs to something else, such as a vendor."""
    for place, name in enumerate(wanted.names):
        found = await _by_name(company, wanted, name)
        if found is not None:
            return found
        try:
            row = await company.create(
                wanted.entity, await wanted.body(name), request_id=request_id(wanted.key, name)
            )
        except NameTaken:
            # Perhaps by what somebody else has made a moment ago.
            found = await _by_name(company, wanted, name)
            if found is not None:
                return found
            continue
        remarks = [f"its {wanted.entity.lower()} there is “{name}”: the plain name was taken"]
        return Found(id_of(row), remarks if place else ())
    raise NameTaken(
        f"The name “{wanted.names[0]}” belongs to something else in QuickBooks, such as a vendor",
        code="6240",
    )


async def made_active(company: Company, entity: str, found: Listed, name: str) -> Found:
    """An inactive row cannot be named: it is made active, and that is told."""
    if found.is_active:
        return Found(found.id)
    await company.update(entity, {**version(found.id, found.sync_token), **active_again()})
    return Found(found.id, [f"{entity.lower()} “{name}” was inactive there and is active again"])


def request_id(*parts: object) -> str:
    """The same for the same: what QuickBooks knows a repeated request by, in 50 characters."""
    said = "\n".join(str(part) for part in parts)
    return f"remit-{hashlib.sha256(said.encode()).hexdigest()[:40]}"


async def _by_name(company: Company, wanted: Wanted, name: str) -> Found | None:
    field = name_field(wanted.entity)
    rows = await company.query(
        wanted.entity, f"WHERE {field} = {quoted(name)} AND Active IN (true,false)"
    )
    fitting = [found for found in map(listed, rows) if wanted.fits(found)]
    if not fitting:
        return None
    # There is one of a name, but for items of different categories.
    first = min(fitting, key=lambda found: (not found.is_active, int(found.id)))
    return await made_active(company, wanted.entity, first, name)
