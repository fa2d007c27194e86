"""Whom and what a copy names there: links that are kept, found by name where there are none."""

from collections.abc import Sequence

from db import quickbooks_copies
from db.quickbooks_copies import Draft
from db.tables import QuickBooksCustomer, QuickBooksItem
from domain.line_item import LineItemType
from quickbooks import compose, customers, items
from quickbooks.client import Company
from quickbooks.compose import Setup
from quickbooks.naming import Found
from services.jobs import Task


class References:
    """Of one invoice. What is found or made is kept before anything else is done with it."""

    def __init__(self, task: Task, company: Company, draft: Draft, setup: Setup) -> None:
        self._task = task
        self._company = company
        self._draft = draft
        self._setup = setup
        self._customer_id: str | None = None
        self._item_ids: dict[LineItemType, str] = {}
        self.remarks: list[str] = []

    async def ids(self) -> compose.References:
        if self._customer_id is None:
            await self._read()
        if self._customer_id is None:
            found = await customers.found(self._company, self._draft, self._setup)
            await self._take_customer(found)
        for kind in self._kinds:
            if kind not in self._item_ids:
                await self._take_item(kind, await items.found(self._company, kind))
        return compose.References(self._customer_id or "", dict(self._item_ids))

    async def check(self) -> None:
        """Something that was named is not to be named any more: look at each."""
        for kind, known in list(self._item_ids.items()):
            found = await items.checked(self._company, kind, known)
            await self._take_item(kind, found)
        known = self._customer_id or ""
        found = await customers.checked(self._company, self._draft, self._setup, known)
        await self._take_customer(found)

    @property
    def _kinds(self) -> Sequence[LineItemType]:
        return sorted({line.type for line in self._draft.lines})

    async def _read(self) -> None:
        copy, customer_id = self._draft.copy, self._draft.customer.id
        where = (copy.organization_id, copy.realm_id)
        async with self._task.transaction() as session:
            self._customer_id = await quickbooks_copies.customer_id(session, *where, customer_id)
            known = await quickbooks_copies.item_ids(session, *where)
        self._item_ids = {kind: known[kind] for kind in self._kinds if kind in known}

    async def _take_customer(self, found: Found) -> None:
        copy = self._draft.copy
        link = QuickBooksCustomer(
            organization_id=copy.organization_id,
            realm_id=copy.realm_id,
            customer_id=self._draft.customer.id,
            quickbooks_id=found.id,
        )
        await self._keep(link, found)
        self._customer_id = found.id

    async def _take_item(self, kind: LineItemType, found: Found) -> None:
        copy = self._draft.copy
        link = QuickBooksItem(
            organization_id=copy.organization_id,
            realm_id=copy.realm_id,
            line_item_type=kind,
            quickbooks_id=found.id,
        )
        await self._keep(link, found)
        self._item_ids[kind] = found.id

    async def _keep(self, link: QuickBooksCustomer | QuickBooksItem, found: Found) -> None:
        async with self._task.transaction() as session:
            await quickbooks_copies.link(session, link)
        self.remarks += found.remarks
