"""Where files cannot be kept, a clear error is all that comes of it."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from obstore.exceptions import GenericError
from obstore.store import MemoryStore

from app import create_app
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from services.files import Files
from services.storage import Storage
from tests.client import SIGNER, Client
from tests.conftest import NOW
from tests.endpoints import client
from tests.files import PDF, attach, code, digest, found, objects, send, stored


async def test_a_full_disk_leaves_nothing_behind(
    api: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = await attach(api)

    def full(**_: object) -> Any:
        return Path("/dev/full").open("wb+")

    with monkeypatch.context() as patch:
        patch.setattr("services.storage.tempfile.TemporaryFile", full)
        assert code(await send(api, document)) == (507, "INSUFFICIENT_STORAGE")

    assert objects(tmp_path) == []
    assert (await found(api, document["id"]))["size"] is None
    assert (await send(api, document)).status_code == 201


class Failing(MemoryStore):
    """A store that fails in the words of a real one."""

    words = ""

    async def put_async(self, *_: object, **__: object) -> Any:
        raise GenericError(f"Generic LocalFileSystem error: {self.words}\n\nDebug source: ...")

    async def head_async(self, path: str) -> Any:
        raise FileNotFoundError(path)


@pytest.fixture
async def failing(
    database: Database, organization: Organization, tmp_path: Path
) -> AsyncGenerator[tuple[Client, Failing]]:
    store = Failing()
    files = Files(SIGNER, Storage(store, tmp_path / "uploads"))
    app = create_app(database, Demo(organization), files=files, clock=lambda: NOW)
    async with client(app) as http:
        yield Client(http), store


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Unable to copy data to file: No space left on device (os error 28)",
            (507, "INSUFFICIENT_STORAGE"),
        ),
        ("Disk quota exceeded (os error 122)", (507, "INSUFFICIENT_STORAGE")),
        ("Connection refused (os error 111)", (503, "STORAGE_UNAVAILABLE")),
    ],
)
async def test_a_store_that_fails_leaves_nothing_behind(
    failing: tuple[Client, Failing], tmp_path: Path, words: str, expected: tuple[int, str]
) -> None:
    api, store = failing
    store.words = words
    document = await attach(api)

    response = await send(api, document)

    assert code(response) == expected
    assert "os error" not in response.text
    assert objects(tmp_path) == []
    after = await found(api, document["id"])
    assert (after["size"], after["url"]) == (None, None)


async def test_a_lost_object_is_told_of(
    api: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document = await stored(api)
    (tmp_path / "documents" / "1" / digest(PDF)).unlink()

    assert code(await api.http.get(document["url"])) == (503, "STORAGE_UNAVAILABLE")
    assert "a file cannot be let out" in caplog.text


async def test_what_nobody_foresaw_is_masked(
    api: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    document = await stored(api)

    def broken(*_: object) -> bool:
        raise RuntimeError("secret words")

    monkeypatch.setattr("services.sniffing.contradicts", broken)
    response = await send(api, await attach(api, document["invoiceId"]))

    assert code(response) == (500, "INTERNAL_SERVER_ERROR")
    assert "secret words" not in response.text
    assert "secret words" in caplog.text
