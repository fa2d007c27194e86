"""Random copies of invoices in QuickBooks: of the connected company, and of one before it."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from db.tables import Invoice, QuickBooksConnection, QuickBooksInvoice
from domain.quickbooks import QuickBooksState
from tests.conftest import NOW
from tests.random_rows import Rows

REALM = "9130350000000001"
BEFORE = "9130350000000002"


def copies(rows: Rows, random: Random) -> Iterator[object]:
    """The connection, then a copy of most invoices, in every state."""
    yield QuickBooksConnection(
        organization_id=rows.organization.id,
        realm_id=REALM,
        company_name="Acme Books",
        connected_at=NOW,
        connected_by="Somebody",
        changed_since=NOW,
    )
    for number, invoice in enumerate(rows.all_invoices, 1):
        for realm_id in (REALM, BEFORE):
            if random.random() < 0.7:
                yield _copy(invoice, realm_id, number, random)


def _copy(invoice: Invoice, realm_id: str, number: int, random: Random) -> QuickBooksInvoice:
    states = (QuickBooksState.QUEUED, QuickBooksState.EXPORTED, QuickBooksState.FAILED)
    state = random.choice(states)
    is_there = state is QuickBooksState.EXPORTED or random.random() < 0.3
    return QuickBooksInvoice(
        organization_id=invoice.organization_id,
        realm_id=realm_id,
        invoice_id=invoice.id,
        requested_by="Somebody",
        state=state,
        quickbooks_id=str(number) if is_there else None,
        exported_at=NOW + timedelta(milliseconds=random.choice((0, 1))) if is_there else None,
        error="Books are closed" if state is QuickBooksState.FAILED else None,
    )
