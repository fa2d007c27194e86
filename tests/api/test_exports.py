"""Exported files, byte for byte."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client
from tests.downloads import BOM, HEADER, csv_rows, download, export, json_lines
from tests.factories import (
    create_customer,
    create_invoice,
    delete_invoice,
    line,
    record_payment,
    send_invoice,
)
from tests.readings import everything, get_invoice


async def odd_invoices(api: Client) -> tuple[dict[str, Any], dict[str, Any]]:
    """One with a discount, tax, and texts that need care; and one without lines."""
    customer = await create_customer(api, 'Ärger, "Söhne" 🚚', currency="USD")
    invoice = await create_invoice(
        api,
        customerId=customer["id"],
        notes="=1+1\r\nsecond line",
        lineItems=[
            line("94.5", description="+Toronto to Chicago", quantity="2.5", taxRate="9.975"),
            line("-12.5055", description="-10 %, as agreed", type="other"),
            line("0.1", description='@home\tand "away"', quantity="10000"),
        ],
    )
    await send_invoice(api, invoice)
    await record_payment(api, invoice, "100.10")
    return invoice, await create_invoice(api, customerId=customer["id"], terms="eom")


async def test_csv_has_a_row_for_each_line_item_and_one_for_an_invoice_without(
    api: Client,
) -> None:
    invoice, empty = await odd_invoices(api)

    answer = await download(api, "csv")

    customer = f'{invoice["customer"]["id"]},CUST-1,"Ärger, ""Söhne"" 🚚"'
    own = (
        f"{invoice['id']},INVOICE-1,partiallyPaid,{customer},2026-03-10,2026-04-09,net30,"
        '2026-03-10,USD,1223.74,23.57,1247.31,100.10,1147.21,"\'=1+1\r\nsecond line"'
    )
    first, second, third = [one["id"] for one in invoice["lineItems"]]
    assert answer.content.decode() == "".join(
        f"{row}\r\n"
        for row in (
            BOM + HEADER,
            (
                f"{empty['id']},INVOICE-2,created,{customer},2026-03-10,2026-03-31,eom,,USD,"
                "0.00,0.00,0.00,0.00,0.00,,,,,,,,,,"
            ),
            f"{own},{first},freight,'+Toronto to Chicago,2.5,94.5,9.975,236.25,23.57,259.82",
            f'{own},{second},other,"\'-10 %, as agreed",1,-12.5055,0,-12.51,0.00,-12.51',
            f'{own},{third},freight,"\'@home\tand ""away""",10000,0.1,0,1000.00,0.00,1000.00',
        )
    )


async def test_json_lines_have_an_invoice_a_line_with_exact_numbers(api: Client) -> None:
    invoice, empty = await odd_invoices(api)

    answer = await download(api, "json", orderBy=[{"field": "fullId"}])

    customer = f'"customer":{{"id":"{invoice["customer"]["id"]}","fullId":"CUST-1",'
    customer += '"name":"Ärger, \\"Söhne\\" 🚚"}'
    first, second, third = [one["id"] for one in invoice["lineItems"]]
    lines = ",".join(
        (
            (
                f'{{"id":"{first}","type":"freight","description":"+Toronto to Chicago",'
                '"quantity":2.5,"rate":94.5,"taxRate":9.975,"amount":236.25,"taxAmount":23.57,'
                '"total":259.82}'
            ),
            (
                f'{{"id":"{second}","type":"other","description":"-10 %, as agreed","quantity":1,'
                '"rate":-12.5055,"taxRate":0,"amount":-12.51,"taxAmount":0.00,"total":-12.51}'
            ),
            (
                f'{{"id":"{third}","type":"freight","description":"@home\\tand \\"away\\"",'
                '"quantity":10000,"rate":0.1,"taxRate":0,"amount":1000.00,"taxAmount":0.00,'
                '"total":1000.00}'
            ),
        )
    )
    assert answer.content.decode() == (
        f'{{"id":"{invoice["id"]}","fullId":"INVOICE-1","status":"partiallyPaid",{customer},'
        '"invoiceDate":"2026-03-10","dueDate":"2026-04-09","terms":"net30","sentAt":"2026-03-10",'
        '"currency":"USD","subTotal":1223.74,"taxTotal":23.57,"total":1247.31,"amountPaid":100.10,'
        '"outstandingBalance":1147.21,"notes":"=1+1\\r\\nsecond line","lineItems":'
        f"[{lines}]}}\n"
        f'{{"id":"{empty["id"]}","fullId":"INVOICE-2","status":"created",{customer},'
        '"invoiceDate":"2026-03-10","dueDate":"2026-03-31","terms":"eom","sentAt":null,'
        '"currency":"USD","subTotal":0.00,"taxTotal":0.00,"total":0.00,"amountPaid":0.00,'
        '"outstandingBalance":0.00,"notes":null,"lineItems":[]}\n'
    )


@pytest.mark.parametrize(
    ("form", "file"), [("csv", f"{BOM}{HEADER}\r\n"), ("json", "")], ids=["csv", "json"]
)
async def test_nothing_makes_an_empty_file(api: Client, form: str, file: str) -> None:
    assert (await export(api, form))["count"] == 0

    assert (await download(api, form)).content.decode() == file


