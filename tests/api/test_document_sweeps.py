"""The sweep takes what was left behind, and never what somebody still stands for."""

import asyncio
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.database import Database
from services import uploads
from services.files import Files
from services.storage import Storage, open_storage
from services.sweeping import Swept, sweep, sweeping
from tests.client import Client
from tests.conftest import NOW
from tests.files import PDF, activity, attach, digest, find, found, objects, send, stored

HOUR = timedelta(hours=1)
NOTHING = Swept(documents=0, objects=0, unfinished=0)
# What lies in a folder has the time of the real clock.
TOMORROW = timedelta(hours=24, minutes=30)


def later() -> datetime:
    return datetime.now(UTC) + TOMORROW


async def remove(api: Client, document: dict[str, Any]) -> None:
    await api.done("removeDocument", "removedDocumentId", id=document["id"])


async def test_a_document_that_never_arrived_is_removed_a_day_after_its_address_expired(
    api: Client, database: Database, files: Files
) -> None:
    document = await attach(api)

    early = await sweep(database, files.storage, now=NOW + 25 * HOUR)
    assert early == NOTHING
    assert await find(api, document["id"]) is not None

    due = await sweep(database, files.storage, now=NOW + 25 * HOUR + timedelta(milliseconds=1))
    assert due == Swept(documents=1, objects=0, unfinished=0)
    assert await find(api, document["id"]) is None
    words = "Removed proof of delivery “pod.pdf”, which never arrived"
    assert (await activity(api, document["invoiceId"]))[0] == ("documentRemoved", words, "Remit")
    assert await sweep(database, files.storage, now=NOW + 100 * HOUR) == NOTHING


async def test_a_document_that_arrived_stays(api: Client, database: Database, files: Files) -> None:
    document = await stored(api)

    swept = await sweep(database, files.storage, now=later() + timedelta(days=1_000))

    assert swept == NOTHING
    assert (await api.http.get(document["url"])).content == PDF


async def test_bytes_go_with_the_last_document_that_has_them(
    api: Client, database: Database, files: Files, tmp_path: Path
) -> None:
    first, second = await stored(api), await stored(api)

    await remove(api, first)
    assert await sweep(database, files.storage, now=later()) == NOTHING
    assert (await api.http.get(second["url"])).content == PDF

    await remove(api, second)
    swept = await sweep(database, files.storage, now=later())
    assert swept == Swept(documents=0, objects=1, unfinished=0)
    assert objects(tmp_path) == []


async def test_what_was_stored_a_moment_ago_is_left_alone(
    api: Client, database: Database, files: Files, tmp_path: Path
) -> None:
    """It may be that its document is about to say so."""
    await remove(api, await stored(api))

    assert await sweep(database, files.storage, now=datetime.now(UTC)) == NOTHING
    assert objects(tmp_path) == [f"1/{digest(PDF)}"]


