"""What an export's file looks like: CSV for spreadsheets, JSON Lines for programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import orjson

from domain.export import ExportFormat, csv_text

Node = Mapping[str, Any]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

COLUMNS = (
    "id fullId status customer.id customer.fullId customer.name invoiceDate dueDate terms sentAt "
    "currency subTotal taxTotal total amountPaid outstandingBalance notes "
    "lineItems.id lineItems.type lineItems.description lineItems.quantity lineItems.rate "
    "lineItems.taxRate lineItems.amount lineItems.taxAmount lineItems.total"
).split()
_LINE_ITEM = itemgetter(
    *(name.removeprefix("lineItems.") for name in COLUMNS if name.startswith("lineItems."))
)
_NO_LINE_ITEM = "," * sum(name.startswith("lineItems.") for name in COLUMNS) + "\r\n"


@dataclass(frozen=True)
class Form:
    """A form of file: its head, and how some invoices are written in it.

    `is_plain` asks for invoices as Python's values, not as those of JSON.
    """

    suffix: str
    media_type: str
    head: bytes
    body: Callable[[Sequence[Node]], bytes]
    is_plain: bool


def _csv(invoices: Sequence[Node]) -> bytes:
    return "".join([row for invoice in invoices for row in _csv_rows(invoice)]).encode()


def _csv_rows(invoice: Node) -> Iterable[str]:
    """A row for each line item, and one for an invoice that has none."""
    own = ",".join(_invoice_cells(invoice))
    if not invoice["lineItems"]:
        yield own + _NO_LINE_ITEM
    for line in invoice["lineItems"]:
        line_id, kind, description, *numbers = _LINE_ITEM(line)
        yield f"{own},{line_id},{kind},{csv_text(description)},{','.join(numbers)}\r\n"


def _invoice_cells(invoice: Node) -> Sequence[str]:
    """As `COLUMNS` names them. Only what people have written can hold anything odd."""
    customer = invoice["customer"]
    return [
        *(invoice["id"], invoice["fullId"], invoice["status"]),
        *(customer["id"], customer["fullId"], csv_text(customer["name"])),
        *(str(invoice["invoiceDate"]), str(invoice["dueDate"]), invoice["terms"]),
        "" if invoice["sentAt"] is None else str(invoice["sentAt"]),
        invoice["currency"],
        *(invoice["subTotal"], invoice["taxTotal"], invoice["total"]),
        *(invoice["amountPaid"], invoice["outstandingBalance"]),
        csv_text(invoice["notes"] or ""),
    ]


def _json_lines(invoices: Sequence[Node]) -> bytes:
    return b"".join(
        [orjson.dumps(invoice, option=orjson.OPT_APPEND_NEWLINE) for invoice in invoices]
    )


FORMS: Mapping[ExportFormat, Form] = {
    ExportFormat.CSV: Form(
        "csv",
        "text/csv; charset=utf-8",
        # Without the mark Excel takes UTF-8 for its own old encoding.
        f"{_BOM}{','.join(COLUMNS)}\r\n".encode(),
        _csv,
        is_plain=True,
    ),
    ExportFormat.JSON: Form(
        "jsonl", "application/jsonl; charset=utf-8", b"", _json_lines, is_plain=False
    ),
}
