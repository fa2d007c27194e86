"""Documents' bytes over a real server: cut off, slow, many at once, and larger than its memory."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import httpx2
import pytest

from app import create_app
from db import audit
from db.database import Database
from db.tables import Organization
from endpoints import documents
from endpoints.access import Demo
from engine import connection
from server import now
from services.files import Files
from services.signing import Signer
from tests.client import Client
from tests.endpoints import exchange, served
from tests.files import PDF, attach, code, digest, found, objects

MAX = 26_214_400
SECRET = b"the secret of these tests"


@pytest.fixture
async def api(
    database: Database, organization: Organization, files: Files
) -> AsyncGenerator[Client]:
    """A client of a real server, which hands out addresses that lead to it."""
    signed = Files(Signer(SECRET, "http://test"), files.storage)
    app = create_app(database, Demo(organization), files=signed, clock=now)
    async with (
        served(app) as port,
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http,
    ):
        yield Client(http)
    assert await audit.differences(database) == []


def path_of(url: str) -> str:
    return url.removeprefix("http://test")


def port_of(api: Client) -> int:
    port = api.http.base_url.port
    assert port is not None
    return port


async def put(api: Client, url: str, length: int, parts: Sequence[bytes]) -> tuple[str, str]:
    head = f"PUT {path_of(url)} HTTP/1.1\nhost: test\ncontent-length: {length}\n\n"
    return await exchange(port_of(api), head, parts)


async def arrive(api: Client, url: str, content: bytes) -> httpx2.Response:
    return await api.http.put(path_of(url), content=content)


async def settled(api: Client) -> None:
    """A turn in which the server sees that a client has gone."""
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert (await api.http.get("/graphql?query={__typename}")).status_code == 200


async def test_what_is_cut_off_half_way_is_not_there(api: Client, tmp_path: Path) -> None:
    document = await attach(api)
    content = PDF + bytes(2**20)
    _, writer = await asyncio.open_connection("127.0.0.1", port_of(api))
    head = f"PUT {path_of(document['uploadUrl'])} HTTP/1.1\r\nhost: test\r\n"
    writer.write(f"{head}content-length: {len(content)}\r\n\r\n".encode() + content[: 2**19])
    await writer.drain()
    await asyncio.sleep(0.1)
    # As when a cable is pulled.
    writer.transport.abort()
    await settled(api)

    assert objects(tmp_path) == []
    assert (await found(api, document["id"]))["size"] is None
    assert (await arrive(api, document["uploadUrl"], content)).status_code == 201


async def test_too_much_is_refused_before_it_is_sent(api: Client) -> None:
    document = await attach(api)
    head = (
        f"PUT {path_of(document['uploadUrl'])} HTTP/1.1\nhost: test\n"
        f"content-length: {MAX + 1}\nexpect: 100-continue\n\n"
    )

    answer, body = await exchange(port_of(api), head)

    assert answer.startswith("HTTP/1.1 413 ")
    assert '"PAYLOAD_TOO_LARGE"' in body


async def test_who_sends_too_much_all_the_same_is_told(api: Client, tmp_path: Path) -> None:
    document = await attach(api)

    answer, body = await put(api, document["uploadUrl"], MAX + 1, [bytes(2**20)] * 25 + [b"x"])

    assert answer.startswith("HTTP/1.1 413 ")
    assert '"PAYLOAD_TOO_LARGE"' in body
    assert objects(tmp_path) == []


async def test_too_much_in_pieces_of_unknown_number_is_refused(api: Client, tmp_path: Path) -> None:
    document = await attach(api)

    async def pieces() -> AsyncGenerator[bytes]:
        yield PDF
        for _ in range(26):
            yield bytes(2**20)

    response = await api.http.put(path_of(document["uploadUrl"]), content=pieces())

    assert code(response) == (413, "PAYLOAD_TOO_LARGE")
    assert objects(tmp_path) == []


async def test_of_twenty_at_once_one_is_kept(api: Client, tmp_path: Path) -> None:
    document = await attach(api)
    contents = [PDF + b"%d" % number + bytes(2**18) for number in range(20)]

    responses = await asyncio.gather(
        *(arrive(api, document["uploadUrl"], content) for content in contents)
    )

    [kept] = [number for number, one in enumerate(responses) if one.status_code == 201]
    others = [one for one in responses if one.status_code != 201]
    assert {code(one) for one in others} == {(409, "ALREADY_UPLOADED")}
    assert len(others) == 19
    assert objects(tmp_path) == [f"1/{digest(contents[kept])}"]
    url = (await found(api, document["id"]))["url"]
    assert (await api.http.get(path_of(url))).content == contents[kept]


async def test_twenty_documents_of_equal_bytes_at_once_share_them(
    api: Client, tmp_path: Path
) -> None:
    documents = [await attach(api) for _ in range(20)]
    content = PDF + bytes(2**18)

    responses = await asyncio.gather(*(arrive(api, one["uploadUrl"], content) for one in documents))

    assert [one.status_code for one in responses] == [201] * 20
    assert objects(tmp_path) == [f"1/{digest(content)}"]


async def test_who_is_too_slow_is_told(
    api: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = await attach(api)
    monkeypatch.setattr(documents, "UPLOAD_SECONDS", 0.2)

    answer, body = await put(api, document["uploadUrl"], 1_000, [PDF])

    assert answer.startswith("HTTP/1.1 408 ")
    assert '"REQUEST_TIMEOUT"' in body
    assert objects(tmp_path) == []


async def test_a_stopped_download_is_no_ones_loss(api: Client) -> None:
    document = await attach(api)
    content = PDF + bytes(MAX - len(PDF))
    assert (await arrive(api, document["uploadUrl"], content)).status_code == 201
    url = path_of((await found(api, document["id"]))["url"])

    async with api.http.stream("GET", url) as response:
        assert response.headers["content-length"] == str(MAX)
        async for _ in response.aiter_bytes():
            break

    whole = await api.http.get(url)
    assert (len(whole.content), digest(whole.content)) == (MAX, digest(content))


async def test_the_server_answers_others_meanwhile(api: Client) -> None:
    document = await attach(api)
    content = PDF + bytes(MAX - len(PDF))
    begun = asyncio.Event()

    async def pieces() -> AsyncGenerator[bytes]:
        yield content[: 2**20]
        await begun.wait()
        yield content[2**20 :]

    sending = asyncio.create_task(api.http.put(path_of(document["uploadUrl"]), content=pieces()))
    await asyncio.sleep(0.1)
    meanwhile = await found(api, document["id"])
    begun.set()

    assert (await sending).status_code == 201
    assert (meanwhile["size"], meanwhile["url"]) == (None, None)


async def test_who_takes_nothing_is_let_go(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "CLOSE_SECONDS", 0.3)
    monkeypatch.setattr(documents, "STALLED_SECONDS", 0.3)
    document = await attach(api)
    content = PDF + bytes(MAX - len(PDF))
    assert (await arrive(api, document["uploadUrl"], content)).status_code == 201
    url = path_of((await found(api, document["id"]))["url"])

    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(api), limit=2**16)
    writer.write(f"GET {url} HTTP/1.1\r\nhost: test\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(1)

    async with asyncio.timeout(10):
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await reader.readexactly(MAX)
    writer.close()
