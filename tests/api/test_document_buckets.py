"""Documents in an object store that is reached over the network, as S3 is."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from db.database import Database
from db.tables import Organization
from endpoints.access import Demo
from services.files import Files
from services.storage import Storage, open_storage
from services.sweeping import Swept, sweep
from tests.bucket import Bucket
from tests.client import SIGNER, Client
from tests.endpoints import client, served
from tests.files import PDF, attach, code, digest, found, objects, send, stored

LARGE = PDF + bytes(26_214_400 - len(PDF))


@pytest.fixture
def bucket() -> Bucket:
    return Bucket()


@pytest.fixture
async def storage(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Storage]:
    async with served(bucket.app()) as port:
        monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
        yield open_storage("s3://bucket/folder", tmp_path)


@pytest.fixture
async def api(
    database: Database, organization: Organization, storage: Storage
) -> AsyncGenerator[Client]:
    files = Files(SIGNER, storage)
    app = create_app(database, Demo(organization), files=files, clock=lambda: datetime.now(UTC))
    async with client(app) as http:
        yield Client(http)


@pytest.mark.parametrize("content", [PDF, LARGE], ids=["small", "large"])
async def test_bytes_come_and_go(
    api: Client, bucket: Bucket, tmp_path: Path, content: bytes
) -> None:
    document = await stored(api, content)

    assert bucket.objects == {f"bucket/folder/1/{digest(content)}": content}
    assert bucket.parts == {}
    assert objects(tmp_path) == []
    assert (await api.http.get(document["url"])).content == content
    part = await api.http.get(document["url"], headers={"range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PDF")
    assert code(await send(api, document)) == (409, "ALREADY_UPLOADED")


async def test_a_large_file_is_sent_in_parts(api: Client, bucket: Bucket) -> None:
    await stored(api, LARGE)

    assert bucket.asked.count("PUT partNumber&uploadId") == 5
    assert "PUT" not in bucket.asked


async def test_unused_bytes_are_swept(
    api: Client, bucket: Bucket, database: Database, storage: Storage
) -> None:
    bucket.objects["bucket/folder/notes.txt"] = bucket.objects["bucket/other"] = b"not ours"
    kept, removed = await stored(api), await stored(api, PDF + b"%%EOF")
    await api.done("removeDocument", "removedDocumentId", id=removed["id"])

    swept = await sweep(database, storage, now=datetime.now(UTC) + timedelta(hours=24, minutes=30))

    assert swept == Swept(documents=0, objects=1, unfinished=0)
    assert sorted(bucket.objects) == sorted(
        [f"bucket/folder/1/{digest(PDF)}", "bucket/folder/notes.txt", "bucket/other"]
    )
    assert (await api.http.get(kept["url"])).content == PDF


async def test_a_store_that_is_away_is_told_of_soon(
    database: Database,
    organization: Organization,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    files = Files(SIGNER, open_storage("s3://bucket", tmp_path))
    app = create_app(database, Demo(organization), files=files, clock=lambda: datetime.now(UTC))
    async with client(app) as http:
        api = Client(http)
        document = await attach(api)

        async with asyncio.timeout(20):
            assert code(await send(api, document)) == (503, "STORAGE_UNAVAILABLE")

        assert (await found(api, document["id"]))["size"] is None
    assert objects(tmp_path) == []


async def test_a_lost_object_is_told_of(api: Client, bucket: Bucket) -> None:
    document = await stored(api)
    bucket.objects.clear()

    assert code(await api.http.get(document["url"])) == (503, "STORAGE_UNAVAILABLE")
    fresh = await attach(api)
    assert (await found(api, fresh["id"]))["url"] is None
