"""Whether a file's first bytes are of the kind that it was said to be.

It looks for contradictions only: bytes that nobody knows by their beginning, plain text above all,
pass as what they are said to be.
"""

import re
from typing import Any, NamedTuple

import puremagic

# It does not say all of its types.
_puremagic: Any = puremagic

HEAD_BYTES = 4_096

# Kinds that always begin with their signature, by all names that they go by.
_SIGNED = {
    "pdf": r"application/(x-)?pdf",
    "png": r"image/(x-)?png",
    "jpeg": r"image/p?jpe?g",
    "gif": r"image/gif",
    "tiff": r"image/tiff?",
    "webp": r"image/webp",
    "bmp": r"image/(x-)?(ms-)?bmp",
    "heif": r"image/hei[cf](-sequence)?",
    # New and old office documents are folders of a kind, whose names alone tell them apart.
    "zip": r"application/((x-)?zip(-compressed)?|vnd\.(openxmlformats|oasis\.opendocument).*)",
    "ole": r"application/(msword|x-ole-storage|vnd\.ms-(excel|powerpoint|outlook))",
    "gzip": r"application/(x-)?gzip",
    "program": r"application/(vnd\.microsoft\.portable-executable|x-msdownload)",
}
_FOLDERS = {"zip", "ole", "gzip"}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _SIGNED.items()}
_MARKUP = {"text/html", "image/svg+xml"}
_TEXT = re.compile(r"text/.*|message/.*|application/(.*[+.-])?(json|xml|edi.*|(java|ecma)script)")
# A text may begin like this by chance if it is shorter, or stands further in.
_SURE_BYTES, _SURE_OFFSET = 3, 16
# Readers look for it so far.
_PDF_WITHIN = 1_024
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")


def contradicts(mime_type: str, head: bytes) -> bool:
    """Whether bytes that begin like this are certainly no `mime_type`."""
    found = _found(head)
    claimed = _kind(mime_type)
    if claimed is not None:
        is_late_pdf = claimed == "pdf" and b"%PDF-" in head[:_PDF_WITHIN]
        return claimed not in {_kind(one.mime_type) for one in found} and not is_late_pdf
    if mime_type == "application/octet-stream":
        return False
    names = {one.mime_type for one in found if one.is_sure}
    kinds = {kind for kind in map(_kind, names) if kind}
    if _TEXT.fullmatch(mime_type):
        return bool(kinds) or (b"\0" in head and not head.startswith(_WIDE_TEXT))
    if mime_type.startswith("application/"):
        # Many kinds of files are such folders inside.
        return bool(kinds - _FOLDERS)
    return mime_type not in names and bool(kinds or names & _MARKUP)


class _Found(NamedTuple):
    mime_type: str
    is_sure: bool


def _found(head: bytes) -> list[_Found]:
    """All that begins like this."""
    try:
        matches = _puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        # Nothing known, or nothing at all.
        return []
    return [
        _Found(
            match.mime_type.lower(),
            len(match.byte_match) >= _SURE_BYTES and match.offset <= _SURE_OFFSET,
        )
        for match in matches
    ]


def _kind(mime_type: str) -> str | None:
    return next((kind for kind, known in _PATTERNS.items() if known.fullmatch(mime_type)), None)
