"""Making an invoice's copy in QuickBooks, and bringing it up to date: never two of them."""

from typing import Any

from db.quickbooks_copies import Draft
from quickbooks import compose
from quickbooks.client import Company, Row, quoted
from quickbooks.compose import Setup
from quickbooks.convert import ForeignInvoice, foreign_invoice, is_deleted
from quickbooks.errors import Gone, NumberTaken, Rejected, Stale
from quickbooks.naming import request_id
from quickbooks.references import References
from services import quickbooks_copies as copies
from services.jobs import Later, Task
from services.quickbooks_copies import Seen

ENTITY = "Invoice"
_NO_SUCH_REFERENCE = "2500"


class CopyGone(Exception):
    """The copy was deleted or voided there; it is made anew only when a person asks for it."""


class Copying:
    """One invoice's copy, in one attempt."""

    def __init__(self, task: Task, company: Company, draft: Draft, setup: Setup) -> None:
        self._task = task
        self._company = company
        self._draft = draft
        self._setup = setup
        self._references = References(task, company, draft, setup)

    async def made(self) -> Seen:
        """The copy that is new, or that an earlier attempt has made unnoticed."""
        self._check_currency()
        was_attempted = self._draft.copy.is_attempted
        found = await self._looked_for() if was_attempted else None
        is_adopted = found is not None
        if found is None:
            try:
                found = await self._create()
            except NumberTaken as error:
                found = await self._holder(error)
                is_adopted = True
        if is_adopted or was_attempted:
            # What an earlier attempt has sent may be older than what is to be there now; and a
            # repeated request is answered even where its invoice was deleted since.
            found = await self._update(found.id, found.sync_token)
        return self._seen(found, is_new=True, is_adopted=is_adopted)

    async def brought_up_to_date(self) -> Seen:
        self._check_currency()
        copy = self._draft.copy
        found = await self._update(copy.quickbooks_id or "", copy.sync_token or 0)
        return self._seen(found, is_new=False)

    def _check_currency(self) -> None:
        invoice, setup = self._draft.invoice, self._setup
        if not setup.has_currencies and invoice.currency != setup.home_currency:
            raise Rejected(
                f"{invoice.full_id} is in {invoice.currency}, and this company in QuickBooks has "
                f"no other currency than {setup.home_currency}"
            )

    def _seen(self, found: ForeignInvoice, *, is_new: bool, is_adopted: bool = False) -> Seen:
        remarks = ["it was there already"] if is_adopted else []
        return Seen(
            found.id,
            found.sync_token,
            found.total_cents,
            is_new,
            is_adopted,
            (*remarks, *self._references.remarks),
        )

    async def _create(self) -> ForeignInvoice:
        was_attempted = self._draft.copy.is_attempted
        for is_last in (False, True):
            body = await self._body()
            async with self._task.transaction() as session:
                await copies.attempted(session, self._draft)
            try:
                return _alive(await self._company.create(ENTITY, body, request_id=self._request))
            except Rejected as error:
                async with self._task.transaction() as session:
                    await copies.refused(session, self._draft, was_attempted=was_attempted)
                if is_last or not _is_of_reference(error):
                    raise
            await self._references.check()
        raise AssertionError("the last attempt answers or raises")

    async def _update(self, quickbooks_id: str, sync_token: int) -> ForeignInvoice:
        for is_last in (False, True):
            body = await self._body()
            version = compose.version(quickbooks_id, sync_token)
            try:
                return _alive(await self._company.update(ENTITY, {**body, **version}))
            except Stale:
                if is_last:
                    raise Later("The invoice is being changed in QuickBooks") from None
                current = await self._read(quickbooks_id)
            except Rejected as error:
                if not _is_of_reference(error):
                    raise
                # What is gone may be the invoice itself.
                current = await self._read(quickbooks_id)
                if is_last:
                    raise
                await self._references.check()
            sync_token = current.sync_token
        raise AssertionError("the last attempt answers or raises")

    async def _read(self, quickbooks_id: str) -> ForeignInvoice:
        try:
            found = foreign_invoice(await self._company.read(ENTITY, quickbooks_id))
        except Gone:
            raise CopyGone("deleted") from None
        if found.is_voided:
            raise CopyGone("voided")
        return found

    async def _looked_for(self) -> ForeignInvoice | None:
        """What an earlier attempt may have made; raises Rejected where another has its number."""
        found = [one for one in await by_number(self._company, self._draft) if not one.is_voided]
        return None if not found else await self._ours(found)

    async def _holder(self, error: NumberTaken) -> ForeignInvoice:
        """Whichever invoice has the number that the company keeps from being used twice."""
        found = await by_number(self._company, self._draft)
        if not found and error.quickbooks_id is not None:
            # What was made a moment ago may not be found by its number yet.
            found = [foreign_invoice(await self._company.read(ENTITY, error.quickbooks_id))]
        if not found:
            raise error
        return await self._ours(found)

    async def _ours(self, found: list[ForeignInvoice]) -> ForeignInvoice:
        customer_id = (await self._references.ids()).customer_id
        ours = [one for one in found if compose.is_ours(one, self._draft, customer_id)]
        number = self._draft.invoice.full_id
        if not ours:
            raise Rejected(f"QuickBooks has another invoice with the number {number}")
        alive = [one for one in ours if not one.is_voided]
        if not alive:
            raise Rejected(
                f"{number} was voided in QuickBooks, which does not give a number out twice: "
                "delete it or change its number there"
            )
        return alive[0]

    async def _body(self) -> dict[str, Any]:
        return compose.invoice(self._draft, await self._references.ids(), self._setup)

    @property
    def _request(self) -> str:
        return request_id(self._draft.invoice.id, self._draft.copy.generation)


async def by_number(company: Company, draft: Draft) -> list[ForeignInvoice]:
    """What there is there under the invoice's number, the oldest first."""
    rows = await company.query_all(
        ENTITY, f"WHERE DocNumber = {quoted(draft.invoice.full_id)} ORDERBY Id"
    )
    return [foreign_invoice(row) for row in rows]


def _alive(row: Row) -> ForeignInvoice:
    if is_deleted(row):
        raise CopyGone("deleted")
    return foreign_invoice(row)


def _is_of_reference(error: Rejected) -> bool:
    """Whether what was refused is perhaps a customer or an item, gone or inactive."""
    return isinstance(error, Gone) or error.code == _NO_SUCH_REFERENCE
