"""The connection to a company in QuickBooks Online: what it is, and the mutations about it."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from db import quickbooks_overview
from db.quickbooks_overview import Read
from domain.errors import QuickBooksNotConnected
from engine.declare import Answer
from quickbooks.oauth import authorize_url
from resolvers.changes import change
from resolvers.context import Context
from services import quickbooks_connections as service
from services import quickbooks_pulls
from services.author import Author

PROBLEMS_MAX = 100


async def quick_books(context: Context) -> Answer:
    """Your organization's connection to a company in QuickBooks Online."""
    return await _shown(context.database.read, context.organization_id)


async def connect_quick_books(context: Context) -> Answer:
    """Connect a company in QuickBooks Online, or another one. Only for the role `admin`.

    Open the address that this answers in a browser within ten minutes, choose the company there,
    and say yes: a page says what came of it, and `quickBooks` shows the connection. The same
    company again goes on where it was.
    """
    context.check_may_connect()
    options = context.quickbooks

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        if options is None:
            raise QuickBooksNotConnected(
                "This server has no app at Intuit: whoever operates it has to set "
                "REMIT_QUICKBOOKS_CLIENT_ID and REMIT_QUICKBOOKS_CLIENT_SECRET"
            )
        return {"authorizationUrl": authorize_url(options, await service.ask(session, author))}

    return await change(context, "ConnectQuickBooksPayload", work, has_input=False)


async def disconnect_quick_books(context: Context) -> Answer:
    """End the connection to QuickBooks Online. Only for the role `admin`.

    Its tokens are deleted here at once, and given back to Intuit. Invoices and payments stay as
    they are, here and there, and so does what is known of them: the same company can be connected
    again. Exports that still wait will fail.
    """
    context.check_may_connect()

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        await service.disconnect(session, author)
        return {"quickBooks": await _within(session, author)}

    return await change(context, "DisconnectQuickBooksPayload", work, has_input=False)


async def sync_quick_books(context: Context) -> Answer:
    """Look for changes in QuickBooks Online now, instead of within the next minutes.

    This asks for it; `quickBooks.lastSyncedAt` says when it was done.
    """

    async def work(session: AsyncSession, author: Author) -> dict[str, Any]:
        await quickbooks_pulls.sync(session, author)
        return {"quickBooks": await _within(session, author)}

    return await change(context, "SyncQuickBooksPayload", work, has_input=False)


async def _within(session: AsyncSession, author: Author) -> Answer:
    """As it is in this transaction."""
    await session.flush()
    return await _shown(quickbooks_overview.reading(session), author.organization_id)


async def _shown(read: Read, organization_id: int) -> Answer:
    found = await quickbooks_overview.of(read, organization_id, problems_max=PROBLEMS_MAX)
    now = found if found is not None and found.is_connected else None
    reasons = [now.reconnect_reason] if now and now.reconnect_reason else []
    return Answer(
        "QuickBooksConnection",
        {
            "isConnected": now is not None,
            "companyName": now and now.company_name,
            "realmId": now and now.realm_id,
            "connectedAt": now and now.connected_at,
            "lastSyncedAt": now and now.last_synced_at,
            "needsReconnect": bool(reasons),
            "pendingExports": found.pending_exports if found else 0,
            "problems": [*reasons, *(found.problems if found else [])][:PROBLEMS_MAX],
        },
    )
