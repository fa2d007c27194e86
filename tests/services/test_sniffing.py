"""A file is refused where its first bytes say that it is of another kind, and only there."""

import io
import zipfile

import pytest

from services.sniffing import contradicts


def folder(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
DOCX = folder("[Content_Types].xml", "_rels/.rels", "word/document.xml")
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(100)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"

RIGHT = [
    ("application/pdf", PDF),
    ("application/pdf", b"\xef\xbb\xbf\r\n" + PDF),
    ("image/jpeg", JPEG),
    ("image/jpeg", b"\xff\xd8\xff\xe1\x00\x10Exif\x00"),
    ("image/jpg", b"\xff\xd8\xff\xdb\x00\x10"),
    ("image/png", PNG),
    ("image/gif", b"GIF89a" + bytes(50)),
    ("image/tiff", b"II*\x00\x08\x00\x00\x00"),
    ("image/tiff", b"MM\x00*\x00\x00\x00\x08"),
    ("image/webp", b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(50)),
    ("image/heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
    ("image/bmp", b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00(\x00\x00\x00"),
    ("application/zip", folder("a.txt")),
    ("application/x-zip-compressed", folder("a.txt")),
    (f"{OFFICE}.wordprocessingml.document", DOCX),
    (f"{OFFICE}.spreadsheetml.sheet", folder("[Content_Types].xml", "xl/workbook.xml")),
    ("application/vnd.oasis.opendocument.spreadsheet", folder("mimetype", "content.xml")),
    ("application/epub+zip", folder("mimetype")),
    ("application/vnd.ms-excel", OLD_EXCEL),
    ("application/msword", OLD_EXCEL),
    ("text/plain", b"Delivered 12 pallets.\n"),
    ("text/plain", b""),
    ("text/plain", HTML),
    ("text/plain", "grün".encode("utf-16")),
    ("text/csv", b"\xef\xbb\xbfa,b\r\n1,2\r\n"),
    ("application/json", b'{"a": 1}'),
    ("application/xml", b'<?xml version="1.0"?><a/>'),
    ("text/html", HTML),
    ("message/rfc822", b"From: a@b.ca\r\nTo: c@d.ca\r\nSubject: POD\r\n\r\nSee there"),
    ("application/edi-x12", b"ISA*00*          *00*"),
    ("application/x-unheard-of", bytes(range(256))),
    ("application/octet-stream", PDF),
    ("video/mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"),
    # Texts that begin like something else by chance.
    *(
        ("text/plain", f"{word} was here at noon".encode())
        for word in ("BM", "MZ", "PK", "ID3", "P1", "II", "AC10", "GIF")
    ),
]
WRONG = [
    ("application/pdf", HTML),
    ("application/pdf", PNG),
    ("application/pdf", PROGRAM),
    ("application/pdf", b"just text"),
    ("application/pdf", b""),
    ("application/pdf", b"x" * 1_024 + PDF),
    ("image/png", JPEG),
    ("image/jpeg", PDF),
    ("image/jpeg", HTML),
    ("image/heic", PNG),
    ("application/zip", PDF),
    (f"{OFFICE}.wordprocessingml.document", OLD_EXCEL),
    ("application/msword", DOCX),
    ("text/plain", PDF),
    ("text/plain", PNG),
    ("text/plain", PROGRAM),
    ("text/csv", DOCX),
    ("text/csv", b"a,b\x00c"),
    ("application/json", JPEG),
    ("application/x-unheard-of", PDF),
    ("application/x-unheard-of", PROGRAM),
    ("image/x-unheard-of", HTML),
    ("video/mp4", PDF),
]


@pytest.mark.parametrize(("mime_type", "head"), RIGHT)
def test_what_may_be_true_passes(mime_type: str, head: bytes) -> None:
    assert not contradicts(mime_type, head)


@pytest.mark.parametrize(("mime_type", "head"), WRONG)
def test_what_cannot_be_true_is_refused(mime_type: str, head: bytes) -> None:
    assert contradicts(mime_type, head)
