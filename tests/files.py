"""Files as clients attach, send and download them."""

import hashlib
from pathlib import Path
from typing import Any

import httpx2
import orjson

from tests.client import Client
from tests.factories import create_invoice

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"

DOCUMENT = "id documentType fileName mimeType description size url createdAt"


async def attach(api: Client, invoice_id: str | None = None, **rest: Any) -> dict[str, Any]:
    """A new document, with its `uploadUrl`; of a new invoice unless one is named."""
    invoice_id = invoice_id or (await create_invoice(api, "100.00"))["id"]
    asked = {
        "invoiceId": invoice_id,
        "fileName": "pod.pdf",
        "mimeType": "application/pdf",
        "documentType": "proofOfDelivery",
        **rest,
    }
    payload = await api.done("attachDocument", f"uploadUrl document {{ {DOCUMENT} }}", **asked)
    return {**payload["document"], "uploadUrl": payload["uploadUrl"], "invoiceId": invoice_id}


async def send(api: Client, document: dict[str, Any], content: Any = PDF) -> httpx2.Response:
    return await api.http.put(document["uploadUrl"], content=content)


async def stored(api: Client, content: bytes = PDF, **rest: Any) -> dict[str, Any]:
    """A document whose bytes have arrived, as it is then."""
    document = await attach(api, **rest)
    response = await send(api, document, content)
    assert response.status_code == 201, response.text
    return {**document, **await found(api, document["id"])}


async def find(api: Client, document_id: str) -> dict[str, Any] | None:
    query = f"query ($id: ID!) {{ node(id: $id) {{ ... on Document {{ {DOCUMENT} }} }} }}"
    return (await api.execute(query, id=document_id))["node"]


async def found(api: Client, document_id: str) -> dict[str, Any]:
    document = await find(api, document_id)
    assert document is not None
    return document


async def activity(api: Client, invoice_id: str) -> list[tuple[str, str, str]]:
    """Kind, words and author of what has happened to an invoice, newest first."""
    query = """query ($id: ID!) { node(id: $id) { ... on Invoice {
        activity { nodes { kind message actor } } } } }"""
    nodes = (await api.execute(query, id=invoice_id))["node"]["activity"]["nodes"]
    return [(one["kind"], one["message"], one["actor"]) for one in nodes]


def code(response: httpx2.Response) -> tuple[int, str]:
    """How a request was refused: always in the same form."""
    body = orjson.loads(response.content)
    [error] = body["errors"]
    assert body.keys() == {"errors"}
    assert error.keys() == {"message", "extensions"}
    assert error["message"]
    assert response.headers["content-type"] == "application/json"
    return response.status_code, error["extensions"]["code"]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def objects(tmp_path: Path) -> list[str]:
    """What lies in the storage, and what waits to come in."""
    folders = (tmp_path / "documents", tmp_path / "uploads")
    return sorted(
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    )
