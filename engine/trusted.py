"""Documents known before anyone sends them: requests name them by the digest of their text."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from engine import strict_json
from engine.documents import Documents, Invalid

_PREFIX = "sha256:"
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{64}")


class BadTrusted(Exception):
    """The trusted documents cannot be used; the message names the file and says why."""


class Trusted:
    """Texts by their ids. `only` refuses any other document."""

    def __init__(self, texts: Mapping[str, str], *, only: bool) -> None:
        self.only = only
        self._texts = dict(texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, document_id: str) -> str | None:
        """The text of this id, with or without `sha256:` before the digest."""
        return self._texts.get(document_id.removeprefix(_PREFIX))


def load(*paths: Path, documents: Documents, only: bool) -> Trusted:
    """The documents of folders of .graphql files and of manifests, each of them valid."""
    texts: dict[str, str] = {}
    for path in paths:
        texts |= _texts(path, documents)
    return Trusted(texts, only=only)


def _texts(path: Path, documents: Documents) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, document_id, text in _in_folder(path) if path.is_dir() else _in_manifest(path):
        digest = hashlib.sha256(text.encode()).hexdigest()
        if document_id is not None and document_id.removeprefix(_PREFIX) != digest:
            raise BadTrusted(f"{name}: the id is not the SHA-256 of the text, sha256:{digest}")
        try:
            documents.read(text)
        except Invalid as invalid:
            raise BadTrusted(f"{name}: {invalid}") from None
        texts[digest] = text
    if not texts:
        raise BadTrusted(f"{path}: there is no document in it")
    return texts


def _in_folder(path: Path) -> list[tuple[str, str | None, str]]:
    return [(str(file), None, _read(file)) for file in sorted(path.rglob("*.graphql"))]


def _in_manifest(path: Path) -> list[tuple[str, str | None, str]]:
    """Texts by id, as Relay writes them; or Apollo's list of operations with id and body."""
    try:
        found = strict_json.parse(_read(path).encode())
    except strict_json.BadJson as bad:
        raise BadTrusted(f"{path}: {bad}") from None
    if not isinstance(found, dict):
        raise BadTrusted(f"{path}: a manifest is a JSON object")
    manifest = cast("dict[str, Any]", found)
    operations = manifest.get("operations")
    if isinstance(operations, list):
        listed = cast("list[Any]", operations)
        if not all(isinstance(one, dict) and {"id", "body"} <= one.keys() for one in listed):
            raise BadTrusted(f"{path}: each operation has an id and a body")
        manifest = {str(one["id"]): one["body"] for one in listed}
    for document_id, text in manifest.items():
        if not _DIGEST.fullmatch(document_id) or not isinstance(text, str):
            raise BadTrusted(f"{path}: {document_id[:80]}: not a text under its SHA-256")
    return [(f"{path}: {key}", key, text) for key, text in manifest.items()]


def _read(path: Path) -> str:
    try:
        # Not read_text: it turns line ends into others, and the digest is of the exact text.
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadTrusted(f"{path}: cannot be read: {error}") from None