@pytest.mark.parametrize(
    ("form", "suffix", "kind"),
    [
        ("csv", "csv", "text/csv; charset=utf-8"),
        ("json", "jsonl", "application/jsonl; charset=utf-8"),
    ],
)
async def test_headers_make_a_browser_keep_the_file_and_nothing_else(
    api: Client, form: str, suffix: str, kind: str
) -> None:
    # 23:30 in Toronto: its day is what the file is named by.
    api.clock.now = api.clock.now.replace(day=11, hour=3, minute=30)
    url = (await export(api, form))["url"]

    request_id = {"x-request-id": "1"}
    got, head = [await api.http.request(way, url, headers=request_id) for way in ("GET", "HEAD")]

    assert dict(got.headers) == dict(head.headers)
    assert dict(got.headers) == {
        **request_id,
        "content-type": kind,
        "content-disposition": f'attachment; filename="invoices-2026-03-10.{suffix}"',
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }
    assert (head.status_code, head.content) == (200, b"")


async def test_deleted_invoices_and_lines_are_absent(api: Client) -> None:
    kept = await create_invoice(api, "1.00", "2.00")
    gone = await create_invoice(api, "3.00")
    await delete_invoice(api, gone)
    await api.done("removeLineItem", "invoice { id }", id=kept["lineItems"][0]["id"])

    assert (await export(api, "csv"))["count"] == 1
    [row] = await csv_rows(api)
    [found] = await json_lines(api)

    last = kept["lineItems"][1]["id"]
    assert (row["id"], row["lineItems.id"]) == (kept["id"], last)
    assert (found["id"], [one["id"] for one in found["lineItems"]]) == (kept["id"], [last])


async def test_an_invoice_of_500_lines_is_in_one_piece_with_its_neighbours(api: Client) -> None:
    for number in range(1, 4):
        await create_invoice(api, *[f"{number}.{cents:02}" for cents in range(100)] * 5)

    rows = await csv_rows(api, orderBy=[{"field": "fullId"}])

    assert [(row["fullId"], row["lineItems.rate"]) for row in rows] == [
        (f"INVOICE-{number}", f"{number}.{cents:02}".rstrip("0").rstrip("."))
        for number in range(1, 4)
        for _ in range(5)
        for cents in range(100)
    ]


async def test_the_file_shows_what_is_there_when_it_is_fetched(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    asked = await export(api, "json", filter={"status": ["created", "paid"]})
    await record_payment(api, invoice, "100.00")
    await create_invoice(api, "5.00")

    lines = (await api.http.get(asked["url"])).text.splitlines()

    assert asked["count"] == 1
    assert [json.loads(one)["status"] for one in lines] == ["created", "paid"]


async def test_overdue_means_on_the_day_when_the_file_was_asked_for(api: Client) -> None:
    await send_invoice(api, await create_invoice(api, "1.00", dueDate="2026-03-10"))
    api.clock.now = api.clock.now.replace(day=11, hour=3, minute=30)
    today = await export(api, "csv", filter={"isOverdue": True})
    api.clock.now = api.clock.now.replace(hour=4, minute=5)
    tomorrow = await export(api, "csv", filter={"isOverdue": True})

    files = [(await api.http.get(asked["url"])).text for asked in (today, tomorrow)]

    assert (today["count"], tomorrow["count"]) == (0, 1)
    assert [file.count("\r\n") for file in files] == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "path", "words"),
    [
        (
            {"orderBy": [{"field": "total"}] * 4},
            ["input", "orderBy"],
            "Invoices can be sorted by at most 3 fields",
        ),
        (
            {"filter": {"total": {"min": "0.001"}}},
            ["input", "filter"],
            "At most 2 decimal places are allowed",
        ),
        (
            {"filter": {"search": "a b c d e f g h i j k l m"}},
            ["input", "filter"],
            "A search has at most 10 words and 200 characters",
        ),
    ],
    ids=["order", "amount", "search"],
)
async def test_what_the_list_would_not_answer_is_refused(
    api: Client, wanted: dict[str, Any], path: list[str], words: str
) -> None:
    before = await everything(api)

    payload = await api.change("exportInvoices", "url count", format="csv", **wanted)

    assert (payload["url"], payload["count"]) == (None, None)
    [error] = payload["userErrors"]
    assert (error["code"], error["path"]) == ("INVALID_INPUT", path)
    assert error["message"] == words
    assert await everything(api) == before


async def test_an_export_changes_no_invoice(api: Client) -> None:
    invoice = await create_invoice(api, "1.00")
    seen = "version updatedAt activity { totalCount }"
    before = await get_invoice(api, invoice["id"], seen)

    await download(api, "csv")

    assert await get_invoice(api, invoice["id"], seen) == before


def test_every_column_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text()

    assert [column for column in HEADER.split(",") if f"`{column}`" not in page] == []


async def test_filters_are_kept_as_they_were_given(api: Client) -> None:
    invoice = await create_invoice(api, "1234.50", invoiceDate=date(2026, 3, 1))
    await create_invoice(api, "1234.51", invoiceDate=date(2026, 3, 1))

    [found] = await json_lines(
        api,
        filter={
            "status": "created",
            "customerId": [invoice["customer"]["id"]],
            "terms": ["net30"],
            "currency": ["CAD"],
            "invoiceDate": {"from": "2026-03-01", "to": "2026-03-01"},
            "dueDate": None,
            "total": {"min": "1234.5", "max": 1234.50},
            "isOverdue": False,
            "search": "acme",
        },
        orderBy={"field": "total", "direction": "desc"},
    )

    assert found["id"] == invoice["id"]
