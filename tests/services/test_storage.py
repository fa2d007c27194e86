"""Files are stored whole, in a folder or in any store that has an address."""

import asyncio
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from services.storage import (
    Arriving,
    BadStorage,
    Storage,
    StorageFails,
    StorageFull,
    Stored,
    open_storage,
)
from tests.files import digest

CONTENT = bytes(range(256)) * 4_096


def storages(folder: Path) -> list[Storage]:
    return [
        open_storage(None, folder / "default"),
        open_storage(f"file://{folder}/named", folder),
        open_storage("memory:///", folder),
    ]


async def put(storage: Storage, content: bytes) -> str:
    with storage.waiting_file() as file:
        file.write(content)
        await storage.put(7, digest(content), file)
    return digest(content)


async def got(storage: Storage, sha256: str, start: int, end: int) -> bytes:
    return b"".join([part async for part in await storage.get(7, sha256, start, end)])


async def test_what_is_stored_is_found_and_deleted(tmp_path: Path) -> None:
    for storage in storages(tmp_path):
        sha256 = await put(storage, CONTENT)

        assert await storage.has(7, sha256, len(CONTENT))
        assert not await storage.has(7, sha256, len(CONTENT) - 1)
        assert not await storage.has(8, sha256, len(CONTENT))
        assert await got(storage, sha256, 0, len(CONTENT)) == CONTENT
        assert await got(storage, sha256, 255, 258) == b"\xff\x00\x01"
        [[stored]] = [listed async for listed in storage.objects()]
        assert stored == Stored(7, sha256, stored.modified_at)
        assert abs(stored.modified_at - datetime.now(UTC)) < timedelta(minutes=1)
        await storage.delete(7, sha256)
        await storage.delete(7, sha256)
        assert not await storage.has(7, sha256, len(CONTENT))
        with pytest.raises(StorageFails):
            await storage.get(7, sha256, 0, 1)


async def test_a_folder_has_the_bytes_as_they_are(tmp_path: Path) -> None:
    default, named, _ = storages(tmp_path)

    for storage, folder in ((default, "default/documents"), (named, "named")):
        sha256 = await put(storage, CONTENT)
        assert (tmp_path / folder / "7" / sha256).read_bytes() == CONTENT


async def test_what_waits_has_no_name(tmp_path: Path) -> None:
    storage = open_storage(None, tmp_path)
    with storage.waiting_file() as file:
        file.write(CONTENT)
        file.flush()
        assert list((tmp_path / "uploads").iterdir()) == []


async def test_what_arrives_is_counted_and_digested(tmp_path: Path) -> None:
    storage = open_storage(None, tmp_path)
    with storage.waiting_file() as file:
        arriving = Arriving(file, head_bytes=300)
        for start in range(0, len(CONTENT), 1_000):
            await arriving.add(CONTENT[start : start + 1_000])
        await arriving.write()

        assert (arriving.size_bytes, arriving.sha256) == (len(CONTENT), digest(CONTENT))
        assert arriving.head == CONTENT[:300]
        file.seek(0)
        assert file.read() == CONTENT


@pytest.fixture
def full_disk() -> Generator[IO[bytes]]:
    # Without a buffer, which would be written once more when it is closed.
    with Path("/dev/full").open("wb+", buffering=0) as file:
        yield file


async def test_a_full_disk_is_told_of_while_bytes_arrive(full_disk: IO[bytes]) -> None:
    arriving = Arriving(full_disk, head_bytes=10)
    await arriving.add(b"x")
    with pytest.raises(StorageFull):
        await arriving.write()


async def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("no folder")
    storage = open_storage(None, tmp_path)
    with pytest.raises(StorageFails), storage.waiting_file():
        raise AssertionError("there is no file")


@pytest.mark.parametrize("url", ["", "documents", "nowhere://bucket", "s3://", "file://host/x"])
def test_an_address_of_no_storage_is_refused_in_words(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadStorage) as refused:
        open_storage(url, tmp_path)
    assert "\n" not in str(refused.value)
    assert str(refused.value)


async def test_many_may_store_the_same_at_once(tmp_path: Path) -> None:
    storage = open_storage(None, tmp_path)

    await asyncio.gather(*(put(storage, CONTENT) for _ in range(20)))

    [path] = [path for path in (tmp_path / "documents").rglob("*") if path.is_file()]
    assert path.read_bytes() == CONTENT


async def test_a_file_that_is_finished_while_leavings_are_looked_for_is_none(
    tmp_path: Path,
) -> None:
    storage = open_storage(None, tmp_path)
    folder = tmp_path / "documents" / "1"
    folder.mkdir(parents=True)
    # As the name of a file that is there when it is listed, and not when it is looked at.
    (folder / "abc#1").symlink_to(folder / "gone")
    (folder / "def#1").touch()
    assert await storage.delete_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 1
    assert [path.name for path in folder.iterdir()] == ["abc#1"]
