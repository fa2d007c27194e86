"""A document's bytes are let out to be saved, with headers that let a browser do nothing else."""

from datetime import timedelta

import pytest

from tests.client import SIGNER, Client
from tests.conftest import NOW
from tests.factories import delete_invoice
from tests.files import PDF, attach, code, digest, found, stored

ETAG = f'"{digest(PDF)}"'
# Every answer has the request's id, given or made.
ID = {"x-request-id": "1"}


async def test_it_is_downloaded_as_it_was_sent(api: Client) -> None:
    document = await stored(api)

    response = await api.http.get(document["url"], headers=ID)

    assert response.status_code == 200
    assert response.content == PDF
    assert dict(response.headers) == {
        **ID,
        "accept-ranges": "bytes",
        "cache-control": "private, max-age=0, must-revalidate",
        "content-disposition": "attachment; filename=\"pod.pdf\"; filename*=UTF-8''pod.pdf",
        "content-length": str(len(PDF)),
        "content-security-policy": "default-src 'none'; sandbox",
        "content-type": "application/pdf",
        "etag": ETAG,
        "x-content-type-options": "nosniff",
    }


async def test_head_has_the_same_headers(api: Client) -> None:
    document = await stored(api)

    response = await api.http.head(document["url"], headers=ID)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers == (await api.http.get(document["url"], headers=ID)).headers


async def test_an_address_dies_after_an_hour_and_the_document_has_another(api: Client) -> None:
    document = await stored(api)

    api.clock.now = NOW + timedelta(minutes=60)

    assert code(await api.http.get(document["url"])) == (403, "URL_EXPIRED")
    another = (await found(api, document["id"]))["url"]
    assert (await api.http.get(another)).content == PDF


async def test_addresses_die_with_the_document(api: Client) -> None:
    removed, of_deleted = await stored(api), await stored(api)

    await api.done("removeDocument", "removedDocumentId", id=removed["id"])
    await delete_invoice(api, {"id": of_deleted["invoiceId"]})

    for document in (removed, of_deleted):
        assert code(await api.http.get(document["url"])) == (404, "NOT_FOUND")
        assert (await api.http.head(document["url"])).status_code == 404


async def test_what_shares_a_removed_documents_bytes_stays(api: Client) -> None:
    removed, kept = await stored(api), await stored(api)

    await api.done("removeDocument", "removedDocumentId", id=removed["id"])

    assert (await api.http.get(kept["url"])).content == PDF


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("Größe 5 %.pdf", "Gr__e 5 _.pdf", "Gr%C3%B6%C3%9Fe%205%20%25.pdf"),
        ("a'b;c.pdf", "a'b;c.pdf", "a%27b%3Bc.pdf"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("C:\\temp\\x.pdf", "x.pdf", "x.pdf"),
        ('"\r\nset-cookie: a.pdf', "_ set-cookie_ a.pdf", "_%20set-cookie_%20a.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe", "invoicefdp.exe"),
    ],
)
async def test_no_name_does_harm(api: Client, name: str, plain: str, whole: str) -> None:
    document = await stored(api, fileName=name)

    response = await api.http.get(document["url"])

    expected = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    assert response.headers["content-disposition"] == expected
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("mime_type", "content", "served"),
    [
        ("text/html", b"<html></html>", "application/octet-stream"),
        ("image/svg+xml", b"<svg></svg>", "application/octet-stream"),
        ("application/xhtml+xml", b"<html></html>", "application/octet-stream"),
        ("text/javascript", b"alert(1)", "application/octet-stream"),
        ("TEXT/CSV", b"1,2\n", "text/csv"),
    ],
)
async def test_nothing_is_served_that_a_browser_would_run(
    api: Client, mime_type: str, content: bytes, served: str
) -> None:
    document = await stored(api, content, mimeType=mime_type)

    assert document["mimeType"] == mime_type.lower()
    assert (await api.http.get(document["url"])).headers["content-type"] == served


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-3", 0, 4),
        ("bytes=5-", 5, len(PDF)),
        ("bytes=-6", len(PDF) - 6, len(PDF)),
        ("bytes=7-7", 7, 8),
        ("bytes=40-999999999999", 40, len(PDF)),
        ("bytes=-999999", 0, len(PDF)),
    ],
)
async def test_a_part_can_be_asked_for(api: Client, wanted: str, start: int, end: int) -> None:
    document = await stored(api)

    response = await api.http.get(document["url"], headers={"range": wanted})

    assert (response.status_code, response.content) == (206, PDF[start:end])
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/{len(PDF)}"
    assert response.headers["content-length"] == str(end - start)


@pytest.mark.parametrize(
    "wanted", ["bytes=-", "bytes=5-2", "bytes=0-1,3-4", "bytes=a-b", "lines=1-2", "bytes=9" * 99]
)
async def test_a_part_that_makes_no_sense_is_the_whole(api: Client, wanted: str) -> None:
    document = await stored(api)

    response = await api.http.get(document["url"], headers={"range": wanted})

    assert (response.status_code, response.content) == (200, PDF)


@pytest.mark.parametrize("wanted", [f"bytes={len(PDF)}-", "bytes=999999-", "bytes=-0"])
async def test_a_part_that_is_not_there_is_refused(api: Client, wanted: str) -> None:
    document = await stored(api)

    response = await api.http.get(document["url"], headers={"range": wanted})

    assert code(response) == (416, "BAD_REQUEST")
    assert response.headers["content-range"] == f"bytes */{len(PDF)}"


async def test_who_has_it_is_not_sent_it_again(api: Client) -> None:
    document = await stored(api)

    for tags in (ETAG, f'"other", {ETAG}', f"W/{ETAG}", "*"):
        response = await api.http.get(document["url"], headers={"if-none-match": tags})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == ETAG
    other = await api.http.get(document["url"], headers={"if-none-match": '"other"'})
    assert other.status_code == 200


async def test_a_part_of_another_file_is_not_asked_for(api: Client) -> None:
    document = await stored(api)
    headers = {"range": "bytes=0-3"}

    same = await api.http.get(document["url"], headers={**headers, "if-range": ETAG})
    other = await api.http.get(document["url"], headers={**headers, "if-range": '"other"'})

    assert (same.status_code, other.status_code) == (206, 200)


async def test_what_has_not_arrived_is_not_there(api: Client) -> None:
    """Nobody has such an address: a document without bytes has no `url`."""
    document = await attach(api)
    path = f"/documents/1/{document['id']}"
    url = SIGNER.url("GET", path, now=NOW, lifetime=timedelta(hours=1))

    assert code(await api.http.get(url)) == (404, "NOT_FOUND")
