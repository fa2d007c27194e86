"""Tokens at rest: for one organization and one company only."""

import pytest
from cryptography.fernet import Fernet

from quickbooks.vault import BadTokenKey, Tokens, Unopened, Vault

TOKENS = Tokens("eyJ-access", "RT1-refresh")


def test_what_was_sealed_is_opened_for_the_same_organization_and_company_only() -> None:
    vault = Vault([Fernet.generate_key()])
    sealed = vault.seal(1, "42", TOKENS)
    assert vault.open(1, "42", sealed) == TOKENS
    for organization_id, realm_id in ((2, "42"), (1, "43")):
        with pytest.raises(Unopened):
            vault.open(organization_id, realm_id, sealed)


def test_a_new_key_seals_and_old_ones_still_open() -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    sealed = Vault([old]).seal(1, "42", TOKENS)
    assert Vault([new, old]).open(1, "42", sealed) == TOKENS
    with pytest.raises(Unopened):
        Vault([new]).open(1, "42", sealed)
    sealed_anew = Vault([new, b" " + old + b"\n"]).seal(1, "42", TOKENS)
    assert Vault([new]).open(1, "42", sealed_anew) == TOKENS


@pytest.mark.parametrize("text", ["", "encrypted", "gAAAAA==", "é"])
def test_what_was_not_sealed_is_not_opened(text: str) -> None:
    with pytest.raises(Unopened):
        Vault([Fernet.generate_key()]).open(1, "42", text)


@pytest.mark.parametrize("bad", [b"", b"secret-key", b"\xff" * 32])
def test_a_bad_key_is_named_by_its_place_and_not_shown(bad: bytes) -> None:
    with pytest.raises(BadTokenKey, match=r"^Key 2 is not 32 bytes in URL-safe base64$"):
        Vault([Fernet.generate_key(), bad])


def test_tokens_and_what_is_sealed_show_nothing() -> None:
    vault = Vault([Fernet.generate_key()])
    assert repr(TOKENS) == "Tokens()"
    assert "eyJ" not in vault.seal(1, "42", TOKENS)
