"""A document's bytes are taken in once, whole and as announced, or not at all."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.client import SIGNER, Client
from tests.conftest import NOW
from tests.factories import delete_invoice
from tests.files import PDF, PNG, attach, code, digest, found, objects, send, stored

MAX = 26_214_400


async def test_bytes_are_stored_under_their_digest(api: Client, tmp_path: Path) -> None:
    document = await attach(api)

    response = await send(api, document)

    assert response.status_code == 201
    assert response.json() == {"id": document["id"], "sha256": digest(PDF)}
    assert objects(tmp_path) == [f"1/{digest(PDF)}"]
    assert (tmp_path / "documents" / "1" / digest(PDF)).read_bytes() == PDF


async def test_equal_bytes_share_one_object(api: Client, tmp_path: Path) -> None:
    await stored(api)
    await stored(api, fileName="copy.pdf")
    await stored(api, PDF + b"%%EOF")

    assert objects(tmp_path) == sorted([f"1/{digest(PDF)}", f"1/{digest(PDF + b'%%EOF')}"])


async def test_bytes_come_once(api: Client, tmp_path: Path) -> None:
    document = await stored(api)

    again = await send(api, document)
    other = await send(api, document, PDF + b"another")

    assert code(again) == code(other) == (409, "ALREADY_UPLOADED")
    assert objects(tmp_path) == [f"1/{digest(PDF)}"]
    assert (await api.http.get(document["url"])).content == PDF


async def test_an_address_dies_after_an_hour(api: Client) -> None:
    document = await attach(api)

    api.clock.now = NOW + timedelta(minutes=60)
    assert code(await send(api, document)) == (403, "URL_EXPIRED")

    api.clock.now = NOW + timedelta(minutes=59, seconds=59)
    assert (await send(api, document)).status_code == 201


def altered(url: str, **changed: str) -> str:
    parts = urlsplit(url)
    query = {name: value[0] for name, value in parse_qs(parts.query).items()}
    return parts._replace(query=urlencode({**query, **changed})).geturl()


async def test_a_tampered_address_is_refused(api: Client, tmp_path: Path) -> None:
    document, other = await attach(api), await attach(api)
    url: str = document["uploadUrl"]
    tampered = [
        altered(url, expires="9999999999"),
        altered(url, expires="٣"),
        altered(url, signature="0" * 64),
        altered(url, signature="ä"),
        url.split("?", maxsplit=1)[0],
        url.replace(document["id"], other["id"]),
        url.replace("/documents/1/", "/documents/2/"),
        url.replace("/documents/1/", "/documents/01/"),
        url.replace("/documents/1/", "/documents/x/"),
    ]

    for one in tampered:
        for send_or_get in (api.http.put(one, content=PDF), api.http.get(one)):
            assert code(await send_or_get) == (403, "INVALID_SIGNATURE")

    assert objects(tmp_path) == []
    assert (await found(api, document["id"]))["size"] is None


async def test_an_address_is_for_one_method(api: Client) -> None:
    document = await stored(api)
    fresh = await attach(api)

    for response in (
        await api.http.get(document["uploadUrl"]),
        await api.http.head(document["uploadUrl"]),
        await api.http.put(altered(fresh["uploadUrl"], **_query(document["url"])), content=PDF),
        await api.http.put(document["url"], content=PDF),
    ):
        assert response.status_code == 403
    other = await api.http.post(document["uploadUrl"], content=PDF)
    assert code(other) == (405, "BAD_REQUEST")
    assert other.headers["allow"] == "GET, HEAD, PUT"


def _query(url: str) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}


async def test_a_foreign_document_is_as_one_that_never_was(api: Client) -> None:
    """Even signed, as only this server could: the path has the organization in it."""
    document = await stored(api)
    answers: list[tuple[int, bytes]] = []
    for path in (
        f"/documents/2/{document['id']}",
        "/documents/1/document_01h455vb4pex5vsknk084sn02q",
    ):
        for method in ("GET", "PUT"):
            url = SIGNER.url(method, path, now=NOW, lifetime=timedelta(hours=1))
            response = await api.http.request(method, url, content=PDF)
            answers.append((response.status_code, response.content))

    assert len(set(answers)) == 1
    assert code(response) == (404, "NOT_FOUND")


async def test_a_removed_document_takes_nothing_in(api: Client, tmp_path: Path) -> None:
    removed, of_deleted = await attach(api), await attach(api)
    await api.done("removeDocument", "removedDocumentId", id=removed["id"])
    await delete_invoice(api, {"id": of_deleted["invoiceId"]})

    for document in (removed, of_deleted):
        assert code(await send(api, document)) == (404, "NOT_FOUND")
    assert objects(tmp_path) == []


async def test_a_document_removed_while_its_bytes_come_leaves_nothing(
    api: Client, tmp_path: Path
) -> None:
    document = await attach(api)

    async def content() -> AsyncGenerator[bytes]:
        yield PDF
        await api.done("removeDocument", "removedDocumentId", id=document["id"])
        yield PDF

    assert code(await send(api, document, content())) == (404, "NOT_FOUND")
    assert objects(tmp_path) == []


async def test_the_first_of_two_is_kept(api: Client, tmp_path: Path) -> None:
    document = await attach(api)

    async def content() -> AsyncGenerator[bytes]:
        yield PDF
        assert (await send(api, document)).status_code == 201
        yield b"the later one"

    assert code(await send(api, document, content())) == (409, "ALREADY_UPLOADED")
    assert objects(tmp_path) == [f"1/{digest(PDF)}"]
    assert (await found(api, document["id"]))["size"] == len(PDF)


@pytest.mark.parametrize("announced", [len(PDF) + 1, len(PDF) - 1, 0])
async def test_more_or_fewer_bytes_than_announced_are_refused(
    api: Client, tmp_path: Path, announced: int
) -> None:
    document = await attach(api)

    response = await api.http.put(
        document["uploadUrl"], content=PDF, headers={"content-length": str(announced)}
    )

    assert code(response) == (400, "SIZE_MISMATCH")
    assert objects(tmp_path) == []


async def test_25_megabytes_are_taken_and_no_byte_more(api: Client, tmp_path: Path) -> None:
    most = PDF + bytes(MAX - len(PDF))

    assert (await stored(api, most))["size"] == MAX
    document = await attach(api)
    assert code(await send(api, document, most + b"x")) == (413, "PAYLOAD_TOO_LARGE")

    async def unannounced() -> AsyncGenerator[bytes]:
        yield most
        yield b"x"

    assert code(await send(api, document, unannounced())) == (413, "PAYLOAD_TOO_LARGE")
    assert objects(tmp_path) == [f"1/{digest(most)}"]
    assert (await found(api, document["id"]))["size"] is None


async def test_an_announced_size_is_refused_before_a_byte_is_read(api: Client) -> None:
    document = await attach(api)

    async def unread() -> AsyncGenerator[bytes]:
        raise AssertionError("nobody asked for it")
        yield b""

    response = await api.http.put(
        document["uploadUrl"], content=unread(), headers={"content-length": str(MAX + 1)}
    )

    assert code(response) == (413, "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize(
    ("mime_type", "content"),
    [
        ("application/pdf", PNG),
        ("application/pdf", b"<html><script>alert(1)</script></html>"),
        ("application/pdf", b""),
        ("image/png", PDF),
        ("text/plain", PNG),
        ("text/csv", PDF),
    ],
)
async def test_bytes_of_another_kind_are_refused(
    api: Client, tmp_path: Path, mime_type: str, content: bytes
) -> None:
    document = await attach(api, mimeType=mime_type)

    assert code(await send(api, document, content)) == (415, "TYPE_MISMATCH")

    assert objects(tmp_path) == []
    assert (await found(api, document["id"]))["url"] is None
    right = {"application/pdf": PDF, "image/png": PNG}.get(mime_type, b"1,2\n")
    assert (await send(api, document, right)).status_code == 201


async def test_compressed_bytes_are_refused(api: Client) -> None:
    document = await attach(api)
    response = await api.http.put(
        document["uploadUrl"], content=PDF, headers={"content-encoding": "gzip"}
    )
    assert code(response) == (415, "BAD_REQUEST")


async def test_an_empty_text_is_a_document(api: Client) -> None:
    document = await stored(api, b"", mimeType="text/plain")

    assert document["size"] == 0
    response = await api.http.get(document["url"])
    assert (response.status_code, response.content) == (200, b"")
