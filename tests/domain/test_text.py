"""What people type: lengths, codes, full ids, and the words of a search."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.text import (
    COUNTRIES,
    check_country,
    check_currency,
    check_email,
    check_optional,
    check_required,
    folded,
    number_of,
    search_terms,
    searchable_words,
)


def is_found(search: str, *texts: str | None) -> bool:
    words = searchable_words(texts)
    return all(any(word.startswith(term) for word in words) for term in search_terms(search))


def test_blanks_around_a_text_are_dropped() -> None:
    assert check_required("  Maple Freight \n", "name", 13) == "Maple Freight"
    assert check_optional("  Maple Freight \n", "name", 13) == "Maple Freight"


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0"])
def test_a_blank_text_is_refused_where_one_is_needed_and_none_elsewhere(blank: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_required(blank, "name", 10)
    assert refusal.value.message == "This may not be empty"
    assert refusal.value.path == ("name",)
    assert check_optional(blank, "notes", 10) is None


def test_an_absent_text_is_none() -> None:
    assert check_optional(None, "notes", 10) is None


def test_a_text_longer_than_allowed_is_refused() -> None:
    assert check_optional("é" * 10_000, "notes", 10_000) == "é" * 10_000
    with pytest.raises(InvalidInput) as refusal:
        check_optional("é" * 10_001, "notes", 10_000)
    assert refusal.value.message == "At most 10,000 characters are allowed"
    assert refusal.value.path == ("notes",)


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "a\udfff"], ids=ascii)
def test_what_no_database_keeps_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_required(text, "name", 10)
    assert refusal.value.message == "This holds a character that is not text"
    assert refusal.value.path == ("name",)


@pytest.mark.parametrize("email", ["ap@maple.example", "a.b+c@sub.maple.example", "é@é.ca"])
def test_an_e_mail_address_is_taken_as_it_is(email: str) -> None:
    assert check_email(f" {email} ") == email


@pytest.mark.parametrize("email", [None, "", "  "])
def test_no_e_mail_address_is_none(email: str | None) -> None:
    assert check_email(email) is None


@pytest.mark.parametrize("email", ["maple", "@maple.ca", "a@maple", "a@b@c.ca", "a b@c.ca", "a@.."])
def test_what_is_no_e_mail_address_is_refused(email: str) -> None:
    with pytest.raises(InvalidInput, match=r"^This is not an e-mail address$") as refusal:
        check_email(email)
    assert refusal.value.path == ("email",)


def test_all_countries_of_the_standard_are_known() -> None:
    assert len(COUNTRIES) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in COUNTRIES)
    assert check_country("CA") == "CA"


@pytest.mark.parametrize("code", ["", "ca", "CAN", "UK", "EU", "XX", "AN", "SU", " CA"])
def test_other_countries_are_refused(code: str) -> None:
    with pytest.raises(InvalidInput, match=r"^This is not an ISO 3166-1 country code") as refusal:
        check_country(code)
    assert refusal.value.path == ("country_code",)


def test_a_currency_of_hundredths_is_taken() -> None:
    assert check_currency("CAD") == "CAD"


@pytest.mark.parametrize("code", ["", "cad", "JPY", "KWD", "XXX", "CAD "])
def test_other_currencies_are_refused(code: str) -> None:
    with pytest.raises(InvalidInput, match=r"^This is not the ISO 4217 code") as refusal:
        check_currency(code)
    assert refusal.value.path == ("currency",)


@pytest.mark.parametrize(
    ("full_id", "expected"),
    [
        ("INVOICE-1", 1),
        ("INVOICE-12", 12),
        ("INVOICE-999999999999999", 999_999_999_999_999),
        ("INVOICE-1000000000000000", None),
        ("INVOICE-0", None),
        ("INVOICE-012", None),
        ("INVOICE-", None),
        ("INVOICE-+1", None),
        ("INVOICE--1", None),
        ("INVOICE-1 ", None),
        (" INVOICE-1", None),
        ("INVOICE-1\n", None),
        ("INVOICE-1_0", None),
        ("INVOICE-1.0", None),
        ("INVOICE-²", None),
        ("INVOICE-١٢", None),
        ("INVOICE-INVOICE-1", None),
        ("invoice-1", None),
        ("ORDER-1", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_number_is_read_from_a_full_id_and_nothing_else(
    full_id: str, expected: int | None
) -> None:
    assert number_of(full_id, "INVOICE") == expected


@given(st.integers(1, 10**15 - 1), st.sampled_from(["INVOICE", "ORDER", "CUST"]))
def test_a_number_written_as_full_id_is_read_again(number: int, prefix: str) -> None:
    assert number_of(f"{prefix}-{number}", prefix) == number


@given(st.text(string.digits + "INVOICE-+ _.²١", max_size=12))
def test_a_text_with_a_number_is_that_number_s_full_id(text: str) -> None:
    number = number_of(text, "INVOICE")
    assert number is None or text == f"INVOICE-{number}"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("MAPLE", "maple"),
        ("Straße", "STRASSE"),
        ("Café", "CAFE\u0301"),
        ("\uff4d\uff41\uff50\uff4c\uff45", "maple"),
        ("ﬁnal", "FINAL"),
        ("\u0390", "\u03aa\u0301"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_texts_that_differ_only_in_case_or_form_fold_alike(left: str, right: str) -> None:
    assert folded(left) == folded(right)


@given(st.text())
def test_folding_twice_folds_no_further(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("empty", [[], [None], ["", "  "], [None, ""]])
def test_nothing_has_no_words(empty: list[str | None]) -> None:
    assert searchable_words(empty) == set()


def test_a_word_begins_after_a_blank_and_after_a_sign() -> None:
    words = searchable_words(["INVOICE-12  Maple (Québec)", None, "O'Neil"])
    assert words == {"invoice-12", "12", "maple", "(québec)", "québec)", "o'neil", "neil"}


def test_terms_are_the_words_typed_each_once() -> None:
    assert search_terms("  maple INVOICE-1 Maple ") == ["invoice-1", "maple"]
    assert search_terms(" \n") == []


@pytest.mark.parametrize(
    "search",
    [
        "",
        "inv",
        "INVOICE-1",
        "12",
        "maple fr",
        "fr maple",
        "québ",
        "#10",
        "10",
        "1042",
        "100%",
        "(",
    ],
)
def test_the_beginnings_of_words_are_found(search: str) -> None:
    assert is_found(search, "INVOICE-12", "Maple Freight (Québec)", "#1042", "100% paid", None)


@pytest.mark.parametrize(
    "search", ["aple", "2", "nvoice", "maple x", "%", "_", "mapl_", "invoice_12", "*", "quebec"]
)
def test_the_middles_of_words_and_wildcards_are_not(search: str) -> None:
    assert not is_found(search, "INVOICE-12", "Maple Freight (Québec)")


def test_an_accent_does_not_begin_a_word() -> None:
    assert is_found("हिन्दी", "हिन्दी")
    assert not is_found("दी", "हिन्दी")
    assert searchable_words(["x\u0302y"]) == {"x\u0302y"}


def test_a_word_is_found_by_its_first_64_characters() -> None:
    assert searchable_words(["a" * 65]) == {"a" * 64}
    assert is_found("a" * 100, "a" * 65)
    assert not is_found("a" * 64, "a" * 63)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_has_the_words_it_has_beside_other_letters(text: str) -> None:
    beside = {word.removesuffix("é") for word in searchable_words([f"{text}é"])}
    assert searchable_words([text]) - {""} == beside - {""}


@given(st.lists(st.text(), max_size=4))
def test_every_text_is_found_by_itself(texts: list[str]) -> None:
    assert is_found(" ".join(texts), *texts)


@given(st.text(), st.integers(0, 20))
def test_every_beginning_of_a_word_finds_it(text: str, length: int) -> None:
    for word in folded(text).split():
        assert is_found(word[:length], text)


@given(st.text(), st.text(min_size=1, max_size=3))
def test_what_is_found_stands_in_the_text(text: str, search: str) -> None:
    if is_found(search, text):
        assert all(term in folded(text) for term in search_terms(search))
