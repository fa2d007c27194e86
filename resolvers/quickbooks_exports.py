"""The mutation that exports invoices to QuickBooks Online."""

from typing import Any

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession

from engine.declare import Answer
from resolvers.changes import change
from resolvers.context import Context
from services import quickbooks_exports as service
from services.author import Author


@strawberry.input(description="Which invoices QuickBooks Online is to have.")
class ExportInvoicesToQuickBooksInput:
    invoice_ids: list[strawberry.ID] = strawberry.field(
        description="1 to 100 invoices with line items; an id that stands here twice counts once."
    )


async def export_invoices_to_quick_books(
    context: Context, input: ExportInvoicesToQuickBooksInput
) -> Answer:
    """Export invoices to the connected company in QuickBooks Online: all of them, or none.

    This asks for it; seconds later each invoice's `quickBooks` and `activity` say what became of
    it. An exported invoice is sent again only where it has changed since; one that failed is
    tried again; one that was deleted in QuickBooks is made there anew.
    """

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        found = await service.export(session, author, invoice_ids=input.invoice_ids)
        return {"invoices": list(found)}

    return await change(context, "ExportInvoicesToQuickBooksPayload", work)
