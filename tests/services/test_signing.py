"""A signed address opens one path by one method for a while, and nothing else."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.signing import BadSignature, Expired, Signer
from tests.conftest import NOW

SIGNER = Signer(b"a secret of this test", "https://remit.example")
HOUR = timedelta(hours=1)
PATH = "/documents/1/document_1"
URL = SIGNER.url("GET", PATH, now=NOW, lifetime=HOUR)
QUERY = dict(parse_qsl(urlsplit(URL).query))


def test_it_is_good_for_its_path_method_and_time() -> None:
    assert URL.startswith("https://remit.example/documents/1/document_1?expires=1773155100&")

    SIGNER.check("GET", PATH, QUERY, now=NOW)
    SIGNER.check("GET", PATH, QUERY, now=NOW + HOUR - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", PATH), ("HEAD", PATH), ("GET", "/documents/2/document_1"), ("GET", f"{PATH}/")],
)
def test_it_is_good_for_nothing_else(method: str, path: str) -> None:
    with pytest.raises(BadSignature):
        SIGNER.check(method, path, QUERY, now=NOW)


def test_it_expires_to_the_second() -> None:
    with pytest.raises(Expired):
        SIGNER.check("GET", PATH, QUERY, now=NOW + HOUR)


def test_another_secret_makes_other_signatures() -> None:
    with pytest.raises(BadSignature):
        Signer(b"another secret", SIGNER.public_url).check("GET", PATH, QUERY, now=NOW)


@given(st.dictionaries(st.sampled_from(["expires", "signature", "x"]), st.text()))
def test_made_up_queries_are_refused(query: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        SIGNER.check("GET", PATH, query, now=NOW)


@given(st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_every_digit_of_the_signature_counts(place: int, digit: str) -> None:
    signature = QUERY["signature"]
    altered = signature[:place] + digit + signature[place + 1 :]
    if altered != signature:
        with pytest.raises(BadSignature):
            SIGNER.check("GET", PATH, {**QUERY, "signature": altered}, now=NOW)
