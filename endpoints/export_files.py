"""What an export's file looks like: CSV for spreadsheets, JSON Lines for programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from domain.export import ExportFormat, csv_text

Node = Mapping[str, Any]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

# The values that people have written; all others are the API's own, and need no care.
_TEXTS = ("customer.name", "notes", "lineItems.description")
_INVOICE = (
    "id fullId status customer.id customer.fullId customer.name invoiceDate dueDate terms sentAt "
    "currency subTotal taxTotal total amountPaid outstandingBalance notes"
).split()
_LINE_ITEM = (
    "lineItems.id lineItems.type lineItems.description lineItems.quantity lineItems.rate "
    "lineItems.taxRate lineItems.amount lineItems.taxAmount lineItems.total"
).split()
_NO_LINES: Sequence[Node] = ({},)
COLUMNS = (*_INVOICE, *_LINE_ITEM)


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
    return "".join(row for invoice in invoices for row in _csv_rows(invoice)).encode()


def _csv_rows(invoice: Node) -> Iterable[str]:
    """A row for each line item, and one for an invoice that has none."""
    own = ",".join([cell(invoice) for cell in _INVOICE_CELLS])
    lines: Sequence[Node] = invoice["lineItems"] or _NO_LINES
    for line in lines:
        yield f"{own},{','.join([cell(line) for cell in _LINE_ITEM_CELLS])}\r\n"


def _json_lines(invoices: Sequence[Node]) -> bytes:
    return b"".join(
        [orjson.dumps(invoice, option=orjson.OPT_APPEND_NEWLINE) for invoice in invoices]
    )


def _cell(column: str) -> Callable[[Node], str]:
    """The text of a column; a value that is not there is an empty cell."""
    write: Callable[[Any], str] = csv_text if column in _TEXTS else str
    *parents, name = column.removeprefix("lineItems.").split(".")

    def cell(row: Node) -> str:
        for parent in parents:
            row = row[parent]
        value = row.get(name)
        return "" if value is None else write(value)

    return cell


_INVOICE_CELLS = [_cell(column) for column in _INVOICE]
_LINE_ITEM_CELLS = [_cell(column) for column in _LINE_ITEM]

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
