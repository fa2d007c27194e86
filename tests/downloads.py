"""Exports asked for and downloaded, and what is read from their files."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import httpx2

from tests.client import Client

BOM = "\ufeff"
HEADER = (
    "id,fullId,status,customer.id,customer.fullId,customer.name,invoiceDate,dueDate,terms,sentAt,"
    "currency,subTotal,taxTotal,total,amountPaid,outstandingBalance,notes,"
    "lineItems.id,lineItems.type,lineItems.description,lineItems.quantity,lineItems.rate,"
    "lineItems.taxRate,lineItems.amount,lineItems.taxAmount,lineItems.total"
)
NODE = """id fullId status customer { id fullId name } invoiceDate dueDate terms sentAt currency
    subTotal taxTotal total amountPaid outstandingBalance notes
    lineItems { id type description quantity rate taxRate amount taxAmount total }"""


async def export(api: Client, format: str, **rest: Any) -> dict[str, Any]:
    return await api.done("exportInvoices", "url count", format=format, **rest)


async def address(api: Client) -> str:
    """Where a file of everything is."""
    return str((await export(api, "csv"))["url"])


async def download(api: Client, format: str, **rest: Any) -> httpx2.Response:
    """The answer to a GET of what was just asked for."""
    answer = await api.http.get((await export(api, format, **rest))["url"])
    assert answer.status_code == 200, answer.text
    return answer


async def json_lines(api: Client, **rest: Any) -> list[dict[str, Any]]:
    text = (await download(api, "json", **rest)).text
    assert text == "" or text.endswith("\n")
    return [json.loads(line, parse_float=Decimal) for line in text.split("\n")[:-1]]


async def csv_rows(api: Client, **rest: Any) -> list[dict[str, str]]:
    return rows_of((await download(api, "csv", **rest)).content)


def rows_of(file: bytes) -> list[dict[str, str]]:
    """As a spreadsheet reads it that knows the mark at its start."""
    text = io.StringIO(file.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, strict=True))
