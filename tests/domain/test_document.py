"""Files are named harmlessly, and are of kinds that exist."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import (
    DOCUMENTS_MAX,
    SIZE_BYTES_MAX,
    DocumentType,
    check_count,
    check_file_name,
    check_mime_type,
    served_type,
)
from domain.errors import InvalidInput, LimitExceeded


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("pod.pdf", "pod.pdf"),
        ("  Größe 5 %.pdf ", "Größe 5 %.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\x.dll", "x.dll"),
        ("a/b\\c.txt", "c.txt"),
        ("..", None),
        (".htaccess", "htaccess"),
        ("name. . .", "name"),
        ("/", None),
        ("", None),
        ("a\x00b\x07c\x7f.pdf", "abc.pdf"),
        ("a\r\nb\tc\u2028d.pdf", "a b c d.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069\u200b\ufeff.pdf", "a.pdf"),
        ("\ue000\U000e0001a\ud800", "a"),
        ('<a>:"b"|c?*.pdf', "_a___b__c__.pdf"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("lpt1.pdf", "_lpt1.pdf"),
        ("console.pdf", "console.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("運送状.pdf", "運送状.pdf"),
        ("x" * 200, "x" * 200),
        ("folder/" * 100 + "x.pdf", "x.pdf"),
        ("x" * 201, None),
    ],
)
def test_a_name_is_made_harmless(name: str, harmless: str | None) -> None:
    if harmless is None:
        with pytest.raises(InvalidInput) as refused:
            check_file_name(name)
        assert refused.value.path == ("file_name",)
    else:
        assert check_file_name(name) == harmless


@given(st.text(max_size=250))
def test_no_name_is_anything_but_a_name(name: str) -> None:
    try:
        harmless = check_file_name(name)
    except InvalidInput:
        return
    assert 1 <= len(harmless) <= 200
    assert not set(harmless) & set('/\\<>:"|?*')
    assert not harmless.startswith((".", " "))
    assert not harmless.endswith((".", " "))
    assert not any(unicodedata.category(one).startswith("C") for one in harmless)
    assert check_file_name(harmless) == harmless


@pytest.mark.parametrize(
    ("mime_type", "kept"),
    [
        ("application/pdf", "application/pdf"),
        (" Image/JPEG ", "image/jpeg"),
        ("application/vnd.ms-word.macroEnabled.12", "application/vnd.ms-word.macroenabled.12"),
        ("image/svg+xml", "image/svg+xml"),
        ("pdf", None),
        ("application/", None),
        ("/pdf", None),
        ("a/b", None),
        ("application/pdf/x", None),
        ("application/pdf; a=b", None),
        ("application/pd f", None),
        ("application/pdf\n", "application/pdf"),
        ("application/\npdf", None),
        ("image/ü", None),
        (f"image/{'x' * 128}", None),
    ],
)
def test_a_media_type_has_two_parts(mime_type: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(InvalidInput) as refused:
            check_mime_type(mime_type)
        assert refused.value.path == ("mime_type",)
    else:
        assert check_mime_type(mime_type) == kept


@pytest.mark.parametrize(
    "mime_type",
    [
        "text/html",
        "text/xml",
        "application/xml",
        "image/svg+xml",
        "application/xhtml+xml",
        "application/vnd.wap.xhtml",
        "text/javascript",
        "application/ecmascript",
    ],
)
def test_what_a_browser_would_run_is_served_as_bytes(mime_type: str) -> None:
    assert served_type(mime_type) == "application/octet-stream"


@pytest.mark.parametrize("mime_type", ["application/pdf", "image/png", "text/plain", "text/csv"])
def test_all_else_is_served_as_what_it_is(mime_type: str) -> None:
    assert served_type(mime_type) == mime_type


def test_an_invoice_has_at_most_a_hundred_documents() -> None:
    assert (DOCUMENTS_MAX, SIZE_BYTES_MAX) == (100, 26_214_400)
    check_count(99)
    with pytest.raises(LimitExceeded):
        check_count(100)


def test_the_types_stay_as_they_are() -> None:
    goods = "billOfLading proofOfDelivery proofOfPickup rateConfirmation"
    assert " ".join(DocumentType) == f"{goods} commercialInvoice invoice other"


def test_a_clerk_reads_the_type_in_words() -> None:
    assert DocumentType.PROOF_OF_DELIVERY.words == "proof of delivery"
    assert DocumentType.OTHER.words == "document"