async def test_bytes_that_a_sweep_took_are_stored_again(
    api: Client, database: Database, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However old the object: between its being stored and said to be there, a sweep comes by."""
    api.clock.now = datetime.now(UTC)
    document = await attach(api)
    sweeps: list[Swept] = []
    mark = uploads._mark  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the moment that is meant lies within

    async def swept_before(*arguments: Any, **rest: Any) -> bool | None:
        if not sweeps:
            sweeps.append(await sweep(database, files.storage, now=later()))
        return await mark(*arguments, **rest)

    monkeypatch.setattr(uploads, "_mark", swept_before)
    assert (await send(api, document)).status_code == 201

    assert sweeps == [Swept(documents=0, objects=1, unfinished=0)]
    url = (await found(api, document["id"]))["url"]
    assert (await api.http.get(url)).content == PDF


async def test_who_deletes_bytes_and_who_says_they_are_there_take_turns(
    api: Client, database: Database, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    await remove(api, await stored(api))
    document = await attach(api)
    delete, is_deleting, may_delete = Storage.delete, asyncio.Event(), asyncio.Event()

    async def slowly(self: Storage, organization_id: int, sha256: str) -> None:
        is_deleting.set()
        await may_delete.wait()
        await delete(self, organization_id, sha256)

    monkeypatch.setattr(Storage, "delete", slowly)
    dropping = asyncio.create_task(uploads.drop_unused(database, files.storage, 1, digest(PDF)))
    await is_deleting.wait()
    sending = asyncio.create_task(send(api, document))
    await asyncio.sleep(0.3)
    assert not sending.done()
    may_delete.set()

    assert await dropping
    assert (await sending).status_code == 201
    url = (await found(api, document["id"]))["url"]
    assert (await api.http.get(url)).content == PDF


async def test_sweeps_and_uploads_of_the_same_bytes_get_along(
    api: Client, database: Database, files: Files
) -> None:
    """Each says that the bytes are there, or takes them away, while the other does not."""
    api.clock.now = datetime.now(UTC)

    async def upload() -> dict[str, Any]:
        await asyncio.sleep(random.random() / 20)
        document = await stored(api)
        if random.random() < 0.5:
            await remove(api, document)
            return {}
        return document

    async def clean() -> dict[str, Any]:
        await asyncio.sleep(random.random() / 20)
        await sweep(database, files.storage, now=later())
        return {}

    for _ in range(5):
        documents = await asyncio.gather(*(work() for work in (upload, clean) for _ in range(4)))
        for document in filter(None, documents):
            assert (await api.http.get(document["url"])).content == PDF
            await remove(api, document)


async def test_what_a_killed_process_left_is_deleted(
    api: Client, database: Database, files: Files, tmp_path: Path
) -> None:
    document = await stored(api)
    folder = tmp_path / "documents" / "1"
    for name, age in ((f"{'a' * 64}#1", TOMORROW), (f"{'b' * 64}#12", timedelta(hours=23))):
        (folder / name).write_bytes(b"half")
        when = (datetime.now(UTC) - age).timestamp()
        os.utime(folder / name, (when, when))

    swept = await sweep(database, files.storage, now=datetime.now(UTC))

    assert swept == Swept(documents=0, objects=0, unfinished=1)
    assert objects(tmp_path) == sorted([f"1/{digest(PDF)}", f"1/{'b' * 64}#12"])
    assert (await api.http.get(document["url"])).content == PDF


async def test_what_is_not_ours_is_left_alone(
    api: Client, database: Database, files: Files, tmp_path: Path
) -> None:
    await stored(api)
    others = ["README.md", "1/notes.txt", f"x/{'a' * 64}", f"01/{'a' * 64}", f"2/{'A' * 64}"]
    for name in others:
        path = tmp_path / "documents" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("not ours")

    assert await sweep(database, files.storage, now=later()) == NOTHING
    assert objects(tmp_path) == sorted([*others, f"1/{digest(PDF)}"])


async def test_a_store_without_folders_is_swept_as_well(database: Database, tmp_path: Path) -> None:
    storage = open_storage("memory:///", tmp_path)
    await put(storage, PDF)

    assert await sweep(database, storage, now=datetime.now(UTC)) == NOTHING
    swept = await sweep(database, storage, now=later())

    assert swept == Swept(documents=0, objects=1, unfinished=0)
    assert not await storage.has(1, digest(PDF), len(PDF))


async def put(storage: Storage, content: bytes) -> None:
    with storage.waiting_file() as file:
        file.write(content)
        await storage.put(1, digest(content), file)


async def test_the_server_sweeps_now_and_then(
    api: Client,
    database: Database,
    files: Files,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    document = await attach(api)
    moments: list[datetime | None] = [None, NOW + 30 * HOUR]
    monkeypatch.setattr("services.sweeping._EVERY_SECONDS", 0.01)

    def clock() -> datetime:
        moment = moments.pop(0) if len(moments) > 1 else moments[0]
        if moment is None:
            raise ZeroDivisionError
        return moment

    async with sweeping(database, files.storage, clock):
        async with asyncio.timeout(10):
            while await find(api, document["id"]) is not None:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)

    assert "a sweep was broken off" in caplog.text
