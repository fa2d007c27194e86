"""The connection to a company in QuickBooks Online."""

from datetime import datetime

import strawberry

from schema.fields import value


@strawberry.type(
    description="QuickBooks Online, where your organization keeps its books: which company is "
    "connected there, and how well that goes."
)
class QuickBooksConnection:
    is_connected: bool = value("Whether a company is connected.")
    company_name: str | None = value("The company's name; null while none is connected.")
    realm_id: str | None = value(
        "The company's id, as QuickBooks shows it; null while none is connected."
    )
    connected_at: datetime | None = value("Since when; null while none is connected.")
    last_synced_at: datetime | None = value(
        "When its changes were last read to the end; null while that has not been done."
    )
    needs_reconnect: bool = value(
        "Whether a person has to connect it again before anything goes on. The first of `problems` "
        "says why."
    )
    pending_exports: int = value("How many invoices wait to be exported.")
    problems: list[str] = value("What waits for a person, in words, the oldest first; at most 100.")
