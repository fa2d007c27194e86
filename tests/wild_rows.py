"""Random rows with all that generated documents can ask for, beside those of other organizations.

The third organization shares the first one's ids. The second shares nothing with it: each of its
ids and texts can be told, wherever it turns up.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random
from typing import Any, cast

from db.database import Database
from db.tables import Address, Document, LineItem
from domain.document import DocumentType
from domain.line_item import LineItemType
from engine.declare import table_of
from tests.conftest import NOW
from tests.random_rows import Rows, random_rows, write, write_rows
from tests.wild_copies import copies

SEED = 20260311
OTHERS = 2
# In every text of the second organization.
MARK = "Elsewhere"

_TEXTS = (
    "name",
    "description",
    "notes",
    "po_number",
    "ref_number",
    "reference_number",
    "message",
    "address1",
    "file_name",
    "error",
    "company_name",
)


async def write_wild_rows(database: Database) -> tuple[Rows, Rows]:
    """The rows of the organization that is asked, and those of the one that it must not see."""
    theirs = _full(OTHERS, SEED + 1)
    for row in _all(theirs[0], theirs[1]):
        _estrange(row)
    await write(database, theirs[0], theirs[1])
    await write_rows(database, 3, SEED)
    rows, more = _full(1, SEED)
    await write(database, rows, more)
    return rows, theirs[0]


def _full(organization_id: int, seed: int) -> tuple[Rows, list[object]]:
    rows = random_rows(organization_id, seed)
    random = Random(seed)
    for number in range(1, 6):
        rows.addresses.append(_address(organization_id, number))
    choices = [None, *(found.id for found in rows.addresses)]
    for customer in rows.customers:
        customer.bill_to_address_id = random.choice(choices)
    for invoice in rows.all_invoices:
        invoice.bill_to_address_id = random.choice(choices)
        invoice.remit_to_address_id = random.choice(choices)
    return rows, [*_lines(rows, random), *_documents(rows, random), *copies(rows, random)]


def _address(organization_id: int, number: int) -> Address:
    return Address(
        organization_id=organization_id,
        id=f"address_01{number * 7_919:024}",
        company_name="Acme Freight" if number % 2 else None,
        address1=f"{number} King St W",
        city="Toronto",
        postal_code="M5H 1A1" if number % 3 else None,
        country_code="CA",
    )


def _lines(rows: Rows, random: Random) -> list[LineItem]:
    """Lines of orders, then those of invoices, of which some are copies."""
    lines: list[LineItem] = []
    for kind, parents in (("order_id", rows.orders), ("invoice_id", rows.all_invoices)):
        originals = list(lines)
        for parent in parents:
            for position in range(random.choice((0, 1, 3))):
                line = _line(len(lines) + 1, position, random)
                line.organization_id = parent.organization_id
                setattr(line, kind, parent.id)
                if originals and random.random() < 0.6:
                    line.copied_from_id = random.choice(originals).id
                lines.append(line)
    return lines


def _line(number: int, position: int, random: Random) -> LineItem:
    amount, tax = random.choice((100, 99_999_999_999, -5_000)), random.choice((0, 13))
    return LineItem(
        organization_id=0,
        id=f"line_01{number * 7_919 % 1_000_003:024}",
        position=position,
        type=random.choice(tuple(LineItemType)),
        description=random.choice(("Toronto to Chicago", 'say "hello"', "Ärger")),
        quantity_e4=random.choice((10_000, 5, 12_345)),
        rate_e4=random.choice((1, 1_000_000, -20_500)),
        tax_rate_e4=random.choice((0, 130_000)),
        amount_cents=amount,
        tax_amount_cents=tax,
        total_cents=amount + tax,
        deleted_at=NOW if random.random() < 0.1 else None,
    )


def _documents(rows: Rows, random: Random) -> list[Document]:
    """Some arrived, some awaited, some removed."""
    documents: list[Document] = []
    for invoice in rows.all_invoices:
        for _ in range(random.choice((0, 0, 1, 3))):
            document = _document(len(documents) + 1, random)
            document.organization_id = invoice.organization_id
            document.invoice_id = invoice.id
            documents.append(document)
    return documents


def _document(number: int, random: Random) -> Document:
    has_arrived, is_removed = random.random() < 0.6, random.random() < 0.1
    return Document(
        organization_id=0,
        id=f"document_01{number * 7_919 % 1_000_003:024}",
        invoice_id="",
        document_type=random.choice(tuple(DocumentType)),
        file_name=random.choice(("pod.pdf", "Ärger & Söhne.pdf", 'say "hello".png')),
        mime_type=random.choice(("application/pdf", "image/png")),
        description=random.choice((None, "Signed at the dock")),
        created_by="Somebody",
        created_at=NOW + timedelta(milliseconds=random.choice((0, 0, 1, 2))),
        uploaded_at=NOW if has_arrived else None,
        size_bytes=random.choice((0, 1, 26_214_400)) if has_arrived else None,
        sha256=f"{number % 3:064x}" if has_arrived else None,
        deleted_at=NOW if is_removed else None,
        deleted_by="Somebody" if is_removed else None,
    )


def _all(rows: Rows, more: Sequence[object]) -> Iterable[Any]:
    for group in (
        rows.addresses,
        rows.customers,
        rows.orders,
        rows.all_invoices,
        rows.links,
        rows.all_payments,
        rows.activities,
        more,
    ):
        yield from group


def _estrange(row: Any) -> None:
    """Ids, numbers and texts that the first organization does not have."""
    for name in table_of(cast("type[object]", type(row))).c.keys():  # noqa: SIM118 - columns, not keys
        value = getattr(row, name)
        if isinstance(value, str) and (name == "id" or name.endswith("_id")):
            setattr(row, name, value.replace("_01", "_02"))
        elif name == "number":
            row.number += 1_000
        elif name == "name_folded":
            row.name_folded = f"{MARK.lower()} {value}"
        elif name in _TEXTS and value is not None:
            setattr(row, name, f"{MARK} {value}")
