"""What there is to say of an invoice's copy in QuickBooks Online."""

from datetime import datetime
from typing import ClassVar

import strawberry

from db import quickbooks_links as links
from db import tables
from engine.declare import stands
from resolvers.enums import QuickBooksState
from schema.fields import sql


@strawberry.type(
    description="An invoice's copy in QuickBooks Online: in the company that is connected, or was "
    "last."
)
class QuickBooksLink:
    stands_on: ClassVar = stands(tables.Invoice)

    state: QuickBooksState = sql(links.state, "How far its export has come.")
    quick_books_id: str | None = sql(
        links.quickbooks_id, "The invoice's id in QuickBooks; null until QuickBooks has it."
    )
    exported_at: datetime | None = sql(
        links.exported_at, "When it was last sent to QuickBooks; null until QuickBooks has it."
    )
    error: str | None = sql(
        links.error,
        "Why it could not be exported, in words; or, where it is exported, what differs there, "
        "such as a total that QuickBooks works out in another way.",
    )
