"""Voiding the copy of an invoice that was deleted here."""

from datetime import timedelta

from db.quickbooks_copies import Draft
from quickbooks import compose
from quickbooks.client import Company
from quickbooks.convert import foreign_invoice
from quickbooks.copying import ENTITY, by_number
from quickbooks.errors import Gone, Rejected, Stale
from services import quickbooks_copies as copies
from services.jobs import Later, Task

# A request that was broken off may still be under way there.
_LOOKS = 3
_BETWEEN_LOOKS = timedelta(minutes=1)


async def withdraw(task: Task, company: Company, draft: Draft) -> None:
    """Raises Later while something there, such as a payment, keeps it from being voided."""
    quickbooks_id = draft.copy.quickbooks_id or await _unnoticed(task, company, draft)
    if quickbooks_id is not None:
        try:
            await _void(company, quickbooks_id, draft.copy.sync_token or 0)
        except Rejected as error:
            await _left_behind(task, draft, error)
    async with task.finish() as session:
        await copies.withdrawn(session, draft, quickbooks_id, task.clock())


async def _unnoticed(task: Task, company: Company, draft: Draft) -> str | None:
    """The copy that an attempt whose answer was lost has made, if any."""
    # Only by the mark: what merely looks like it is not for us to void.
    there = await by_number(company, draft)
    found = [one for one in there if compose.is_marked(one, draft) and not one.is_voided]
    if not found and task.lease.attempt < _LOOKS:
        raise Later("An export may still be under way", pause=_BETWEEN_LOOKS)
    return found[0].id if found else None


async def _void(company: Company, quickbooks_id: str, sync_token: int) -> None:
    for is_last in (False, True):
        try:
            await company.void(ENTITY, compose.version(quickbooks_id, sync_token))
        except Stale:
            if is_last:
                raise
        except Gone:
            return
        else:
            return
        try:
            now = foreign_invoice(await company.read(ENTITY, quickbooks_id))
        except Gone:
            return
        if now.is_voided:
            return
        sync_token = now.sync_token


async def _left_behind(task: Task, draft: Draft, error: Rejected) -> None:
    reason = error.message if error.code is None else f"{error.message} (code {error.code})"
    async with task.transaction() as session:
        await copies.left_behind(session, draft, reason, task.clock())
    raise Later(reason) from error
