"""Where files' bytes lie: a folder, or any object store, and where they wait until all have come.

An object is named by its organization and by the digest of its bytes, so that equal files of an
organization share one.
"""

import asyncio
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

# The smallest part that every store takes, one at a time: so much of a file is held in memory.
_PART_BYTES = 5 * 2**20
_CHUNK_BYTES = 2**18
_LISTED = 1_000

# A slow client may take as long to download as it may to upload; a store that cannot be reached is
# told of soon. An endpoint without TLS is the operator's own business.
_PATIENCE: Any = {
    "connect_timeout": timedelta(seconds=5),
    "timeout": timedelta(minutes=10),
    "allow_http": True,
}
_RETRIES: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}

_OBJECT = re.compile(r"([1-9][0-9]{0,18})/([0-9a-f]{64})")
# What a folder keeps of a file that was not wholly written when the process was killed.
_UNFINISHED = "*/*#*"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_TEXT = re.compile(rf"os error ({'|'.join(map(str, sorted(_FULL)))})\b")


class StorageFull(Exception):
    """There is no room left."""


class StorageFails(Exception):
    """It cannot be reached, or does not do what it is asked to."""


class BadStorage(Exception):
    """The setting does not name a storage."""


@dataclass(frozen=True)
class Stored:
    """An object as a list of them shows it."""

    organization_id: int
    sha256: str
    modified_at: datetime


@dataclass(frozen=True)
class Storage:
    """`waiting` is a folder of this machine for what is still arriving."""

    # It may have credentials in it.
    store: ObjectStore = field(repr=False)
    waiting: Path

    @contextmanager
    def waiting_file(self) -> Generator[IO[bytes]]:
        """A file without a name: it is gone when it is closed, also if the process is killed."""
        with _told():
            self.waiting.mkdir(parents=True, exist_ok=True)
            file = tempfile.TemporaryFile(dir=self.waiting)  # noqa: SIM115 - closed below, where a full disk may complain again
        try:
            yield file
        finally:
            with suppress(OSError):
                file.close()

    async def put(self, organization_id: int, sha256: str, file: IO[bytes]) -> None:
        """Store the file, whole or not at all. It is on the disk when this ends."""
        path = _path(organization_id, sha256)
        with _told():
            file.seek(0)
            part = _PART_BYTES if self.folder is None else _CHUNK_BYTES
            await self.store.put_async(path, file, chunk_size=part, max_concurrency=1)
            if self.folder is not None:
                await asyncio.to_thread(_reach_the_disk, self.folder / path)

    async def has(self, organization_id: int, sha256: str, size_bytes: int) -> bool:
        """Whether it is there, and whole: a folder may have lost the end with the power."""
        with _told():
            try:
                found = await self.store.head_async(_path(organization_id, sha256))
            except FileNotFoundError:
                return False
            return found["size"] == size_bytes

    async def get(
        self, organization_id: int, sha256: str, start: int, end: int
    ) -> AsyncIterator[bytes]:
        """The bytes from `start` up to `end`, a few at a time. It is known to be there now."""
        with _told():
            found = await self.store.get_async(
                _path(organization_id, sha256), options={"range": (start, end)}
            )
        return aiter(found.stream(min_chunk_size=_CHUNK_BYTES))

    async def delete(self, organization_id: int, sha256: str) -> None:
        with _told(), suppress(FileNotFoundError):
            await self.store.delete_async(_path(organization_id, sha256))

    async def objects(self) -> AsyncGenerator[list[Stored]]:
        """All that is stored, some at a time; what else lies in the same place is not ours."""
        with _told():
            # Only without Arrow does it know what it lists.
            store: Any = self.store
            async for listed in store.list(chunk_size=_LISTED):
                matches = [(_OBJECT.fullmatch(one["path"]), one) for one in listed]
                yield [
                    Stored(int(found[1]), found[2], one["last_modified"])
                    for found, one in matches
                    if found
                ]

    async def delete_unfinished(self, before: datetime) -> int:
        """Delete what killed processes left in a folder; stores clear their own by a rule."""
        if self.folder is None:
            return 0
        with _told():
            return await asyncio.to_thread(_delete_unfinished, self.folder, before)

    @property
    def folder(self) -> Path | None:
        prefix = self.store.prefix if isinstance(self.store, LocalStore) else None
        return None if prefix is None else Path(prefix)


def open_storage(url: str | None, data_dir: Path) -> Storage:
    """The storage that a setting names, or else a folder with the rest of the data."""
    waiting = data_dir / "uploads"
    try:
        if url is None:
            return Storage(LocalStore((data_dir / "documents").absolute(), mkdir=True), waiting)
        if url.startswith("file:"):
            return Storage(LocalStore.from_url(url, mkdir=True), waiting)
        if url.startswith("memory:"):
            return Storage(MemoryStore(), waiting)
        return Storage(from_url(url, client_options=_PATIENCE, retry_config=_RETRIES), waiting)
    except (BaseError, ValueError, OSError) as error:
        raise BadStorage(str(error).partition("\n")[0]) from error


class Arriving:
    """A file while its bytes come: counted, digested, and written outside the event loop."""

    def __init__(self, file: IO[bytes], *, head_bytes: int) -> None:
        self.file = file
        self.size_bytes = 0
        self.head = b""
        self._head_bytes = head_bytes
        self._digest = hashlib.sha256()
        self._parts: list[bytes] = []
        self._held_bytes = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    async def add(self, part: bytes) -> None:
        self.size_bytes += len(part)
        self._held_bytes += len(part)
        self._parts.append(part)
        if self._held_bytes >= _CHUNK_BYTES:
            await self.write()

    async def write(self) -> None:
        """Write what is held; the last time, what is left."""
        parts, self._parts, self._held_bytes = self._parts, [], 0
        with _told():
            await asyncio.to_thread(self._write, b"".join(parts))

    def _write(self, part: bytes) -> None:
        if len(self.head) < self._head_bytes:
            self.head = (self.head + part)[: self._head_bytes]
        self._digest.update(part)
        self.file.write(part)
        self.file.flush()


@contextmanager
def _told() -> Generator[None]:
    """Tell a full disk from all else that can go wrong."""
    try:
        yield
    except (OSError, BaseError) as error:
        is_full = getattr(error, "errno", None) in _FULL or _FULL_TEXT.search(str(error))
        raise (StorageFull if is_full else StorageFails)(str(error).partition("\n")[0]) from error


def _path(organization_id: int, sha256: str) -> str:
    return f"{organization_id}/{sha256}"


def _reach_the_disk(path: Path) -> None:
    """The file, and then the folder that has its name."""
    for place in (path, path.parent):
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _delete_unfinished(folder: Path, before: datetime) -> int:
    deleted = 0
    for path in folder.glob(_UNFINISHED):
        # One that is finished meanwhile has another name by now.
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink()
                deleted += 1
    return deleted
