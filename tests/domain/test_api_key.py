"""The text of a key: told from every mistyped one without a look into the database."""

import re

from hypothesis import given
from hypothesis import strategies as st

from domain.api_key import CHANCE_BYTES, digest_of, key_text, organization_of

KEY = "remit_2_aaaqeayeaudaocajbifqydiob4ibceqt_b63a94c6"
CHANCE = bytes(range(CHANCE_BYTES))


def test_key_has_a_beginning_that_scanners_find_and_a_checksum() -> None:
    assert key_text(2, CHANCE) == KEY
    assert re.fullmatch(r"remit_[0-9]+_[a-z2-7]{32}_[0-9a-f]{8}", KEY)


@given(st.integers(1, 10**15 - 1), st.binary(min_size=CHANCE_BYTES, max_size=CHANCE_BYTES))
def test_key_names_its_organization(organization_id: int, chance: bytes) -> None:
    assert organization_of(key_text(organization_id, chance)) == organization_id


@given(st.integers(0, len(KEY) - 1), st.characters(max_codepoint=255))
def test_key_with_one_letter_mistyped_is_none(place: int, letter: str) -> None:
    mistyped = KEY[:place] + letter + KEY[place + 1 :]

    assert organization_of(mistyped) == (2 if mistyped == KEY else None)


@given(st.integers(0, len(KEY) - 2))
def test_key_with_two_letters_swapped_is_none(place: int) -> None:
    first, second = KEY[place : place + 2]
    mistyped = KEY[:place] + second + first + KEY[place + 2 :]

    assert organization_of(mistyped) == (2 if mistyped == KEY else None)


@given(st.text())
def test_any_other_text_is_no_key(text: str) -> None:
    assert organization_of(text) is None
    assert organization_of(KEY + text) == (None if text else 2)


def test_key_of_an_organization_that_cannot_be_is_none() -> None:
    for number in (0, -2, 10**15, 2**64):
        assert organization_of(key_text(number, CHANCE)) is None


def test_of_a_key_its_sha_256_is_kept() -> None:
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
