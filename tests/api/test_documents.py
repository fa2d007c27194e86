"""Documents: attached to an invoice and removed from it, each told of in its history."""

from typing import Any

import pytest

from db.database import Database
from tests.client import Client
from tests.conftest import TODAY
from tests.factories import create_invoice, delete_invoice, record_payment
from tests.files import PDF, activity, attach, find, send, stored

OF_INVOICE = "query ($id: ID!) { invoice(by: { id: $id }) { version documents { id size } } }"


async def documents_of(api: Client, invoice_id: str) -> list[str]:
    invoice = (await api.execute(OF_INVOICE, id=invoice_id))["invoice"]
    return [one["id"] for one in invoice["documents"]]


async def test_a_document_is_there_as_soon_as_it_is_attached(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")

    document = await attach(api, invoice["id"], description="  Signed at dock 4 ")

    assert document.pop("uploadUrl").startswith(f"http://test/documents/1/{document['id']}?")
    assert document == {
        "id": document["id"],
        "documentType": "proofOfDelivery",
        "fileName": "pod.pdf",
        "mimeType": "application/pdf",
        "description": "Signed at dock 4",
        "size": None,
        "url": None,
        "createdAt": "2026-03-10T14:05:00.000Z",
        "invoiceId": invoice["id"],
    }
    assert document["id"].startswith("document_0")
    assert await documents_of(api, invoice["id"]) == [document["id"]]


async def test_size_and_url_are_there_when_its_bytes_are(api: Client) -> None:
    document = await stored(api)

    assert document["size"] == len(PDF)
    assert document["url"].startswith(
        f"http://test/documents/1/{document['id']}?expires=1773155100"
    )


async def test_an_invoice_has_its_documents_newest_first(api: Client) -> None:
    first = await attach(api)
    second = await attach(api, first["invoiceId"])
    api.clock.turn_to(TODAY.replace(day=9))
    oldest = await attach(api, first["invoiceId"])
    await attach(api)

    expected = [second["id"], first["id"], oldest["id"]]
    assert await documents_of(api, first["invoiceId"]) == expected


async def test_attaching_and_removing_stand_in_the_history_and_raise_the_version(
    api: Client,
) -> None:
    invoice = await create_invoice(api, "100.00")
    document = await stored(api, invoice_id=invoice["id"])
    selection = "removedDocumentId invoice { version documents { id } }"

    removed = await api.done("removeDocument", selection, id=document["id"])

    assert removed == {
        "removedDocumentId": document["id"],
        "invoice": {"version": invoice["version"] + 2, "documents": []},
    }
    assert (await activity(api, invoice["id"]))[:2] == [
        ("documentRemoved", "Removed proof of delivery “pod.pdf”", "Demo admin"),
        ("documentAttached", "Attached proof of delivery “pod.pdf”", "Demo admin"),
    ]
    assert await find(api, document["id"]) is None


async def test_a_paid_invoice_can_be_given_documents(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    await record_payment(api, invoice, "100.00")

    document = await attach(api, invoice["id"])

    assert await documents_of(api, invoice["id"]) == [document["id"]]


async def test_a_removed_document_cannot_be_removed_again(api: Client) -> None:
    document = await attach(api)
    await api.done("removeDocument", "removedDocumentId", id=document["id"])

    for id_ in (document["id"], "document_01h455vb4pex5vsknk084sn02q", "x", document["invoiceId"]):
        assert await api.refused("removeDocument", id=id_) == {
            "__typename": "InputError",
            "code": "NOT_FOUND",
            "message": "There is no document with this id",
            "path": ["input", "id"],
        }
    assert len(await activity(api, document["invoiceId"])) == 3


async def test_documents_go_with_their_invoice(api: Client) -> None:
    document = await stored(api)

    await delete_invoice(api, {"id": document["invoiceId"]})

    assert await find(api, document["id"]) is None
    refused = await api.refused("removeDocument", id=document["id"])
    assert refused["code"] == "NOT_FOUND"
    assert (await api.http.get(document["url"])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"invoiceId": "invoice_01h455vb4pex5vsknk084sn02q"}, "NOT_FOUND", "invoiceId"),
        ({"fileName": " "}, "INVALID_INPUT", "fileName"),
        ({"fileName": "../.."}, "INVALID_INPUT", "fileName"),
        ({"fileName": "\u202e\u200b"}, "INVALID_INPUT", "fileName"),
        ({"fileName": "x" * 201}, "INVALID_INPUT", "fileName"),
        ({"mimeType": ""}, "INVALID_INPUT", "mimeType"),
        ({"mimeType": "pdf"}, "INVALID_INPUT", "mimeType"),
        ({"mimeType": "document/pdf"}, "INVALID_INPUT", "mimeType"),
        ({"mimeType": "text/plain; charset=utf-8"}, "INVALID_INPUT", "mimeType"),
        ({"mimeType": "text/plain\r\nset-cookie: a=b"}, "INVALID_INPUT", "mimeType"),
        ({"description": "x" * 501}, "INVALID_INPUT", "description"),
    ],
)
async def test_a_refused_document_changes_nothing(
    api: Client, wrong: dict[str, Any], code: str, field: str
) -> None:
    invoice = await create_invoice(api, "100.00")
    right = {
        "invoiceId": invoice["id"],
        "fileName": "pod.pdf",
        "mimeType": "application/pdf",
        "documentType": "proofOfDelivery",
    }

    refused = await api.refused("attachDocument", **{**right, **wrong})

    assert (refused["code"], refused["path"]) == (code, ["input", field])
    after = (await api.execute(OF_INVOICE, id=invoice["id"]))["invoice"]
    assert after == {"version": invoice["version"], "documents": []}
    assert len(await activity(api, invoice["id"])) == 1


async def test_a_refused_document_has_no_address(api: Client) -> None:
    selection = "uploadUrl document { id } invoice { id }"
    payload = await api.change(
        "attachDocument",
        selection,
        invoiceId="invoice_x",
        fileName="a.pdf",
        mimeType="application/pdf",
        documentType="other",
    )
    assert (payload["uploadUrl"], payload["document"], payload["invoice"]) == (None, None, None)


async def test_an_invoice_has_at_most_a_hundred_documents(api: Client) -> None:
    invoice = await create_invoice(api, "100.00")
    documents = [await attach(api, invoice["id"]) for _ in range(100)]
    one_more: dict[str, Any] = {
        "invoiceId": invoice["id"],
        "fileName": "pod.pdf",
        "mimeType": "application/pdf",
        "documentType": "other",
    }

    refused = await api.refused("attachDocument", **one_more)
    assert (refused["code"], refused["path"]) == ("LIMIT_EXCEEDED", ["input"])
    assert len(await documents_of(api, invoice["id"])) == 100

    await api.done("removeDocument", "removedDocumentId", id=documents[0]["id"])
    await attach(api, invoice["id"])


async def test_the_same_name_and_bytes_may_come_twice(api: Client, database: Database) -> None:
    first = await stored(api)
    second = await stored(api, invoice_id=first["invoiceId"])

    assert first["id"] != second["id"]
    for document in (first, second):
        assert (await api.http.get(document["url"])).content == PDF
    assert (await send(api, first)).status_code == 409
