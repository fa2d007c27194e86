"""What people have written, as a cell that no spreadsheet calculates."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.export import csv_text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("Toronto to Chicago", "Toronto to Chicago"),
        ("a, b", '"a, b"'),
        ('say "hello"', '"say ""hello"""'),
        ("two\nlines", '"two\nlines"'),
        ("two\r\nlines", '"two\r\nlines"'),
        ("🚚 Ärger", "🚚 Ärger"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", '"\'\r=1"'),
        ('=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'),
        ("a=1", "a=1"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_a_cell(text: str, cell: str) -> None:
    assert csv_text(text) == cell


@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), min_size=2))
def test_any_texts_are_read_back_and_none_is_a_formula(texts: list[str]) -> None:
    row = ",".join(csv_text(text) for text in texts) + "\r\n"

    [found] = csv.reader([row], strict=True)

    assert [cell.removeprefix("'") for cell in found] == [text.removeprefix("'") for text in texts]
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r"} for cell in found if cell)
