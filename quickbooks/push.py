"""The job that brings an invoice's copy in QuickBooks in step with it, whatever that takes."""

import json
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from db import quickbooks_copies
from db.quickbooks_copies import Draft
from domain.quickbooks import QuickBooksState, content_digest
from quickbooks.client import Company
from quickbooks.companies import Companies, Disconnected
from quickbooks.convert import Unreadable
from quickbooks.copying import CopyGone, Copying
from quickbooks.errors import Rejected
from quickbooks.setups import Setups
from quickbooks.withdrawing import withdraw
from services import quickbooks_copies as copies
from services.jobs import Later, Task

_DISCONNECTED = "QuickBooks was disconnected"


@dataclass
class Push:
    """Makes, changes or voids the copy, or does nothing where that is right already."""

    companies: Companies
    setups: Setups = field(default_factory=Setups)

    async def do(self, task: Task) -> None:
        async with task.transaction() as session:
            draft = await _draft(session, task)
        if draft is None:
            return
        if not _is_to_be_sent(draft):
            async with task.finish() as session:
                await _settled(session, task, draft)
            return
        try:
            async with self.companies.opened(task, draft.copy.realm_id) as company:
                if draft.invoice.deleted_at is None:
                    await self._export(task, company, draft)
                else:
                    await withdraw(task, company, draft)
        except Disconnected:
            async with task.finish() as session:
                await _given_up(session, task, draft, _DISCONNECTED)
        except Unreadable as error:
            raise Later(str(error)) from error

    async def give_up(self, session: AsyncSession, task: Task, message: str) -> None:
        draft = await _draft(session, task)
        if draft is not None:
            await _given_up(session, task, draft, message)

    async def _export(self, task: Task, company: Company, draft: Draft) -> None:
        try:
            setup = await self.setups.of(company, task.clock())
            copying = Copying(task, company, draft, setup)
            is_there = draft.copy.quickbooks_id is not None
            seen = await (copying.brought_up_to_date() if is_there else copying.made())
        except CopyGone as error:
            reason = f"{draft.invoice.full_id} was {error} in QuickBooks: export it again to "
            async with task.finish() as session:
                await copies.failed(
                    session, draft, f"{reason}make it anew there", task.clock(), is_gone=True
                )
        except Rejected as error:
            # Perhaps the company is set up in another way by now.
            self.setups.forget(company.realm_id)
            reason = error.message if error.code is None else f"{error.message} (code {error.code})"
            async with task.finish() as session:
                await copies.failed(
                    session, draft, reason, task.clock(), intuit_tid=error.intuit_tid
                )
        else:
            async with task.finish() as session:
                await copies.exported(session, draft, seen, task.clock())


def _is_to_be_sent(draft: Draft) -> bool:
    """Whether QuickBooks has to be told anything."""
    copy = draft.copy
    if copy.is_gone:
        return False
    if draft.invoice.deleted_at is not None:
        return copy.quickbooks_id is not None or copy.is_attempted
    is_there = copy.quickbooks_id is not None
    return not is_there or copy.content_digest != content_digest(draft.invoice, draft.lines)


async def _settled(session: AsyncSession, task: Task, draft: Draft) -> None:
    """There is nothing to be sent (any more)."""
    if draft.copy.is_gone:
        return
    if draft.invoice.deleted_at is None:
        await copies.unchanged(session, draft, task.clock())
    else:
        await copies.withdrawn(session, draft, None, task.clock())


async def _draft(session: AsyncSession, task: Task) -> Draft | None:
    realm_id: str = json.loads(task.lease.payload)["realm"]
    return await quickbooks_copies.draft(session, task.organization_id, realm_id, task.lease.key)


async def _given_up(session: AsyncSession, task: Task, draft: Draft, reason: str) -> None:
    """Nothing more is tried until somebody asks."""
    if draft.invoice.deleted_at is not None:
        await copies.left_behind(session, draft, reason, task.clock())
    elif draft.copy.state is QuickBooksState.QUEUED:
        await copies.failed(session, draft, reason, task.clock())
