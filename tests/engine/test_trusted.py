"""Trusted documents, read and checked before the server starts."""

import hashlib
import json
from pathlib import Path

import pytest
from graphql import build_schema

from engine.documents import Documents, Invalid
from engine.limits import Limits
from engine.trusted import BadTrusted, load

TEXT = "query a {\r\n  x\r\n}"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


def documents() -> Documents:
    return Documents(build_schema("type Query { x: Int }"), Limits())


def test_folder_and_manifest_know_a_text_by_its_digest(tmp_path: Path) -> None:
    (tmp_path / "a.graphql").write_bytes(TEXT.encode())
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({f"sha256:{DIGEST}": TEXT}))

    for path in (tmp_path, manifest):
        trusted = load(path, documents=documents(), only=False)
        assert trusted.text(DIGEST) == trusted.text(f"sha256:{DIGEST}") == TEXT
        assert trusted.text("unknown") is None


def test_bad_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.graphql").write_text("{ y }")

    with pytest.raises(BadTrusted, match=r"bad\.graphql: Cannot query field 'y'"):
        load(tmp_path, documents=documents(), only=False)


def test_document_is_kept_and_its_operation_stays_the_same() -> None:
    known = documents()

    assert known.operation(TEXT, None) is known.operation(TEXT, "a")
    with pytest.raises(Invalid, match="operationName"):
        known.operation("query a { x } query b { x }", None)
