"""Exported files, byte for byte, and whom they are handed to."""

from typing import Any

import httpx2

from tests.client import Client
from tests.factories import create_customer, create_invoice


async def export(api: Client, format: str = "csv", **rest: Any) -> dict[str, Any]:
    return await api.done("exportInvoices", "url count", format=format, **rest)


async def download(api: Client, format: str = "csv", **rest: Any) -> httpx2.Response:
    return await api.http.get((await export(api, format, **rest))["url"])


async def test_csv(api: Client) -> None:
    customer = await create_customer(api, "=HYPERLINK(1)")
    await create_invoice(api, "100.00", "-12.50", customerId=customer["id"], notes='a "b"\r\nc, 🚚')
    await create_invoice(api, customerId=customer["id"])
    for f in ("csv", "json"):
        r = await download(api, f)
        print(r.status_code, r.headers, r.content.decode())
    assert 0
